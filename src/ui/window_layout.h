// Where the panels stand: remembered between runs, one arrangement for each modality.
#pragma once

#include <QString>
#include <filesystem>

class QMainWindow;

namespace fiducial::workspace {
struct MediumItem;
}

namespace fiducial::ui {

class WindowLayout {
 public:
  explicit WindowLayout(std::filesystem::path settingsFolder) : folder_(std::move(settingsFolder)) {}
  void restore(QMainWindow& window);
  void save(const QMainWindow& window) const;
  /// Keeps the present arrangement for the modality so far, and takes up the one of the new medium, if there is one.
  void switchTo(QMainWindow& window, const workspace::MediumItem* medium);

 private:
  [[nodiscard]] QString file() const;
  std::filesystem::path folder_;
  QString modality_ = QStringLiteral("any");
};

}  // namespace fiducial::ui
