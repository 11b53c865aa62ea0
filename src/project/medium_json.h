// The fields of records that are printed in more than one place, written into an object that is open.
#pragma once

#include "fiducial/core/records.h"
#include "json_writer.h"

namespace fiducial::project {

void writeMediumFields(JsonWriter& out, const MediumInfo& info);
/// `parent` is the name of the class's parent, or empty.
void writeClassFields(JsonWriter& out, const LabelClass& record, const std::string& parent);

}  // namespace fiducial::project
