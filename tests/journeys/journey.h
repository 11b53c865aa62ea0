// A user at the real main window: real mouse, wheel and key events, and waiting for what they lead to.
#pragma once

#include <QColor>
#include <QPoint>
#include <QString>
#include <Qt>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "fiducial/core/geometry.h"
#include "fiducial/ui/main_window.h"
#include "fiducial/workspace/workspace.h"

class QWidget;

namespace fiducial::test {

/// Positions are picture coordinates of view 0 unless a name says otherwise. Every gesture returns after its events
/// were delivered; what works in the background is waited for with waitUntil() or settle().
class Journey {
 public:
  /// `settingsFolder` empty: nothing is remembered, and the window always has the size of a small screen.
  explicit Journey(std::filesystem::path settingsFolder = {});
  ~Journey();
  [[nodiscard]] workspace::Workspace& workspace() { return window_->workspace(); }
  [[nodiscard]] ui::MainWindow& window() { return *window_; }

  /// As from the command line; returns when a picture is shown and nothing is loading. False after 30 s.
  bool open(std::vector<std::filesystem::path> paths);
  /// Shows the medium of that name and waits for its picture.
  bool show(std::string_view mediumName);
  /// Closes the window (and its project), then starts a new one.
  void restart();
  bool settle();
  bool waitUntil(const std::function<bool()>& condition, int timeoutMs = 30'000);

  void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  /// Chooses a command in the menu bar; false where no menu has it.
  bool choose(const char* commandId);
  /// Held down: one press, `repeats` auto-repeats as the system sends them (33 ms apart), and the release.
  void hold(int key, int repeats);
  /// Runs `act` on the dialog that `open` shows (and waits for). False where none came, or it is still there after 10
  /// s.
  bool inDialog(const std::function<void()>& open, const std::function<void(QWidget&)>& act);
  /// A left click on any widget, in its own logical pixels.
  void clickOn(QWidget* widget, QPoint at, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  /// Types a path into Qt's own file dialog and accepts it.
  static void answerFileDialog(QWidget& dialog, const std::filesystem::path& path);
  void press(ImagePoint at, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void move(ImagePoint to, Qt::MouseButtons buttons = Qt::NoButton, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void release(ImagePoint at, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void click(ImagePoint at, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void doubleClick(ImagePoint at);
  /// Press, some moves, release.
  void drag(ImagePoint from, ImagePoint to, Qt::MouseButton button = Qt::LeftButton,
            Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void wheel(int notches, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  /// Drags on any widget, in its own logical pixels.
  void dragOn(QWidget* widget, QPoint from, QPoint to);
  void type(const QString& text);

  template <class T = QWidget>
  [[nodiscard]] T* find(const char* objectName) {
    return window_->findChild<T*>(QString::fromLatin1(objectName));
  }
  [[nodiscard]] QWidget* view();
  /// What the eye sees at a point of the first view: red, green, blue of the screen's pixel there.
  [[nodiscard]] QColor lightAt(ImagePoint at);
  /// Rests the pointer on a point of the picture and reads a field of the status line.
  [[nodiscard]] QString statusAt(ImagePoint at, const char* field);
  /// A label of the window comes to read so (it follows what happened a moment later); false after 5 s.
  bool reads(const char* label, const QString& text);
  /// Chooses the entry of a menu of the top bar that begins with `text`; false where there is none.
  bool chooseFromBar(const char* menuButton, const QString& text);
  /// A picture of the window, written where FIDUCIAL_SCREENSHOTS names a folder; for looking at.
  void screenshot(const QString& name);

 private:
  [[nodiscard]] QPointF onScreen(ImagePoint at);
  void mouse(int type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers);
  std::filesystem::path settings_;
  std::unique_ptr<ui::MainWindow> window_;
};

}  // namespace fiducial::test
