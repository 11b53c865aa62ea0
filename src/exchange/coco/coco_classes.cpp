#include "coco/coco_classes.h"

#include "fiducial/project/unicode.h"

namespace fiducial::exchange {
namespace {

bool isColor(const std::string& text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

}  // namespace

Result<CocoClasses> CocoClasses::read(const project::Project& project, const ImportOptions& options) {
  auto classes = ImportClasses::read(project, options);
  if (!classes) return classes.error();
  return CocoClasses(std::move(*classes));
}

bool CocoClasses::add(const CocoCategory& category, RawId& nextId) {
  if (byCategory_.contains(category.id)) return false;
  const std::string name =
      all_.nameFor(category.name.empty() ? "category " + std::to_string(category.id) : category.name);
  if (const auto known = all_.find(name)) {
    byCategory_[category.id] = *known;
    return true;
  }
  LabelClass made;
  made.name = name;
  if (isColor(category.color)) made.color = category.color;
  made.code = category.code;
  byCategory_[category.id] = all_.add(std::move(made), nextId, project::toNfc(category.supercategory));
  return true;
}

ClassId CocoClasses::find(std::int64_t categoryId) const {
  const auto found = byCategory_.find(categoryId);
  return found == byCategory_.end() ? ClassId{} : found->second;
}

void CocoClasses::takeAttributes(ClassId id, Attributes& attributes, bool isPerFrame, const Place& place,
                                 LeftOut& leftOut) {
  if (attributes.empty()) return;
  for (const std::string& name : all_.takeAttributes(id, attributes, {isPerFrame, {}})) {
    leftOut.add("attribute", "their values do not fit \"" + name + "\" of class \"" + all_.at(id).name + '"', place);
  }
}

}  // namespace fiducial::exchange
