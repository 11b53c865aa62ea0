// Long work in the status line: what, how much, time left, Cancel. Appears after 0.3 s, so that quick work does not
// flash.
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui_context.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace fiducial::ui {

class JobProgress final : public QWidget {
  Q_OBJECT
 public:
  explicit JobProgress(UiContext context, QWidget* parent = nullptr);

 private:
  void refresh();

  UiContext context_;
  QLabel* what_;
  QProgressBar* bar_;
  QLabel* left_;
  QToolButton* cancel_;
  QTimer clock_;
  std::uint64_t shown_ = 0;  ///< number of the job that is shown
};

/// "3 s left", "2 min left"; empty in the first second and where the whole is not known.
[[nodiscard]] QString timeLeft(const workspace::JobState& job, std::int64_t nowMs);

}  // namespace fiducial::ui
