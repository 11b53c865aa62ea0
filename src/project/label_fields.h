// Labels from the JSON of an edit.
#pragma once

#include <vector>

#include "edit_names.h"
#include "fiducial/core/records.h"
#include "json_fields.h"

namespace fiducial::project {

/// Overwrite the members whose fields are there; a new label (`isNew`) must have the required ones. Key frames and
/// voxels are read by keyframesFrom() and voxelsFrom(): they are records of their own.
void readInto(Annotation& record, JsonFields& fields, EditNames& names, bool isNew);
void readInto(Track& record, JsonFields& fields, EditNames& names, bool isNew);
void readInto(Segmentation& record, JsonFields& fields, EditNames& names, bool isNew);
void readInto(Event& record, JsonFields& fields, EditNames& names, bool isNew);
void readInto(Tag& record, JsonFields& fields, EditNames& names, bool isNew);
void readInto(Measurement& record, JsonFields& fields, EditNames& names, bool isNew);
void readInto(Mark& record, JsonFields& fields, EditNames& names, bool isNew);

/// The field `keyframes`, sorted by frame; their `track` is left open.
/// Checked against the medium here already, since their place in the list is known here only.
[[nodiscard]] std::vector<Keyframe> keyframesFrom(const Json& json, MediumId medium, JsonFields& fields,
                                                  const EditNames& names);
/// The field `runs` as voxels of `medium`.
[[nodiscard]] BrickVolume voxelsFrom(const Json& json, MediumId medium, JsonFields& fields, const EditNames& names);

[[nodiscard]] std::string_view nameOf(MeasurementType type);

}  // namespace fiducial::project
