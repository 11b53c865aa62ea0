#include "dialogs/class_popup.h"

#include <QScreen>

#include "panels/say_error.h"
#include "text.h"

namespace fiducial::ui {
namespace {
constexpr int kWidth = 280;
}

ClassPopup::ClassPopup(const UiContext& context, QWidget* window)
    : FilterPopup(context, window, QStringLiteral("classPopup"), tr("Class: type a name")) {}

void ClassPopup::openAt(QPoint globalPosition) {
  const QRect area = screen()->availableGeometry();
  const QPoint corner(std::clamp(globalPosition.x(), area.left(), std::max(area.left(), area.right() - kWidth)),
                      std::clamp(globalPosition.y(), area.top(), std::max(area.top(), area.bottom() - 360)));
  FilterPopup::openAt(corner, kWidth);
}

void ClassPopup::choose(ClassId id) {
  workspace::Workspace& workspace = context().workspace;
  // As with a digit: with Select the class of the selection, else of the next shape.
  if (!workspace.tool().needsClass && !workspace.selection().empty())
    workspace.setClassOfSelection(id);
  else
    workspace.setCurrentClass(id);
}

std::vector<FilterPopup::Entry> ClassPopup::entriesFor(const QString& typed) {
  std::vector<std::pair<int, Entry>> found;
  bool exact = false;
  for (const auto& [id, stored] : context().workspace.labels().classes()) {
    const QString name = qt(stored.value.name);
    exact = exact || name.compare(typed.trimmed(), Qt::CaseInsensitive) == 0;
    const int score = matchScore(typed, name);
    if (score < 0) continue;
    found.emplace_back(score, Entry{name, qt(stored.value.hotkey), QColor(qt(stored.value.color)), true,
                                    [this, id = id] { choose(id); }});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Entry> entries;
  for (auto& [score, entry] : found) entries.push_back(std::move(entry));
  const QString name = typed.trimmed();
  if (!name.isEmpty() && !exact)
    entries.push_back({tr("New class \"%1\"").arg(name), QStringLiteral("+"), {}, true, [this, name] {
                         const Status added = context().workspace.addClass(utf8(name));
                         if (!added) sayError(context().workspace, added.error());
                       }});
  return entries;
}

}  // namespace fiducial::ui
