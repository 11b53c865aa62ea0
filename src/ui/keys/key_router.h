// The one place where keys become commands: letters follow the letter, digits and brackets the place on the keyboard.
// Letters act wherever the focus is, except in text fields; held keys (Space, H, W, digits while coding) end on
// release.
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QString>

#include "keys/mouse_preset.h"
#include "ui_context.h"

class QKeyEvent;
class QWidget;

namespace fiducial::ui {

/// "Ctrl+Shift+Z", "Digit1", "BracketLeft": the portable name of a key press, as in the command table.
[[nodiscard]] QString portableKey(const QKeyEvent& event);
/// A widget with this property set gets every key itself: it is shown over the window until a key closes it.
constexpr const char* kTakesKeys = "takesKeys";
/// True where typing belongs to the widget.
[[nodiscard]] bool acceptsText(const QWidget* widget);

/// Installed on the application; acts only while `window` is active and no popup or dialog is open.
class KeyRouter final : public QObject {
  Q_OBJECT
 public:
  KeyRouter(UiContext context, QWidget* window);
  /// Space is down: the primary button pans.
  [[nodiscard]] bool isPanning() const { return spaceHeld_; }
  /// W is down: the primary button changes the window.
  [[nodiscard]] bool isWindowing() const { return windowHeld_; }
  [[nodiscard]] MousePreset mousePreset() const { return mousePreset_; }
  void setMousePreset(MousePreset preset) { mousePreset_ = preset; }
  /// A drag happened while Space was down: its release does not play.
  void noteDrag() { draggedWhileSpace_ = true; }
  /// Replaces the default keys of a command (shortcut editor); empty: none.
  void setKeys(const QString& commandId, const QString& keys);

 Q_SIGNALS:
  void toolModifierChanged();
  void escapedFromText();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool press(const QKeyEvent& event);
  bool release(const QKeyEvent& event);
  bool pressText(const QKeyEvent& event, QWidget* focus);
  bool pressHeld(const QString& key);
  bool isOurs(const QObject* watched) const;
  void hideLabels();
  void restoreLabels();

  UiContext context_;
  QWidget* window_;
  QHash<QString, QString> commandOf_;  ///< portable key to command id
  QElapsedTimer heldSince_;
  MousePreset mousePreset_ = MousePreset::Fiducial;
  bool spaceHeld_ = false;
  bool draggedWhileSpace_ = false;
  bool windowHeld_ = false;
  bool labelsHeld_ = false;
  bool labelsWereVisible_ = true;
};

}  // namespace fiducial::ui
