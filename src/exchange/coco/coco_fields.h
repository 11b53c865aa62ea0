// The fields of COCO's images, categories and annotations out of their JSON objects. Unknown fields are passed over.
// Source: cocodataset.org data format; docs (formats: COCO).
#pragma once

#include <simdjson.h>

#include "coco/coco_document.h"

namespace fiducial::exchange {

/// Errors: simdjson's, where the JSON is wrong or a number is none. Thread: any.
simdjson::error_code readImage(simdjson::ondemand::object object, CocoImage& image, KeyCounts& unknown);
simdjson::error_code readCategory(simdjson::ondemand::object object, CocoCategory& category, KeyCounts& unknown);
/// Runs that do not add up and rings that are none are marked in the annotation, not errors.
simdjson::error_code readAnnotation(simdjson::ondemand::object object, CocoAnnotation& annotation, KeyCounts& unknown);

}  // namespace fiducial::exchange
