#include "attribute_check.h"

#include <cmath>
#include <set>

namespace fiducial::project {
namespace {

constexpr int kDeepestClass = 64;  // a bound on walking up, should a damaged file hold a circle

Error invalid(const std::string& what) { return {ErrorCode::Invalid, "field 'attributes': " + what, {}, {}}; }

}  // namespace

const AttributeSpec* findSpec(KnownRecords& known, ClassId labelClass, std::string_view name) {
  for (int depth = 0; depth < kDeepestClass && !isNone(labelClass); ++depth) {
    const auto* record = known.find<LabelClass>(raw(labelClass));
    if (record == nullptr) return nullptr;
    for (const AttributeSpec& spec : record->attributes) {
      if (spec.name == name) return &spec;
    }
    labelClass = record->parent;
  }
  return nullptr;
}

Status checkAttributes(KnownRecords& known, ClassId labelClass, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) {
    const AttributeSpec* spec = findSpec(known, labelClass, name);
    if (spec == nullptr) {
      return invalid("class '" + known.find<LabelClass>(raw(labelClass))->name + "' has no attribute '" + name + "'");
    }
    if (Status done = check(*spec, value); !done) return invalid(done.error().message);
  }
  return {};
}

Status checkSpecs(std::span<const AttributeSpec> specs) {
  std::set<std::string_view> names;
  for (const AttributeSpec& spec : specs) {
    if (spec.name.empty()) return invalid("an attribute needs a name");
    if (!names.insert(spec.name).second) return invalid("'" + spec.name + "' is defined twice");
    const bool isFinite = std::isfinite(spec.min.value_or(0)) && std::isfinite(spec.max.value_or(0));
    if (!isFinite || (spec.min && spec.max && *spec.min > *spec.max))
      return invalid("'" + spec.name + "' has no range");
    if (spec.type == AttributeType::Choice && spec.choices.empty())
      return invalid("'" + spec.name + "' has no choices");
    if (spec.defaultValue) {
      if (Status done = check(spec, *spec.defaultValue); !done) return invalid("default of " + done.error().message);
    }
  }
  return {};
}

}  // namespace fiducial::project
