// The facade's classes: the current one, new ones with a colour and a free digit.
#include <algorithm>

#include "fiducial/core/class_colors.h"
#include "parts.h"

namespace fiducial::workspace {
namespace {

/// The first of the least used colours.
template <typename Colors>
std::string freeColor(const LabelStore& labels, const Colors& palette) {
  std::vector<int> uses(palette.size(), 0);
  for (const auto& [id, labelClass] : labels.classes()) {
    const auto found = std::ranges::find(palette, labelClass.value.color);
    if (found != palette.end()) ++uses[static_cast<std::size_t>(found - palette.begin())];
  }
  return std::string(palette[static_cast<std::size_t>(std::ranges::min_element(uses) - uses.begin())]);
}

std::string freeHotkey(const LabelStore& labels) {
  for (const char digit : std::string_view("1234567890")) {
    const std::string key(1, digit);
    if (!labels.classByHotkey(key)) return key;
  }
  return {};
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

}  // namespace

void Workspace::setClassPalette(std::vector<std::string> colors) { parts_->classPalette = std::move(colors); }

ClassId Workspace::currentClass() const { return parts_->tools.currentClass; }

void Workspace::setCurrentClass(ClassId id) {
  Parts& p = *parts_;
  if (id == p.tools.currentClass || (!isNone(id) && !p.labels.findClass(id))) return;
  p.tools.currentClass = id;
  p.chooseActiveSegment();
  p.notices.changed(Topic::Tool);
}

Status Workspace::addClass(const std::string& name) {
  Parts& p = *parts_;
  const std::string wanted = trimmed(name);
  if (wanted.empty()) return Error{ErrorCode::Invalid, "a class needs a name", {}, {}};
  for (const auto& [id, labelClass] : p.labels.classes()) {
    if (labelClass.value.name == wanted) {
      return Error{ErrorCode::Invalid, "there is a class '" + wanted + "' already", {}, "choose it in the list"};
    }
  }
  if (!p.project) return Error{ErrorCode::Invalid, "there is no project to add a class to", {}, "open one first"};
  const std::string color =
      p.classPalette.empty() ? freeColor(p.labels, kClassColors) : freeColor(p.labels, p.classPalette);
  LabelClass value{.name = wanted, .color = color, .hotkey = freeHotkey(p.labels), .code = {}, .attributes = {}};
  const std::vector<RawId> made = p.submit(Edit{"Add class " + wanted, {create(std::move(value))}, {}});
  if (made.empty()) return Error{ErrorCode::Unwritable, "the project is read-only", {}, {}};
  setCurrentClass(ClassId{made.front()});
  return {};
}

Status Workspace::updateClass(ClassId id, const LabelClass& value) {
  Parts& p = *parts_;
  if (trimmed(value.name).empty()) return Error{ErrorCode::Invalid, "a class needs a name", {}, {}};
  Edit edit{.name = "Change class " + value.name, .changes = {}, .by = {}};
  for (const auto& [otherId, other] : p.labels.classes()) {
    if (otherId == id) continue;
    if (other.value.name == value.name) {
      return Error{ErrorCode::Invalid, "there is a class '" + value.name + "' already", {}, "choose another name"};
    }
    if (value.hotkey.empty() || other.value.hotkey != value.hotkey) continue;
    LabelClass without = other.value;  // a key belongs to one class: the newest wish wins
    without.hotkey.clear();
    edit.changes.push_back(update(otherId, std::move(without)));
  }
  if (!p.labels.findClass(id)) return Error{ErrorCode::NotFound, "this class is gone", {}, {}};
  LabelClass wanted = value;
  wanted.name = trimmed(value.name);
  edit.changes.push_back(update(id, std::move(wanted)));
  p.submit(std::move(edit));
  return {};
}

Status Workspace::deleteClass(ClassId id) {
  Parts& p = *parts_;
  const LabelClass* value = p.labels.findClass(id);
  if (!value) return Error{ErrorCode::NotFound, "this class is gone", {}, {}};
  if (const int uses = p.labels.countOf(id); uses > 0) {
    return Error{ErrorCode::Conflict,
                 "'" + value->name + "' is the class of " + std::to_string(uses) + " labels here",
                 {},
                 "give them another class first"};
  }
  p.submit(Edit{"Delete class " + value->name, {erase(id, RecordKind::LabelClass)}, {}});
  if (p.tools.currentClass == id) {
    p.tools.currentClass = p.labels.classes().empty() ? ClassId{} : p.labels.classes().begin()->first;
    p.chooseActiveSegment();
    p.notices.changed(Topic::Tool);
  }
  return {};
}

}  // namespace fiducial::workspace
