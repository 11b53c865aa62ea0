// What a person sets once: theme, mouse, large step, memory for volumes; remembered in the settings folder.
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "keys/key_router.h"
#include "ui_context.h"

namespace fiducial::ui {

/// Owner: the window. Wires the commands `mouse.*` and `theme.*`.
class WindowPreferences final : public QObject {
  Q_OBJECT
 public:
  /// `settingsFolder` may be empty: nothing is remembered, and nothing is offered.
  WindowPreferences(UiContext context, KeyRouter& keys, std::filesystem::path settingsFolder, QWidget* window);

  /// How much memory the voxels of one volume may take, of those opened from now on; 0: automatic.
  [[nodiscard]] double memoryGigabytes() const { return memoryGigabytes_; }
  void setMemoryGigabytes(double gigabytes);
  /// What "automatic" is on this computer, or what the environment asks for.
  [[nodiscard]] static double automaticMemoryGigabytes();
  void setLargeStep(int frames);

 Q_SIGNALS:
  /// Another theme is chosen and remembered: a new window will have it.
  void themeChosen();

 private:
  void wireMouse();
  void wireThemes();
  void recallNumbers();
  void chooseMouse(const MousePresetName& chosen);
  /// Once, on the first scan or video, when the strip is free.
  void offerMouse();
  void askMouse();
  [[nodiscard]] QVariant read(const QString& key) const;
  void write(const QString& key, const QVariant& value) const;

  UiContext context_;
  KeyRouter& keys_;
  std::filesystem::path folder_;
  QWidget* window_;
  double memoryGigabytes_ = 0;
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
