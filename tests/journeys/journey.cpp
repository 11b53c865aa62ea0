#include "journey.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMouseEvent>
#include <QPixmap>
#include <QTimer>
#include <QToolButton>
#include <QWheelEvent>

namespace fiducial::test {
namespace {

constexpr int kDragSteps = 8;
constexpr int kRepeatMs = 33;
constexpr qint64 kDialogStaysMs = 10'000;
constexpr QSize kWindowSize{1366, 768};  ///< the smallest screen that the window promises to work on

void prepareOnce() {
  static const bool prepared = [] {
    ui::prepareApplication(*qobject_cast<QApplication*>(QCoreApplication::instance()));
    return true;
  }();
  static_cast<void>(prepared);
}

}  // namespace

Journey::Journey(std::filesystem::path settingsFolder) : settings_(std::move(settingsFolder)) {
  prepareOnce();
  restart();
}

Journey::~Journey() = default;

void Journey::restart() {
  if (window_) window_->close();
  window_.reset();
  window_ = std::make_unique<ui::MainWindow>(settings_);
  if (settings_.empty()) {
    window_->setWindowState(Qt::WindowNoState);
    window_->resize(kWindowSize);
  }
  window_->show();
  window_->activateWindow();
  QCoreApplication::processEvents();
}

bool Journey::waitUntil(const std::function<bool()>& condition, int timeoutMs) {
  QElapsedTimer timer;
  timer.start();
  while (!condition()) {
    if (timer.elapsed() > timeoutMs) return false;
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
  }
  return true;
}

bool Journey::settle() {
  return waitUntil([&] { return workspace().isIdle(); });
}

bool Journey::open(std::vector<std::filesystem::path> paths) {
  workspace().openPaths(std::move(paths));
  const auto shown = [&] { return workspace().isIdle() && workspace().currentMedium() && workspace().pictureView(0); };
  if (!waitUntil(shown)) return false;
  view()->setFocus();
  QCoreApplication::processEvents();
  return true;
}

bool Journey::show(std::string_view mediumName) {
  for (const auto& item : workspace().media())
    if (item.medium.value.name == mediumName) workspace().showMedium(static_cast<MediumId>(item.medium.id));
  return waitUntil([&] {
    const auto* shown = workspace().currentMedium();
    return shown && shown->medium.value.name == mediumName && workspace().isIdle() && workspace().pictureView(0);
  });
}

QWidget* Journey::view() { return find("view0"); }

QPointF Journey::onScreen(ImagePoint at) {
  const ScreenPoint screen = workspace().view(0).transform.toScreen(at);
  return {screen.x, screen.y};
}

void Journey::key(int key, Qt::KeyboardModifiers modifiers) {
  QWidget* receiver = QApplication::focusWidget() ? QApplication::focusWidget() : view();
  if (QWidget* popup = QApplication::activePopupWidget())
    receiver = popup->focusWidget() ? popup->focusWidget() : popup;
  const bool letter = key >= Qt::Key_A && key <= Qt::Key_Z;
  QString text = key < 0x7f && !(modifiers & (Qt::ControlModifier | Qt::AltModifier)) ? QString(QChar(key)) : QString();
  if (letter && !(modifiers & Qt::ShiftModifier)) text = text.toLower();
  QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
  QApplication::sendEvent(receiver, &down);
  QKeyEvent up(QEvent::KeyRelease, key, modifiers, text);
  QApplication::sendEvent(receiver, &up);
  QCoreApplication::processEvents();
}

bool Journey::choose(const char* commandId) {
  for (const QMenu* menu : window_->menuBar()->findChildren<QMenu*>())
    for (QAction* action : menu->actions())
      if (action->objectName() == QLatin1String(commandId)) return action->trigger(), true;
  return false;
}

void Journey::hold(int key, int repeats) {
  QWidget* receiver = QApplication::focusWidget() ? QApplication::focusWidget() : view();
  const QString text = QString(QChar(key)).toLower();
  for (int n = 0; n <= repeats; ++n) {
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text, n > 0);
    QApplication::sendEvent(receiver, &down);
    QElapsedTimer pause;
    pause.start();
    while (pause.elapsed() < kRepeatMs) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  }
  QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, text);
  QApplication::sendEvent(receiver, &up);
  QCoreApplication::processEvents();
}

bool Journey::inDialog(const std::function<void()>& open, const std::function<void(QWidget&)>& act) {
  bool came = false;
  bool stayed = false;
  QElapsedTimer since;
  since.start();
  QTimer watch;
  QObject::connect(&watch, &QTimer::timeout, [&] {
    QWidget* dialog = QApplication::activeModalWidget();
    if (dialog && !came) {
      came = true;
      act(*dialog);
    } else if (dialog && since.elapsed() > kDialogStaysMs) {
      stayed = true;
      dialog->close();
    }
  });
  watch.start(20);
  open();  // runs the dialog's own loop
  watch.stop();
  return came && !stayed;
}

void Journey::answerFileDialog(QWidget& dialog, const std::filesystem::path& path) {
  auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
  if (!name) return dialog.close(), void();
  name->setText(QString::fromStdString(path.string()));
  QMetaObject::invokeMethod(&dialog, "accept", Qt::QueuedConnection);
}

void Journey::clickOn(QWidget* widget, QPoint at, Qt::KeyboardModifiers modifiers) {
  const QPointF global = widget->mapToGlobal(at);
  QMouseEvent down(QEvent::MouseButtonPress, at, global, Qt::LeftButton, Qt::LeftButton, modifiers);
  QApplication::sendEvent(widget, &down);
  QMouseEvent up(QEvent::MouseButtonRelease, at, global, Qt::LeftButton, Qt::NoButton, modifiers);
  QApplication::sendEvent(widget, &up);
  QCoreApplication::processEvents();
}

void Journey::type(const QString& text) {
  for (const QChar letter : text) {
    QWidget* receiver = QApplication::focusWidget();
    if (QWidget* popup = QApplication::activePopupWidget())
      receiver = popup->focusWidget() ? popup->focusWidget() : popup;
    QKeyEvent down(QEvent::KeyPress, letter.toUpper().unicode(), Qt::NoModifier, QString(letter));
    QApplication::sendEvent(receiver, &down);
    QKeyEvent up(QEvent::KeyRelease, letter.toUpper().unicode(), Qt::NoModifier, QString(letter));
    QApplication::sendEvent(receiver, &up);
  }
  QCoreApplication::processEvents();
}

void Journey::mouse(int type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons,
                    Qt::KeyboardModifiers modifiers) {
  QWidget* widget = view();
  QMouseEvent event(static_cast<QEvent::Type>(type), at, widget->mapToGlobal(at), button, buttons, modifiers);
  QApplication::sendEvent(widget, &event);
  QCoreApplication::processEvents();
}

void Journey::press(ImagePoint at, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  mouse(QEvent::MouseMove, onScreen(at), Qt::NoButton, Qt::NoButton, modifiers);
  mouse(QEvent::MouseButtonPress, onScreen(at), button, button, modifiers);
}

void Journey::move(ImagePoint to, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers) {
  mouse(QEvent::MouseMove, onScreen(to), Qt::NoButton, buttons, modifiers);
}

void Journey::release(ImagePoint at, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  mouse(QEvent::MouseButtonRelease, onScreen(at), button, Qt::NoButton, modifiers);
}

void Journey::click(ImagePoint at, Qt::KeyboardModifiers modifiers) {
  press(at, Qt::LeftButton, modifiers);
  release(at, Qt::LeftButton, modifiers);
}

void Journey::doubleClick(ImagePoint at) {
  click(at);
  mouse(QEvent::MouseButtonDblClick, onScreen(at), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
  release(at);
}

void Journey::drag(ImagePoint from, ImagePoint to, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  // On the screen, so that a drag that pans or windows is the same wherever the picture goes meanwhile.
  const QPointF start = onScreen(from);
  const QPointF end = onScreen(to);
  mouse(QEvent::MouseMove, start, Qt::NoButton, Qt::NoButton, modifiers);
  mouse(QEvent::MouseButtonPress, start, button, button, modifiers);
  for (int n = 1; n <= kDragSteps; ++n)
    mouse(QEvent::MouseMove, start + (end - start) * n / kDragSteps, Qt::NoButton, button, modifiers);
  mouse(QEvent::MouseButtonRelease, end, button, Qt::NoButton, modifiers);
}

void Journey::wheel(int notches, Qt::KeyboardModifiers modifiers) {
  QWidget* widget = view();
  const QPointF at = QRectF(widget->rect()).center();
  QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, notches * 120), Qt::NoButton, modifiers,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(widget, &event);
  QCoreApplication::processEvents();
}

void Journey::dragOn(QWidget* widget, QPoint from, QPoint to) {
  const auto send = [&](QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons) {
    QMouseEvent event(type, at, widget->mapToGlobal(at), button, buttons, Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
    QCoreApplication::processEvents();
  };
  send(QEvent::MouseMove, from, Qt::NoButton, Qt::NoButton);
  send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
  for (int n = 1; n <= kDragSteps; ++n)
    send(QEvent::MouseMove, QPointF(from) + QPointF(to - from) * n / kDragSteps, Qt::NoButton, Qt::LeftButton);
  send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton);
}

QColor Journey::lightAt(ImagePoint at) {
  const QPixmap shown = view()->grab();
  const QPointF place = onScreen(at) * shown.devicePixelRatio();
  return shown.toImage().pixelColor(place.toPoint());
}

QString Journey::statusAt(ImagePoint at, const char* field) {
  move(at);
  auto* label = find<QLabel>(field);
  return label ? label->text() : QString();
}

bool Journey::reads(const char* label, const QString& text) {
  auto* found = find<QLabel>(label);
  return found && waitUntil([&] { return found->text() == text; }, 5000);
}

bool Journey::chooseFromBar(const char* menuButton, const QString& text) {
  auto* button = find<QToolButton>(menuButton);
  auto* menu = button ? button->findChild<QMenu*>() : nullptr;
  if (!menu || !button->isEnabled()) return false;
  button->click();
  for (QAction* action : menu->actions())
    if (action->text().startsWith(text)) {
      action->trigger();
      menu->hide();
      QCoreApplication::processEvents();
      return true;
    }
  menu->hide();
  return false;
}

void Journey::screenshot(const QString& name) {
  const QString folder = qEnvironmentVariable("FIDUCIAL_SCREENSHOTS");
  if (!folder.isEmpty()) window_->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

}  // namespace fiducial::test
