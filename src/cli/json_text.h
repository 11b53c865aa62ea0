// JSON text put together from parts that are JSON already: what the engine prints is passed through, never parsed
// again.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fiducial::cli {

/// "text" with quotes and escapes; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string jsonText(std::string_view text);
[[nodiscard]] std::string jsonText(const std::vector<std::string>& texts);  ///< ["a","b"]
/// `{"index":0,...}`: `member` put before the others of a JSON object.
[[nodiscard]] std::string withFirstMember(std::string_view member, std::string_view object);

}  // namespace fiducial::cli
