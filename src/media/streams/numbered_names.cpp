#include "numbered_names.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "../file_bytes.h"

namespace fiducial::media {
namespace {

constexpr std::int64_t kMostFiles = 65535;

}  // namespace

std::optional<std::vector<std::string>> numberedNames(const std::string& pattern) {
  std::istringstream words(pattern);
  std::string name;
  std::int64_t first = 0, last = 0, step = 1;
  if (!(words >> name >> first >> last)) return std::nullopt;
  if (!(words >> step)) step = 1;
  const std::size_t percent = name.find('%');
  if (percent == std::string::npos || step == 0 || (last - first) / step < 0) return std::nullopt;
  if ((last - first) / step >= kMostFiles) return std::nullopt;
  std::size_t at = percent + 1;
  const bool isZeroed = at < name.size() && name[at] == '0';
  std::size_t width = 0;
  for (; at < name.size() && name[at] >= '0' && name[at] <= '9'; ++at) width = width * 10 + std::size_t(name[at] - '0');
  const bool isNumber = at < name.size() && (name[at] == 'd' || name[at] == 'u' || name[at] == 'i') && width < 20;
  if (!isNumber || name.find('%', at) != std::string::npos) return std::nullopt;
  std::vector<std::string> names;
  for (std::int64_t n = first; step > 0 ? n <= last : n >= last; n += step) {
    std::string digits = std::to_string(n);
    if (digits.size() < width) digits.insert(0, width - digits.size(), isZeroed ? '0' : ' ');
    names.push_back(name.substr(0, percent) + digits + name.substr(at + 1));
  }
  return names;
}

Result<std::int64_t> skippedLines(const std::filesystem::path& path, std::int64_t start, std::int64_t lines) {
  if (lines <= 0) return start;
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  std::vector<std::byte> block(std::size_t{64} << 10);
  while (true) {
    auto got = file->read(start, block);
    if (!got) return got.error();
    if (*got == 0) {
      return Error{ErrorCode::Damaged, "the file has fewer lines than its header skips", path.string(),
                   "ask its source for a sound copy"};
    }
    for (std::size_t n = 0; n < *got; ++n) {
      if (block[n] == std::byte{'\n'} && --lines == 0) return start + std::int64_t(n) + 1;
    }
    start += std::int64_t(*got);
  }
}

}  // namespace fiducial::media
