#include "dialogs/command_palette.h"

#include "text.h"

namespace fiducial::ui {
namespace {
constexpr int kWidth = 560;
}

CommandPalette::CommandPalette(const UiContext& context, QWidget* window)
    : FilterPopup(context, window, QStringLiteral("commandPalette"), tr("Type what you want to do")), window_(window) {}

void CommandPalette::open() {
  const int width = std::min(kWidth, window_->width() - 40);
  openAt(window_->mapToGlobal(QPoint((window_->width() - width) / 2, 72)), width);
}

std::vector<FilterPopup::Entry> CommandPalette::entriesFor(const QString& typed) {
  std::vector<std::pair<int, Entry>> found;
  for (const workspace::Command& command : workspace::commands()) {
    QAction* action = context().actions.find(qt(command.id));
    if (!action || !action->isVisible() || command.id == "help.palette") continue;
    const int score = matchScore(typed, QStringLiteral("%1 %2").arg(action->text(), qt(command.menu)));
    if (score < 0) continue;
    Entry entry{
        QStringLiteral("%1").arg(action->text()), ActionTable::shownKey(command), {}, action->isEnabled(), [action] {
          action->trigger();
        }};
    found.emplace_back(score + (entry.enabled ? 1000 : 0), std::move(entry));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Entry> entries;
  for (auto& [score, entry] : found) entries.push_back(std::move(entry));
  return entries;
}

}  // namespace fiducial::ui
