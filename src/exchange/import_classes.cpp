#include "import_classes.h"

#include <algorithm>
#include <set>

#include "fiducial/core/class_colors.h"
#include "fiducial/project/unicode.h"

namespace fiducial::exchange {
namespace {

AttributeType typeOf(const AttributeValue& value) {
  if (std::holds_alternative<bool>(value)) return AttributeType::Bool;
  return std::holds_alternative<double>(value) ? AttributeType::Number : AttributeType::Text;
}

}  // namespace

Result<ImportClasses> ImportClasses::read(const project::Project& project, const ImportOptions& options) {
  auto classes = project.classes();
  if (!classes) return classes.error();
  ImportClasses result;
  for (const auto& [theirs, ours] : options.map) result.map_[project::toNfc(theirs)] = project::toNfc(ours);
  for (const auto& [theirs, ours] : result.map_) result.isMapUsed_[theirs] = false;
  for (auto& one : *classes) {
    result.byName_[one.value.name] = ClassId{one.id};
    result.classes_[ClassId{one.id}] = {std::move(one.value), false, {}};
  }
  return result;
}

std::string ImportClasses::nameFor(std::string_view theirs) {
  std::string name = project::toNfc(theirs);
  const auto mapped = map_.find(name);
  if (mapped == map_.end()) return name;
  isMapUsed_[name] = true;
  return mapped->second;
}

std::optional<ClassId> ImportClasses::find(const std::string& name) const {
  const auto known = byName_.find(name);
  return known == byName_.end() ? std::nullopt : std::optional(known->second);
}

ClassId ImportClasses::add(LabelClass value, RawId& nextId, std::string parentName) {
  if (value.color.empty()) value.color = freeColor();
  value.hotkey = freeHotkey();
  const ClassId id{nextId--};
  byName_[value.name] = id;
  created_.push_back(id);
  classes_[id] = {std::move(value), true, std::move(parentName)};
  return id;
}

void ImportClasses::setCode(ClassId id, Code code) {
  Entry& entry = classes_.at(id);
  entry.value.code = std::move(code);
  entry.isChanged = true;
}

std::string ImportClasses::freeHotkey() const {
  std::set<std::string> used;
  for (const auto& [id, entry] : classes_) used.insert(entry.value.hotkey);
  for (char key = '1'; key <= '9'; ++key) {
    if (!used.contains(std::string(1, key))) return std::string(1, key);
  }
  return {};
}

std::string ImportClasses::freeColor() const {
  for (const std::string_view color : kClassColors) {
    const bool isUsed = std::any_of(classes_.begin(), classes_.end(),
                                    [&](const auto& entry) { return entry.second.value.color == color; });
    if (!isUsed) return std::string(color);
  }
  return classColor(classes_.size());
}

const AttributeSpec* ImportClasses::findSpec(ClassId id, const std::string& name) const {
  constexpr int kDeepest = 64;  // a bound, should parents go in a circle
  for (int depth = 0; depth < kDeepest; ++depth) {
    const auto entry = classes_.find(id);
    if (entry == classes_.end()) return nullptr;
    for (const AttributeSpec& spec : entry->second.value.attributes) {
      if (spec.name == name) return &spec;
    }
    id = entry->second.value.parent;
  }
  return nullptr;
}

void ImportClasses::addAttribute(ClassId id, const std::string& name, const AttributeValue& value,
                                 const NewAttributes& made) {
  AttributeSpec spec;
  spec.name = name;
  spec.type = typeOf(value);
  spec.perFrame = made.isPerFrame;
  if (const auto unit = made.units.find(name); unit != made.units.end()) spec.unit = unit->second;
  Entry& entry = classes_[id];
  entry.value.attributes.push_back(std::move(spec));
  entry.isChanged = true;
}

std::vector<std::string> ImportClasses::takeAttributes(ClassId id, Attributes& attributes, const NewAttributes& made) {
  std::vector<std::string> refused;
  for (const auto& [name, value] : attributes) {
    const AttributeSpec* spec = findSpec(id, name);
    if (spec == nullptr) {
      addAttribute(id, name, value, made);
    } else if (!check(*spec, value)) {
      refused.push_back(name);
    }
  }
  for (const std::string& name : refused) attributes.erase(name);
  return refused;
}

std::vector<Change> ImportClasses::changes() const {
  std::vector<Change> changes;
  std::set<ClassId> done;
  std::set<ClassId> created;
  // A parent is created before its children: creations refer to earlier ones.
  const auto put = [&](const auto& self, ClassId id) -> void {
    if (!done.insert(id).second) return;
    const auto entry = classes_.find(id);
    if (entry == classes_.end()) return;
    LabelClass value = entry->second.value;
    const auto parent = byName_.find(entry->second.parentName);
    if (parent != byName_.end() && parent->second != id) {
      self(self, parent->second);
      // Two that name each other as parents have no first one: the second then stands alone.
      if (raw(parent->second) > 0 || created.contains(parent->second)) value.parent = parent->second;
    }
    if (!entry->second.isChanged) return;
    created.insert(id);
    changes.push_back(raw(id) < 0 ? create(std::move(value), raw(id)) : update(id, std::move(value)));
  };
  for (const ClassId id : created_) put(put, id);
  for (const auto& [id, entry] : classes_) put(put, id);
  return changes;
}

std::vector<std::string> ImportClasses::unknownParents() const {
  std::set<std::string> names;
  for (const ClassId id : created_) {
    const std::string& name = classes_.at(id).parentName;
    if (!name.empty() && !byName_.contains(name)) names.insert(name);
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> ImportClasses::unusedMapNames() const {
  std::vector<std::string> names;
  for (const auto& [name, isUsed] : isMapUsed_) {
    if (!isUsed) names.push_back(name);
  }
  return names;
}

}  // namespace fiducial::exchange
