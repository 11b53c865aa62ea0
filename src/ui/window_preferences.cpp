#include "window_preferences.h"

#include <QCursor>
#include <QMenu>
#include <QSettings>
#include <QVariant>
#include <QWidget>
#include <algorithm>
#include <cstdint>

#include "fiducial/media/memory_bound.h"
#include "text.h"

namespace fiducial::ui {
namespace {

const QString kMouseKey = QStringLiteral("mouse");
const QString kThemeKey = QStringLiteral("theme");
const QString kMemoryKey = QStringLiteral("memoryGigabytes");
const QString kLargeStepKey = QStringLiteral("largeStep");
constexpr double kGigabyte = 1024.0 * 1024 * 1024;

/// The bound that held when the program began: of the environment, else a share of the machine's memory.
std::int64_t boundAtStart() {
  static const std::int64_t bound = media::memoryBound();
  return bound;
}

}  // namespace

WindowPreferences::WindowPreferences(UiContext context, KeyRouter& keys, std::filesystem::path settingsFolder,
                                     QWidget* window)
    : QObject(window), context_(context), keys_(keys), folder_(std::move(settingsFolder)), window_(window) {
  wireMouse();
  wireThemes();
  recallNumbers();
  if (folder_.empty() || read(kMouseKey).isValid()) return;
  subscription_ = context_.workspace.observe([this](workspace::Topics topics) {
    if (has(topics, workspace::Topic::Message) || has(topics, workspace::Topic::Picture)) offerMouse();
  });
}

QVariant WindowPreferences::read(const QString& key) const {
  if (folder_.empty()) return {};
  return QSettings(fromPath(folder_ / "window.ini"), QSettings::IniFormat).value(key);
}

void WindowPreferences::write(const QString& key, const QVariant& value) const {
  if (!folder_.empty()) QSettings(fromPath(folder_ / "window.ini"), QSettings::IniFormat).setValue(key, value);
}

void WindowPreferences::recallNumbers() {
  setMemoryGigabytes(read(kMemoryKey).toDouble());
  if (const int step = read(kLargeStepKey).toInt(); step > 1) context_.workspace.setLargeStep(step);
}

double WindowPreferences::automaticMemoryGigabytes() { return static_cast<double>(boundAtStart()) / kGigabyte; }

void WindowPreferences::setMemoryGigabytes(double gigabytes) {
  const std::int64_t automatic = boundAtStart();
  memoryGigabytes_ = std::max(gigabytes, 0.0);
  media::setMemoryBound(memoryGigabytes_ > 0 ? static_cast<std::int64_t>(memoryGigabytes_ * kGigabyte) : automatic);
  if (read(kMemoryKey).toDouble() != memoryGigabytes_) write(kMemoryKey, memoryGigabytes_);
}

void WindowPreferences::setLargeStep(int frames) {
  context_.workspace.setLargeStep(frames);
  write(kLargeStepKey, frames);
}

void WindowPreferences::wireMouse() {
  const QString remembered = read(kMouseKey).toString();
  for (const MousePresetName& entry : kMousePresets) {
    const QString id = QString::fromLatin1(entry.commandId);
    if (remembered == id) keys_.setMousePreset(entry.preset);
    context_.actions.setHandler(id, [this, entry] { chooseMouse(entry); });
    context_.actions.setCheck(id, [this, entry] { return keys_.mousePreset() == entry.preset; });
  }
}

void WindowPreferences::chooseMouse(const MousePresetName& chosen) {
  keys_.setMousePreset(chosen.preset);
  write(kMouseKey, QString::fromLatin1(chosen.commandId));
}

void WindowPreferences::offerMouse() {
  const workspace::Workspace& workspace = context_.workspace;
  if (!subscription_ || workspace.message() || !workspace.currentMedium() || !workspace.pictureView(0)) return;
  subscription_.reset();
  write(kMouseKey, QString::fromLatin1(kMousePresets.front().commandId));
  workspace::Message message;
  message.text =
      utf8(tr("Right drag changes the window, middle drag or Space moves the picture. Used to another program?"));
  message.actionText = utf8(tr("Mouse..."));
  message.action = [this] { askMouse(); };
  context_.workspace.say(std::move(message));
}

void WindowPreferences::askMouse() {
  QMenu menu(window_);
  for (const MousePresetName& entry : kMousePresets)
    menu.addAction(context_.actions.find(QString::fromLatin1(entry.commandId)));
  menu.exec(QCursor::pos());
}

void WindowPreferences::wireThemes() {
  for (const QString& name : Theme::names()) {
    const QString id = QStringLiteral("theme.%1").arg(name);
    context_.actions.setHandler(id, [this, name] {
      if (name == context_.theme.name()) return;
      write(kThemeKey, name);
      Q_EMIT themeChosen();
    });
    context_.actions.setCheck(id, [this, name] { return context_.theme.name() == name; });
  }
}

}  // namespace fiducial::ui
