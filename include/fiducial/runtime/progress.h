// How long work reports where it stands. Stopping travels beside it as a std::stop_token.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace fiducial::runtime {

/// Called from the working thread, at most some tens of times a second: done of total (total 0: unknown), and what.
using Progress = std::function<void(std::int64_t done, std::int64_t total, std::string_view what)>;

}  // namespace fiducial::runtime
