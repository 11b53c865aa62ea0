#include "panels/job_progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <chrono>

#include "panels/form_controls.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr std::int64_t kShowAfterMs = 300;
constexpr std::int64_t kEstimateAfterMs = 1000;
constexpr int kRefreshMs = 200;
constexpr int kBarWidthPx = 120;
constexpr int kBarParts = 1000;

std::int64_t nowMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

QString timeLeft(const workspace::JobState& job, std::int64_t nowMs) {
  const std::int64_t spent = nowMs - job.startedMs;
  if (spent < kEstimateAfterMs || job.total <= 0 || job.done <= 0) return {};
  const double seconds =
      static_cast<double>(spent) * static_cast<double>(job.total - job.done) / static_cast<double>(job.done) / 1000;
  if (seconds >= 90) return JobProgress::tr("%1 min left").arg(qRound(seconds / 60));
  return JobProgress::tr("%1 s left").arg(std::max(1, qRound(seconds)));
}

JobProgress::JobProgress(UiContext context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      what_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      left_(secondaryLabel(context, {}, this)),
      cancel_(iconButton(context, QStringLiteral("close"), this, 20)) {
  setObjectName(QStringLiteral("jobProgress"));
  what_->setObjectName(QStringLiteral("jobWhat"));
  left_->setObjectName(QStringLiteral("jobTimeLeft"));
  describe(bar_, QStringLiteral("jobBar"), tr("Progress"));
  bar_->setFixedSize(kBarWidthPx, 12);
  bar_->setTextVisible(false);
  describe(cancel_, QStringLiteral("jobCancel"), tr("Cancel"), tr("Stops this work; what is done stays"));
  cancel_->setIconSize({14, 14});
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(context.theme.metric("padding"));
  for (QWidget* part : {static_cast<QWidget*>(what_), static_cast<QWidget*>(bar_), static_cast<QWidget*>(left_),
                        static_cast<QWidget*>(cancel_)})
    row->addWidget(part);
  clock_.setInterval(kRefreshMs);
  connect(&clock_, &QTimer::timeout, this, &JobProgress::refresh);
  connect(cancel_, &QToolButton::clicked, this, [this] { context_.workspace.cancelJob(shown_); });
  new WorkspaceWatch(
      context.workspace, this, topicsOf(workspace::Topic::Job), [this](workspace::Topics) { refresh(); },
      WorkspaceWatch::WhenHidden::Call);
  refresh();
}

void JobProgress::refresh() {
  const std::vector<workspace::JobState> jobs = context_.workspace.jobs();
  if (jobs.empty())
    clock_.stop();
  else if (!clock_.isActive())
    clock_.start();
  const std::int64_t now = nowMs();
  const auto due =
      std::find_if(jobs.begin(), jobs.end(), [&](const auto& job) { return now - job.startedMs >= kShowAfterMs; });
  setVisible(due != jobs.end());
  if (due == jobs.end()) return;
  shown_ = due->number;
  const auto others = static_cast<int>(jobs.size()) - 1;
  what_->setText(others > 0 ? tr("%1 (and %n more)", nullptr, others).arg(qt(due->what)) : qt(due->what));
  bar_->setRange(0, due->total > 0 ? kBarParts : 0);  // 0 to 0: how much is not known
  if (due->total > 0) bar_->setValue(static_cast<int>(due->done * kBarParts / due->total));
  left_->setText(timeLeft(*due, now));
}

}  // namespace fiducial::ui
