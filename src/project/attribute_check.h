// Attributes of labels against the definitions in their class and its parents.
#pragma once

#include <span>

#include "fiducial/core/attribute.h"
#include "known_records.h"

namespace fiducial::project {

/// A definition by name, in the class or the nearest of its parents that has it; null if none has.
[[nodiscard]] const AttributeSpec* findSpec(KnownRecords& known, ClassId labelClass, std::string_view name);
/// Errors: Invalid, naming the attribute: unknown, or type, range or choice does not fit.
[[nodiscard]] Status checkAttributes(KnownRecords& known, ClassId labelClass, const Attributes& attributes);
/// The definitions themselves: names there and unique, ranges in order, a default that fits.
[[nodiscard]] Status checkSpecs(std::span<const AttributeSpec> specs);

}  // namespace fiducial::project
