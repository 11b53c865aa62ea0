#include "kinds_apart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <tuple>

namespace fiducial::media::dicom {
namespace {

const FrameKind& kindOf(const FrameRef& ref) { return ref.header().kind; }

/// Sorts as the number does, to the third decimal: eight bytes, the highest first, which a string holds without memory.
std::string sortable(double value) {
  const double thousandths = std::isfinite(value) ? std::clamp(std::round(value * 1000), -9e18, 9e18) : 0;
  const std::uint64_t ordered = std::uint64_t(std::int64_t(thousandths)) ^ std::uint64_t{1} << 63;
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += char(ordered >> shift & 0xFF);
  return bytes;
}

std::string shortNumber(double value) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.4g", value);
  return text;
}

std::string typeLabel(const FrameRef& ref) {
  static const std::map<std::string, std::string> known{{"M", "magnitude"},
                                                        {"M_FFE", "magnitude"},
                                                        {"MAGNITUDE", "magnitude"},
                                                        {"P", "phase"},
                                                        {"PHASE", "phase"},
                                                        {"PHASE MAP", "phase"},
                                                        {"R", "real"},
                                                        {"REAL", "real"},
                                                        {"I", "imaginary"},
                                                        {"IMAGINARY", "imaginary"}};
  std::string rest = kindOf(ref).type;
  std::string label;
  for (int n = 0; !rest.empty(); ++n) {
    const std::size_t end = std::min(rest.find('\\'), rest.size());
    const std::string value = rest.substr(0, end);
    rest.erase(0, end + 1);
    const auto at = known.find(value);
    if (n >= 2 && at != known.end()) return at->second;
    const bool isUsual = value == "ORIGINAL" || value == "PRIMARY" || value == "NONE" || value.empty();
    if (!isUsual) label += (label.empty() ? "" : " ") + value;
  }
  return label.empty() ? "original" : label;
}

constexpr std::array kKinds{
    Telling{[](const FrameRef& ref) { return kindOf(ref).type; }, typeLabel},
    Telling{[](const FrameRef& ref) { return kindOf(ref).bValue ? sortable(*kindOf(ref).bValue) : std::string(); },
            [](const FrameRef& ref) { return "b " + shortNumber(kindOf(ref).bValue.value_or(0)); }},
    Telling{[](const FrameRef& ref) { return sortable(kindOf(ref).echoTimeMs); },
            [](const FrameRef& ref) { return "TE " + shortNumber(kindOf(ref).echoTimeMs) + " ms"; }}};

std::string numbered(const char* what, std::int64_t number) { return std::string(what) + std::to_string(number); }

constexpr std::array kTimes{
    Telling{[](const FrameRef& ref) { return sortable(double(kindOf(ref).temporal)); },
            [](const FrameRef& ref) { return numbered("time ", kindOf(ref).temporal); }},
    Telling{[](const FrameRef& ref) { return sortable(double(kindOf(ref).acquisition)); },
            [](const FrameRef& ref) { return numbered("acquisition ", kindOf(ref).acquisition); }},
    Telling{[](const FrameRef& ref) { return sortable(kindOf(ref).triggerMs); },
            [](const FrameRef& ref) { return "trigger " + shortNumber(kindOf(ref).triggerMs) + " ms"; }},
    Telling{[](const FrameRef& ref) { return sortable(kindOf(ref).timeMs); },
            [](const FrameRef&) { return std::string("later"); }},
    Telling{[](const FrameRef& ref) { return ref.file->path().parent_path().string(); },
            [](const FrameRef& ref) { return ref.file->path().parent_path().filename().string(); }}};

}  // namespace

std::span<const Telling> tellingKinds() { return kKinds; }
std::span<const Telling> tellingTimes() { return kTimes; }

bool tellsApart(const Telling& telling, const std::vector<FrameRef>& frames) {
  const std::string first = telling.key(frames.front());
  return std::any_of(frames.begin() + 1, frames.end(), [&](const FrameRef& ref) { return telling.key(ref) != first; });
}

std::vector<Part> partsBy(const Telling& telling, const std::vector<FrameRef>& frames) {
  std::map<std::string, std::vector<FrameRef>> byKey;
  for (const FrameRef& ref : frames) byKey[telling.key(ref)].push_back(ref);
  std::vector<Part> parts;
  for (auto& [key, part] : byKey) parts.push_back({telling.label(part.front()), std::move(part)});
  return parts;
}

bool isEarlier(const FrameRef& a, const FrameRef& b) {
  const auto key = [](const FrameRef& ref) {
    const FrameKind& kind = kindOf(ref);
    return std::tie(kind.temporal, kind.acquisition, kind.triggerMs, kind.timeMs, kind.dimensions,
                    ref.file->header().instanceNumber, ref.frame);
  };
  return key(a) < key(b);
}

}  // namespace fiducial::media::dicom
