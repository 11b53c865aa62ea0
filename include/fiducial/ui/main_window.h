// The workstation's window, and what an application needs before it shows one.
#pragma once

#include <QMainWindow>
#include <filesystem>
#include <memory>

class QApplication;

namespace fiducial::workspace {
class Workspace;
}

namespace fiducial::ui {

/// Names, style, palette and font of the application; once, before the first window. `theme` may be empty: the
/// remembered one.
void prepareApplication(QApplication& application, const std::filesystem::path& settingsFolder = {},
                        const QString& theme = {});

/// Builds panels and wires them; decides nothing. Thread: the application's.
class MainWindow final : public QMainWindow {
  Q_OBJECT
 public:
  /// `settingsFolder` may be empty: nothing is remembered.
  explicit MainWindow(const std::filesystem::path& settingsFolder = {}, QWidget* parent = nullptr);
  ~MainWindow() override;

  [[nodiscard]] workspace::Workspace& workspace();

 Q_SIGNALS:
  /// Something was chosen that only a new window shows (the theme): close this one and make another.
  void restartWished();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Parts;
  void buildPanels();
  void wireCommands();
  void wirePanels();
  void restoreLayout();
  void togglePanels();
  std::unique_ptr<Parts> parts_;
};

}  // namespace fiducial::ui
