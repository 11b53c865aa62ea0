// Windows and tables of values of interest, with their functions and names. Source: DICOM PS3.3 C.11.2.
#include <algorithm>

#include "image_header.h"
#include "lookup_table.h"

namespace fiducial::media::dicom {
namespace {

VoiFunction functionOf(const DataSet& data) {
  const std::string name = data.text(tag::VoiLutFunction);
  if (name == "LINEAR_EXACT") return VoiFunction::LinearExact;
  return name == "SIGMOID" ? VoiFunction::Sigmoid : VoiFunction::Linear;
}

/// Names may hold what looks like their separator in a multi-byte set: converted whole, then parted.
std::vector<std::string> namesOf(const DataSet& data, const WindowContext& context) {
  std::vector<std::string> names;
  std::string_view all;
  const std::string text = toUtf8(data, tag::WindowExplanation, context.characterSets);
  for (all = text; !all.empty();) {
    const std::size_t at = all.find('\\');
    std::string_view name = all.substr(0, at);
    while (name.ends_with(' ')) name.remove_suffix(1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    names.emplace_back(name);
    all = at == std::string_view::npos ? std::string_view() : all.substr(at + 1);
  }
  return names;
}

std::optional<WindowLevel> tableOf(const DataSet& item, const WindowContext& context) {
  auto descriptor = descriptorOf(item, tag::LutDescriptor, false);
  if (!descriptor) return std::nullopt;
  const Element* element = item.find(tag::LutDescriptor);
  const bool isSigned = element->vr == vrOf("SS") || (context.hasNegativeValues && descriptor->first > 32767);
  if (isSigned && descriptor->first > 32767) descriptor->first -= 65536;
  auto table = std::make_shared<VoiTable>();
  table->first = double(descriptor->first);
  table->entries = entriesOf(item, tag::LutData, *descriptor);
  if (table->entries.empty()) return std::nullopt;
  const int bits = std::clamp(descriptor->bits, 8, 16);
  table->top = double((1 << bits) - 1);
  // Some writers say 8 bits and store more.
  if (*std::max_element(table->entries.begin(), table->entries.end()) > table->top) table->top = 65535;
  WindowLevel window;
  window.function = VoiFunction::Table;
  window.width = double(table->entries.size());
  window.center = table->first + window.width / 2;
  window.name = toUtf8(item, tag::LutExplanation, context.characterSets);
  if (window.name.empty()) window.name = "Lookup table";
  window.table = std::move(table);
  return window;
}

}  // namespace

std::vector<WindowLevel> readWindows(const DataSet& data, const WindowContext& context) {
  std::vector<WindowLevel> windows;
  const std::vector<double> centers = data.numbers(tag::WindowCenter);
  const std::vector<double> widths = data.numbers(tag::WindowWidth);
  const std::vector<std::string> names = namesOf(data, context);
  const VoiFunction function = functionOf(data);
  for (std::size_t n = 0; n < std::min(centers.size(), widths.size()); ++n) {
    if (!(widths[n] > 0)) continue;
    windows.push_back({centers[n], widths[n], n < names.size() ? names[n] : std::string(), function});
  }
  for (const DataSet& item : data.items(tag::VoiLut)) {
    if (auto table = tableOf(item, context)) windows.push_back(std::move(*table));
  }
  return windows;
}

}  // namespace fiducial::media::dicom
