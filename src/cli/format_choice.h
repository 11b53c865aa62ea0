// The --format option: what to say of a name that cannot be used.
#pragma once

#include <string>
#include <string_view>

namespace fiducial::cli {

enum class Use { Read, Write };

/// "there is no format \"x\" that can be written; there are: coco, nifti".
[[nodiscard]] std::string wrongFormat(std::string_view name, Use use);

}  // namespace fiducial::cli
