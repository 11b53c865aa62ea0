// Typed properties of labels: the definition in a class, and the values on a label.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial {

enum class AttributeType : std::uint8_t { Bool, Choice, Number, Text };

/// Choice and text are strings.
using AttributeValue = std::variant<bool, double, std::string>;
using Attributes = std::map<std::string, AttributeValue>;

struct AttributeSpec {
  std::string name;
  AttributeType type = AttributeType::Text;
  std::string unit;
  std::optional<double> min;
  std::optional<double> max;
  std::vector<std::string> choices;
  std::optional<AttributeValue> defaultValue;
  bool required = false;
  bool perFrame = false;
  friend bool operator==(const AttributeSpec&, const AttributeSpec&) = default;
};

/// Errors: Invalid with the attribute's name where type, range or choice does not fit.
[[nodiscard]] Status check(const AttributeSpec& spec, const AttributeValue& value);

}  // namespace fiducial
