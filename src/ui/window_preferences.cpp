#include "window_preferences.h"

#include <QCursor>
#include <QMenu>
#include <QSettings>
#include <QVariant>
#include <QWidget>

#include "text.h"

namespace fiducial::ui {
namespace {

const QString kMouseKey = QStringLiteral("mouse");
const QString kThemeKey = QStringLiteral("theme");

}  // namespace

WindowPreferences::WindowPreferences(UiContext context, KeyRouter& keys, std::filesystem::path settingsFolder,
                                     QWidget* window)
    : QObject(window), context_(context), keys_(keys), folder_(std::move(settingsFolder)), window_(window) {
  wireMouse();
  wireThemes();
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
