#include "fiducial/core/attribute.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace fiducial {
namespace {

Error broken(const AttributeSpec& spec, const std::string& what) {
  return {ErrorCode::Invalid, "attribute '" + spec.name + "' " + what, {}, {}};
}

std::string shown(double number) {
  std::ostringstream text;
  text << number;
  return text.str();
}

Status checkNumber(const AttributeSpec& spec, const AttributeValue& value) {
  const double* number = std::get_if<double>(&value);
  if (!number) return broken(spec, "must be a number");
  if (!std::isfinite(*number)) return broken(spec, "must be a finite number");
  if (spec.min && *number < *spec.min) return broken(spec, "must be at least " + shown(*spec.min));
  if (spec.max && *number > *spec.max) return broken(spec, "must be at most " + shown(*spec.max));
  return {};
}

Status checkChoice(const AttributeSpec& spec, const AttributeValue& value) {
  const std::string* text = std::get_if<std::string>(&value);
  if (!text) return broken(spec, "must be one of its choices, as text");
  if (std::ranges::find(spec.choices, *text) == spec.choices.end())
    return broken(spec, "has no choice '" + *text + "'");
  return {};
}

}  // namespace

Status check(const AttributeSpec& spec, const AttributeValue& value) {
  switch (spec.type) {
    case AttributeType::Bool:
      if (!std::holds_alternative<bool>(value)) return broken(spec, "must be true or false");
      return {};
    case AttributeType::Choice:
      return checkChoice(spec, value);
    case AttributeType::Number:
      return checkNumber(spec, value);
    case AttributeType::Text:
      if (!std::holds_alternative<std::string>(value)) return broken(spec, "must be text");
      return {};
  }
  return broken(spec, "has no known type");
}

}  // namespace fiducial
