#include "keys/key_router.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QWidget>

#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kTapMs = 250;  ///< a hold shorter than this is a tap (interaction rules: Space, H)

/// Keys that move through a list or act on its rows, while one has the focus (lists take it by Tab only).
bool belongsToList(const QWidget* focus, int key) {
  if (!qobject_cast<const QAbstractItemView*>(focus)) return false;
  static constexpr std::array kKeys{Qt::Key_Up,     Qt::Key_Down,     Qt::Key_Home, Qt::Key_End,
                                    Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_F2,   Qt::Key_Delete,
                                    Qt::Key_Return, Qt::Key_Enter,    Qt::Key_Left, Qt::Key_Right};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

/// X11 and Wayland (evdev + 8) scan codes of keys that count by their place; 0 for keys without one.
QString nameOfPlace(quint32 scanCode) {
  if (scanCode >= 10 && scanCode <= 18) return QStringLiteral("Digit%1").arg(scanCode - 9);
  switch (scanCode) {
    case 19:
      return QStringLiteral("Digit0");
    case 34:
      return QStringLiteral("BracketLeft");
    case 35:
      return QStringLiteral("BracketRight");
    case 59:
      return QStringLiteral("Comma");
    case 60:
      return QStringLiteral("Period");
    default:
      return {};
  }
}

/// The same keys where no scan code comes with the event (tests, remote desktops).
QString nameOfSign(int key) {
  if (key >= Qt::Key_0 && key <= Qt::Key_9) return QStringLiteral("Digit%1").arg(key - Qt::Key_0);
  switch (key) {
    case Qt::Key_BracketLeft:
      return QStringLiteral("BracketLeft");
    case Qt::Key_BracketRight:
      return QStringLiteral("BracketRight");
    case Qt::Key_Comma:
      return QStringLiteral("Comma");
    case Qt::Key_Period:
      return QStringLiteral("Period");
    default:
      return {};
  }
}

QString nameOfKey(const QKeyEvent& event) {
  const bool keypad = event.modifiers().testFlag(Qt::KeypadModifier);
  if (keypad && event.key() == Qt::Key_Plus) return QStringLiteral("BracketRight");
  if (keypad && event.key() == Qt::Key_Minus) return QStringLiteral("BracketLeft");
  const QString place = keypad ? QString() : nameOfPlace(event.nativeScanCode());
  if (!place.isEmpty()) return place;
  if (const QString sign = nameOfSign(event.key()); !sign.isEmpty()) return sign;
  switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return QStringLiteral("Enter");
    case Qt::Key_Escape:
      return QStringLiteral("Esc");
    case Qt::Key_Delete:
      return QStringLiteral("Del");
    case Qt::Key_PageUp:
      return QStringLiteral("PgUp");
    case Qt::Key_PageDown:
      return QStringLiteral("PgDown");
    case Qt::Key_Plus:
      return QStringLiteral("Plus");
    case Qt::Key_Minus:
      return QStringLiteral("Minus");
    case Qt::Key_Equal:
      return QStringLiteral("Equal");
    default:
      return QKeySequence(event.key()).toString(QKeySequence::PortableText);
  }
}

}  // namespace

QString portableKey(const QKeyEvent& event) {
  if (event.key() == Qt::Key_Question) return QStringLiteral("?");
  QString key;
  if (event.modifiers().testFlag(Qt::ControlModifier)) key += QLatin1String("Ctrl+");
  if (event.modifiers().testFlag(Qt::AltModifier)) key += QLatin1String("Alt+");
  if (event.modifiers().testFlag(Qt::ShiftModifier)) key += QLatin1String("Shift+");
  return key + nameOfKey(event);
}

bool acceptsText(const QWidget* widget) {
  if (!widget) return false;
  if (const auto* combo = qobject_cast<const QComboBox*>(widget)) return combo->isEditable();
  return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
         qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
}

KeyRouter::KeyRouter(UiContext context, QWidget* window) : QObject(window), context_(context), window_(window) {
  for (const workspace::Command& command : workspace::commands()) setKeys(qt(command.id), qt(command.keys));
  QApplication::instance()->installEventFilter(this);
}

void KeyRouter::setKeys(const QString& commandId, const QString& keys) {
  commandOf_.removeIf([&](QHash<QString, QString>::iterator it) { return it.value() == commandId; });
  for (const QString& key : keys.split(QLatin1Char(' '), Qt::SkipEmptyParts)) commandOf_.insert(key, commandId);
}

bool KeyRouter::isOurs(const QObject* watched) const {
  if (QApplication::activePopupWidget() || QApplication::activeModalWidget()) return false;
  const auto* widget = qobject_cast<const QWidget*>(watched);
  if (!widget) return false;
  // A floating panel is a window of its own and still one of ours.
  for (const QWidget* w = widget; w; w = w->parentWidget())
    if (w == window_) return true;
  return false;
}

bool KeyRouter::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::KeyPress:
      return isOurs(watched) && watched->isWidgetType() && press(*static_cast<QKeyEvent*>(event));
    case QEvent::KeyRelease:
      return isOurs(watched) && release(*static_cast<QKeyEvent*>(event));
    case QEvent::ApplicationDeactivate:
    case QEvent::WindowDeactivate:
      spaceHeld_ = windowHeld_ = false;
      restoreLabels();
      return false;
    default:
      return false;
  }
}

bool KeyRouter::pressText(const QKeyEvent& event, QWidget* focus) {
  if (event.key() == Qt::Key_Escape) {
    focus->clearFocus();
    Q_EMIT escapedFromText();
    return true;
  }
  static const QStringList always{QStringLiteral("Ctrl+K"), QStringLiteral("Ctrl+S"), QStringLiteral("Ctrl+E"),
                                  QStringLiteral("F9"),     QStringLiteral("F11"),    QStringLiteral("Ctrl+Q")};
  const QString key = portableKey(event);
  return always.contains(key) && context_.actions.trigger(commandOf_.value(key));
}

bool KeyRouter::pressHeld(const QString& key) {
  if (key == QLatin1String("Space")) {
    spaceHeld_ = true;
    draggedWhileSpace_ = false;
    heldSince_.start();
  } else if (key == QLatin1String("W")) {
    windowHeld_ = true;
  } else if (key == QLatin1String("H")) {
    hideLabels();
  } else {
    return false;
  }
  Q_EMIT toolModifierChanged();
  return true;
}

bool KeyRouter::press(const QKeyEvent& event) {
  QWidget* focus = QApplication::focusWidget();
  if (focus && focus->property(kTakesKeys).toBool()) return false;
  // A dialog beside the window (tags of the file) closes itself.
  if (focus && event.key() == Qt::Key_Escape && qobject_cast<const QDialog*>(focus->window())) return false;
  if (acceptsText(focus)) return pressText(event, focus);
  if (event.modifiers() == Qt::NoModifier && belongsToList(focus, event.key())) return false;

  const QString key = portableKey(event);
  if (!event.isAutoRepeat() && pressHeld(key)) return true;
  if (event.isAutoRepeat() && (key == QLatin1String("Space") || key == QLatin1String("H") || key == QLatin1String("W")))
    return true;

  const QString name = key.section(QLatin1Char('+'), -1);
  if (name.startsWith(QLatin1String("Digit")) && !event.modifiers().testFlag(Qt::ControlModifier) &&
      !event.modifiers().testFlag(Qt::AltModifier)) {
    if (!event.isAutoRepeat())
      context_.workspace.pressDigit(name.mid(5).toInt(), event.modifiers().testFlag(Qt::ShiftModifier));
    return true;
  }
  const QString command = commandOf_.value(key);
  if (command.isEmpty()) return false;
  const bool steps = command.startsWith(QLatin1String("go.")) || command.startsWith(QLatin1String("label.nudge")) ||
                     command.startsWith(QLatin1String("tool.size")) || command.startsWith(QLatin1String("view.zoom"));
  if (event.isAutoRepeat() && !steps) return true;
  context_.actions.trigger(command);
  return true;
}

bool KeyRouter::release(const QKeyEvent& event) {
  if (event.isAutoRepeat()) return false;
  const QString name = nameOfKey(event);
  if (name == QLatin1String("Space") && spaceHeld_) {
    spaceHeld_ = false;
    Q_EMIT toolModifierChanged();
    if (!draggedWhileSpace_ && heldSince_.elapsed() < kTapMs) context_.actions.trigger(QStringLiteral("video.play"));
    return true;
  }
  if (name == QLatin1String("W") && windowHeld_) {
    windowHeld_ = false;
    Q_EMIT toolModifierChanged();
    return true;
  }
  if (name == QLatin1String("H") && labelsHeld_) {
    const bool tapped = heldSince_.elapsed() < kTapMs;
    if (tapped) labelsWereVisible_ = !labelsWereVisible_;
    restoreLabels();
    return true;
  }
  if (name.startsWith(QLatin1String("Digit"))) context_.workspace.releaseDigit(name.mid(5).toInt());
  return false;
}

void KeyRouter::hideLabels() {
  auto overlay = context_.workspace.overlay();
  labelsWereVisible_ = overlay.labelsVisible;
  labelsHeld_ = true;
  heldSince_.start();
  overlay.labelsVisible = false;
  context_.workspace.setOverlay(overlay);
}

void KeyRouter::restoreLabels() {
  if (!labelsHeld_) return;
  labelsHeld_ = false;
  auto overlay = context_.workspace.overlay();
  overlay.labelsVisible = labelsWereVisible_;
  context_.workspace.setOverlay(overlay);
}

}  // namespace fiducial::ui
