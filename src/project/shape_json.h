// SHAPE, attributes and points of the command line's JSON.
#pragma once

#include "fiducial/core/attribute.h"
#include "fiducial/core/records.h"
#include "json_fields.h"
#include "json_writer.h"

namespace fiducial::project {

/// Errors: Invalid, "field '<path>': ...". What the numbers must be like is core's check(), asked when the edit is
/// applied.
[[nodiscard]] Result<Shape> shapeFrom(const Json& json, const std::string& path);
[[nodiscard]] Result<Attributes> attributesFrom(const Json& json, const std::string& path);
/// Flat [x,y,...], or [x,y,z,...] on a volume; pairs and triples in lists of their own are understood as well.
[[nodiscard]] Result<std::vector<PatientPoint>> pointsFrom(const Json& json, bool isVolume, const std::string& path);

void write(JsonWriter& out, const Shape& shape);
void write(JsonWriter& out, const Attributes& attributes);
void write(JsonWriter& out, const AttributeValue& value);

}  // namespace fiducial::project
