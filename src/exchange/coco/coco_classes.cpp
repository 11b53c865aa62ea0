#include "coco/coco_classes.h"

#include <algorithm>
#include <set>

#include "fiducial/core/class_colors.h"
#include "fiducial/project/unicode.h"

namespace fiducial::exchange {
namespace {

bool isColor(const std::string& text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

AttributeType typeOf(const AttributeValue& value) {
  if (std::holds_alternative<bool>(value)) return AttributeType::Bool;
  return std::holds_alternative<double>(value) ? AttributeType::Number : AttributeType::Text;
}

}  // namespace

Result<CocoClasses> CocoClasses::read(const project::Project& project, const ImportOptions& options) {
  auto classes = project.classes();
  if (!classes) return classes.error();
  CocoClasses result;
  for (const auto& [theirs, ours] : options.map) result.map_[project::toNfc(theirs)] = project::toNfc(ours);
  for (const auto& [theirs, ours] : result.map_) result.isMapUsed_[theirs] = false;
  for (auto& one : *classes) {
    result.byName_[one.value.name] = ClassId{one.id};
    result.classes_[ClassId{one.id}] = {std::move(one.value), false, {}};
  }
  return result;
}

bool CocoClasses::add(const CocoCategory& category, RawId& nextId) {
  if (byCategory_.contains(category.id)) return false;
  const std::string theirs =
      category.name.empty() ? "category " + std::to_string(category.id) : project::toNfc(category.name);
  const auto mapped = map_.find(theirs);
  if (mapped != map_.end()) isMapUsed_[theirs] = true;
  const std::string& ours = mapped == map_.end() ? theirs : mapped->second;
  if (const auto known = byName_.find(ours); known != byName_.end()) {
    byCategory_[category.id] = known->second;
    return true;
  }
  Entry entry;
  entry.value.name = ours;
  entry.value.color = isColor(category.color) ? category.color : classColor(classes_.size());
  entry.value.hotkey = freeHotkey();
  entry.value.code = category.code;
  entry.isChanged = true;
  entry.parentName = project::toNfc(category.supercategory);
  const ClassId id{nextId--};
  byCategory_[category.id] = id;
  byName_[ours] = id;
  created_.push_back(id);
  classes_[id] = std::move(entry);
  return true;
}

std::string CocoClasses::freeHotkey() const {
  std::set<std::string> used;
  for (const auto& [id, entry] : classes_) used.insert(entry.value.hotkey);
  for (char key = '1'; key <= '9'; ++key) {
    if (!used.contains(std::string(1, key))) return std::string(1, key);
  }
  return {};
}

ClassId CocoClasses::find(std::int64_t categoryId) const {
  const auto found = byCategory_.find(categoryId);
  return found == byCategory_.end() ? ClassId{} : found->second;
}

// In the class or one of its parents.
const AttributeSpec* CocoClasses::findSpec(ClassId id, const std::string& name) const {
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

void CocoClasses::takeAttributes(ClassId id, Attributes& attributes, bool isPerFrame, const Place& place,
                                 LeftOut& leftOut) {
  for (auto it = attributes.begin(); it != attributes.end();) {
    const AttributeSpec* spec = findSpec(id, it->first);
    if (spec == nullptr) {
      AttributeSpec made;
      made.name = it->first;
      made.type = typeOf(it->second);
      made.perFrame = isPerFrame;
      Entry& entry = classes_[id];
      entry.value.attributes.push_back(std::move(made));
      entry.isChanged = true;
    } else if (!check(*spec, it->second)) {
      leftOut.add("attribute",
                  "their values do not fit \"" + it->first + "\" of class \"" + classes_[id].value.name + '"', place);
      it = attributes.erase(it);
      continue;
    }
    ++it;
  }
}

std::vector<Change> CocoClasses::changes() const {
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

std::vector<std::string> CocoClasses::unknownParents() const {
  std::set<std::string> names;
  for (const ClassId id : created_) {
    const std::string& name = classes_.at(id).parentName;
    if (!name.empty() && !byName_.contains(name)) names.insert(name);
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> CocoClasses::unusedMapNames() const {
  std::vector<std::string> names;
  for (const auto& [name, isUsed] : isMapUsed_) {
    if (!isUsed) names.push_back(name);
  }
  return names;
}

}  // namespace fiducial::exchange
