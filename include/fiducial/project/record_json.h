// Records as JSON text: what `inspect --json` and `list ... --json` print. UTF-8, one line, deterministic.
#pragma once

#include <string>

#include "fiducial/core/edit.h"
#include "fiducial/core/medium.h"
#include "fiducial/core/records.h"
#include "fiducial/core/result.h"
#include "fiducial/project/project.h"

namespace fiducial::project {

/// The object of `inspect` (without "index"): kind, format, size, spacing, affine...; fields that do not apply are
/// absent.
[[nodiscard]] std::string mediumInfoJson(const MediumInfo& info);
[[nodiscard]] std::string shapeJson(const Shape& shape);
[[nodiscard]] std::string attributesJson(const Attributes& attributes);

struct ListOptions {
  bool runs = false;  ///< segmentations with their voxels
};
/// `what` is media, classes, annotations, tracks, events, tags, measurements, segmentations, marks or history.
/// The whole document: {"media":[...]}. Errors: Invalid for another word.
[[nodiscard]] Result<std::string> listJson(const Project& project, std::string_view what,
                                           const ListOptions& options = {});

}  // namespace fiducial::project
