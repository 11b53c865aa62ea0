#include "dialogs/command_palette.h"

#include <algorithm>

#include "canvas/overlay_painter.h"
#include "text.h"

namespace fiducial::ui {
namespace {
constexpr int kWidth = 560;
constexpr int kOffered = 1000;  ///< before what cannot be done now
constexpr std::size_t kMostEntries = 500;
}  // namespace

CommandPalette::CommandPalette(const UiContext& context, QWidget* window, Holds holds)
    : FilterPopup(context, window,
                  holds == Holds::Everything ? QStringLiteral("commandPalette") : QStringLiteral("findPopup"),
                  holds == Holds::Everything ? tr("Type what you want to do, or a class or medium")
                                             : tr("Find a medium, a class or a label")),
      window_(window),
      holds_(holds) {}

void CommandPalette::open() {
  const int width = std::min(kWidth, window_->width() - 40);
  openAt(window_->mapToGlobal(QPoint((window_->width() - width) / 2, 72)), width);
}

void CommandPalette::addCommands(Scored& found, const QString& typed) const {
  for (const workspace::Command& command : workspace::commands()) {
    QAction* action = context().actions.find(qt(command.id));
    if (!action || !action->isVisible() || command.id == "help.palette") continue;
    const int score = matchScore(typed, QStringLiteral("%1 %2").arg(action->text(), qt(command.menu)));
    if (score < 0) continue;
    Entry entry{
        action->text(), ActionTable::shownKey(command), {}, action->isEnabled(), [action] { action->trigger(); }};
    found.emplace_back(score + (entry.enabled ? kOffered : 0), std::move(entry));
  }
}

void CommandPalette::addMedia(Scored& found, const QString& typed) const {
  workspace::Workspace& workspace = context().workspace;
  for (const workspace::MediumItem& item : workspace.media()) {
    const QString name = qt(item.medium.value.name);
    const int score = matchScore(typed, QStringLiteral("%1 %2 %3").arg(name, qt(item.subject), qt(item.study)));
    if (score < 0) continue;
    const MediumId id{item.medium.id};
    found.emplace_back(score + kOffered,
                       Entry{name, tr("medium"), {}, true, [&workspace, id] { workspace.showMedium(id); }});
  }
}

void CommandPalette::addClasses(Scored& found, const QString& typed) const {
  workspace::Workspace& workspace = context().workspace;
  for (const auto& [id, stored] : workspace.labels().classes()) {
    const int score = matchScore(typed, qt(stored.value.name));
    if (score < 0) continue;
    found.emplace_back(score + kOffered, Entry{qt(stored.value.name), tr("class"), QColor(qt(stored.value.color)), true,
                                               [&workspace, id = id] { workspace.setCurrentClass(id); }});
  }
}

void CommandPalette::addLabels(Scored& found, const QString& typed) const {
  workspace::Workspace& workspace = context().workspace;
  const workspace::LabelStore& labels = workspace.labels();
  const auto add = [&](edit::LabelRef label, const QString& where) {
    const auto labelClass = labels.classOf(label);
    const LabelClass* known = labelClass ? labels.findClass(*labelClass) : nullptr;
    const QString name = known ? qt(known->name) : tr("no class");
    const int score = matchScore(typed, QStringLiteral("%1 %2").arg(name, where));
    if (score < 0 || found.size() >= kMostEntries) return;
    found.emplace_back(score, Entry{name, where, labelClass ? classColor(context(), *labelClass) : QColor(), true,
                                    [&workspace, label] { workspace.goTo(label); }});
  };
  for (const auto& [id, entry] : labels.tracks())
    add({RecordKind::Track, raw(id)}, tr("track from frame %1").arg(entry.firstFrame()));
  for (const auto& [id, stored] : labels.events())
    add({RecordKind::Event, raw(id)}, tr("event from frame %1").arg(stored.value.firstFrame));
  for (const auto& [id, entry] : labels.segments()) add({RecordKind::Segmentation, raw(id)}, tr("segment"));
  const workspace::MediumItem* item = workspace.currentMedium();
  const bool isVolume = item && item->medium.value.info.kind == MediumKind::Volume;
  for (const auto& [id, stored] : labels.annotations())
    add({RecordKind::Annotation, raw(id)},
        isVolume ? tr("on slice %1").arg(stored.value.frame + 1) : tr("on frame %1").arg(stored.value.frame));
}

std::vector<FilterPopup::Entry> CommandPalette::entriesFor(const QString& typed) {
  Scored found;
  if (holds_ == Holds::Everything) addCommands(found, typed);
  if (holds_ == Holds::Things || !typed.trimmed().isEmpty()) {
    addMedia(found, typed);
    addClasses(found, typed);
  }
  if (holds_ == Holds::Things) addLabels(found, typed);
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Entry> entries;
  for (auto& [score, entry] : found) entries.push_back(std::move(entry));
  return entries;
}

}  // namespace fiducial::ui
