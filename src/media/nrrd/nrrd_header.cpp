#include "nrrd_header.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "../file_bytes.h"
#include "../streams/numbered_names.h"

namespace fiducial::media::nrrd {
namespace {

using Vector = std::array<double, 3>;

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\t')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return std::string(text);
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  return text;
}

/// "field: value" lines; "key:=value" lines with their own keys.
std::map<std::string, std::string> fieldsOf(std::string_view header) {
  std::map<std::string, std::string> fields;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t colon = line.find(':');
    if (line.starts_with('#') || colon == std::string_view::npos) continue;
    const bool isKey = colon + 1 < line.size() && line[colon + 1] == '=';
    std::string name = lower(trimmed(line.substr(0, colon)));
    std::erase(name, ' ');  // "data file" and "datafile" are one field
    fields[name] = trimmed(line.substr(colon + (isKey ? 2 : 1)));
  }
  return fields;
}

/// The file names behind a "data file: LIST" line, which is always the header's last field.
std::vector<std::string> listOf(std::string_view header) {
  std::vector<std::string> names;
  bool isList = false;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size());
    const std::string line = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    if (isList && !line.empty()) names.push_back(line);
    const std::string field = lower(line);
    if (field.starts_with("data file: list") || field.starts_with("datafile: list")) isList = true;
  }
  return names;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all;
  std::string word;
  int depth = 0;  // blanks within "(1, 0, 0)" part nothing
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c != ' ' && c != '\t') {
      word += c;
    } else if (depth == 0 && !word.empty()) {
      all.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) all.push_back(word);
  return all;
}

std::optional<Vector> vectorOf(std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')')) return std::nullopt;
  text.remove_prefix(1);
  text.remove_suffix(1);
  Vector vector{};
  for (std::size_t n = 0; n < 3; ++n) {
    const std::size_t comma = text.find(',');
    if ((comma == std::string_view::npos) != (n == 2)) return std::nullopt;
    const auto value = number(text.substr(0, comma));
    if (!value) return std::nullopt;
    vector[n] = *value;
    text.remove_prefix(n == 2 ? text.size() : comma + 1);
  }
  return vector;
}

std::optional<ScalarType> typeOf(std::string name) {
  static const std::map<std::string, ScalarType> all{{"signed char", ScalarType::Int8},
                                                     {"int8", ScalarType::Int8},
                                                     {"int8_t", ScalarType::Int8},
                                                     {"uchar", ScalarType::UInt8},
                                                     {"unsigned char", ScalarType::UInt8},
                                                     {"uint8", ScalarType::UInt8},
                                                     {"uint8_t", ScalarType::UInt8},
                                                     {"short", ScalarType::Int16},
                                                     {"short int", ScalarType::Int16},
                                                     {"signed short", ScalarType::Int16},
                                                     {"signed short int", ScalarType::Int16},
                                                     {"int16", ScalarType::Int16},
                                                     {"int16_t", ScalarType::Int16},
                                                     {"ushort", ScalarType::UInt16},
                                                     {"unsigned short", ScalarType::UInt16},
                                                     {"unsigned short int", ScalarType::UInt16},
                                                     {"uint16", ScalarType::UInt16},
                                                     {"uint16_t", ScalarType::UInt16},
                                                     {"int", ScalarType::Int32},
                                                     {"signed int", ScalarType::Int32},
                                                     {"int32", ScalarType::Int32},
                                                     {"int32_t", ScalarType::Int32},
                                                     {"uint", ScalarType::UInt32},
                                                     {"unsigned int", ScalarType::UInt32},
                                                     {"uint32", ScalarType::UInt32},
                                                     {"uint32_t", ScalarType::UInt32},
                                                     {"longlong", ScalarType::Int64},
                                                     {"long long", ScalarType::Int64},
                                                     {"long long int", ScalarType::Int64},
                                                     {"signed long long", ScalarType::Int64},
                                                     {"int64", ScalarType::Int64},
                                                     {"int64_t", ScalarType::Int64},
                                                     {"ulonglong", ScalarType::UInt64},
                                                     {"unsigned long long", ScalarType::UInt64},
                                                     {"unsigned long long int", ScalarType::UInt64},
                                                     {"uint64", ScalarType::UInt64},
                                                     {"uint64_t", ScalarType::UInt64},
                                                     {"float", ScalarType::Float32},
                                                     {"double", ScalarType::Float64}};
  const auto at = all.find(lower(std::move(name)));
  return at == all.end() ? std::nullopt : std::optional(at->second);
}

/// Signs that take the file's patient axes to LPS; nothing for spaces that are not a patient's.
std::optional<Vector> signsToLps(std::string space) {
  space = lower(std::move(space));
  if (space == "left-posterior-superior" || space == "lps") return Vector{1, 1, 1};
  if (space == "right-anterior-superior" || space == "ras") return Vector{-1, -1, 1};
  if (space == "left-anterior-superior" || space == "las") return Vector{1, -1, 1};
  return std::nullopt;
}

class HeaderReader {
 public:
  HeaderReader(std::string_view header, const std::filesystem::path& path)
      : fields_(fieldsOf(header)), list_(listOf(header)), path_(path) {}

  Result<PlainVolume> read(std::size_t headerBytes);

 private:
  [[nodiscard]] std::string field(const std::string& name) const {
    const auto at = fields_.find(name);
    return at == fields_.end() ? std::string() : at->second;
  }
  [[nodiscard]] Error damaged(std::string what) const {
    return {ErrorCode::Damaged, std::move(what), path_.string(), "ask its source for a sound copy"};
  }
  [[nodiscard]] Error unsupported(std::string what, std::string hint) const {
    return {ErrorCode::Unsupported, std::move(what), path_.string(), std::move(hint)};
  }
  Status readAxes(PlainVolume& volume);
  void readGeometry(MediumInfo& info) const;
  Status readEncoding(PlainVolume& volume) const;
  Status readDataFile(PlainVolume& volume, std::size_t headerBytes) const;
  Status readParts(PlainVolume& volume, const std::string& name) const;
  [[nodiscard]] Result<std::filesystem::path> besideHeader(const std::string& name) const;

  std::map<std::string, std::string> fields_;
  std::vector<std::string> list_;  // the lines behind "data file: LIST"
  const std::filesystem::path& path_;
  std::size_t firstSpatial_ = 0;  // the axis of the columns
};

/// Kinds of an axis that holds neither places nor colours: components, list entries, times.
bool isNoSpace(const std::vector<std::string>& kinds) {
  static constexpr std::array kOther{"list",     "vector", "covariant-vector", "normal", "point", "3-vector",
                                     "4-vector", "time",   "2-vector",         "scalar"};
  return std::any_of(kOther.begin(), kOther.end(), [&](const char* kind) { return lower(kinds.front()) == kind; });
}

Status HeaderReader::readAxes(PlainVolume& volume) {
  MediumInfo& info = volume.info;
  std::int64_t components = 1;
  std::vector<std::int64_t> sizes;
  std::int64_t voxels = 1;
  for (const std::string& word : words(field("sizes"))) {
    const auto size = number(word);
    if (!size || *size < 1 || *size > 2147483647.0 || voxels > (std::int64_t{1} << 48) / std::int64_t(*size)) {
      return damaged("the NRRD header gives no valid size");
    }
    sizes.push_back(std::int64_t(*size));
    voxels *= sizes.back();
  }
  if (sizes.empty() || field("dimension") != std::to_string(sizes.size())) {
    return damaged("the NRRD header gives no valid size");
  }
  const std::vector<std::string> directions = words(field("spacedirections"));
  const bool isVectorFirst = sizes.size() > 3 && !directions.empty() && lower(directions.front()) == "none";
  const std::vector<std::string> kinds = words(field("kinds"));
  const bool isColourFirst = sizes.size() > 2 && !kinds.empty() && lower(kinds.front()).starts_with("rgb");
  const bool isFirstOther = isVectorFirst || isColourFirst || (sizes.size() > 3 && !kinds.empty() && isNoSpace(kinds));
  std::int64_t fastest = 1;
  if (isFirstOther) {
    const bool isList = !kinds.empty() && lower(kinds.front()) == "list";
    const bool isVector = isList || (!isColourFirst && !mayBeColour(info.scalar));
    const bool isColour = !isVector && (sizes.front() == 1 || sizes.front() == 3 || sizes.front() == 4);
    (isColour ? components : fastest) = sizes.front();
    firstSpatial_ = 1;
  }
  info.components = int(components);
  sizes.erase(sizes.begin(), sizes.begin() + std::ptrdiff_t(firstSpatial_));
  if (sizes.size() > (fastest > 1 ? 3u : 4u)) {
    return unsupported("a NRRD file of more than four dimensions is not read", "");
  }
  sizes.resize(4, 1);
  info.columns = int(sizes[0]);
  info.rows = int(sizes[1]);
  info.frames = int(sizes[2]);
  info.times = int(std::max(sizes[3], fastest));
  volume.timeIsFastest = fastest > 1;
  return {};
}

void HeaderReader::readGeometry(MediumInfo& info) const {
  const auto signs = signsToLps(field("space"));
  const std::vector<std::string> directions = words(field("spacedirections"));
  std::array<std::array<double, 4>, 4> rows{{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
  bool isRead = directions.size() >= firstSpatial_ + 3;
  for (std::size_t axis = 0; isRead && axis < 3; ++axis) {
    const auto direction = vectorOf(directions[firstSpatial_ + axis]);
    isRead = direction.has_value();
    for (std::size_t r = 0; isRead && r < 3; ++r) rows[r][axis] = (*direction)[r] * (signs ? (*signs)[r] : 1);
  }
  const std::vector<std::string> spacings = words(field("spacings"));
  for (std::size_t axis = 0; directions.empty() && axis < 3 && firstSpatial_ + axis < spacings.size(); ++axis) {
    const auto spacing = number(spacings[firstSpatial_ + axis]);
    if (spacing && *spacing > 0) rows[axis][axis] = *spacing;
  }
  const std::vector<std::string> originWord = words(field("spaceorigin"));
  const auto origin = originWord.empty() ? std::nullopt : vectorOf(originWord.front());
  for (std::size_t r = 0; origin && r < 3; ++r) rows[r][3] = (*origin)[r] * (signs ? (*signs)[r] : 1);
  info.affine = Affine(rows);
  info.hasGeometry = isRead && signs && info.affine.voxelVolumeMm3() > 1e-12;
  if (isRead && !(info.affine.voxelVolumeMm3() > 1e-12)) info.affine = Affine();
  if (!info.hasGeometry) info.warnings.emplace_back("the header gives no orientation in the patient");
  const auto spacing = info.affine.spacingMm();
  info.spacing.assign(spacing.begin(), spacing.end());
}

Status HeaderReader::readEncoding(PlainVolume& volume) const {
  static const std::map<std::string, Packing> known{
      {"raw", Packing::Plain},   {"gzip", Packing::Gzip}, {"gz", Packing::Gzip},
      {"bzip2", Packing::Bzip2}, {"bz2", Packing::Bzip2}, {"ascii", Packing::Text},
      {"text", Packing::Text},   {"txt", Packing::Text},  {"hex", Packing::Hex}};
  const std::string encoding = lower(field("encoding"));
  const auto at = known.find(encoding);
  if (at == known.end()) {
    return unsupported("NRRD data encoded as " + (encoding.empty() ? "nothing named" : encoding) + " are not read",
                       "save the volume with gzip or raw encoding");
  }
  volume.packing = at->second;
  const bool isBig = lower(field("endian")) == "big" && volume.packing != Packing::Text;
  volume.isSwapped = isBig && sizeOf(volume.info.scalar) > 1;
  return {};
}

/// A file beside the header; never one elsewhere, whatever the header says.
Result<std::filesystem::path> HeaderReader::besideHeader(const std::string& name) const {
  const std::filesystem::path data(name);
  if (data.is_absolute() || data.filename() != data || name == "." || name == "..") {
    return unsupported("the header names a data file outside its own folder, which is not opened: " + name,
                       "put the data file beside the header");
  }
  return path_.parent_path() / data;
}

/// "LIST" (names in `list`), or "name%03d.raw 1 20 1": a pattern, its first and last number and the step.
Status HeaderReader::readParts(PlainVolume& volume, const std::string& name) const {
  std::vector<std::string> names = list_;
  if (name.find('%') != std::string::npos) {
    auto numbered = numberedNames(name);
    if (!numbered) return damaged("the header's pattern of data files is not one: " + name);
    names = std::move(*numbered);
  }
  if (names.empty()) return damaged("the header lists no data files");
  for (const std::string& one : names) {
    auto path = besideHeader(one);
    if (!path) return path.error();
    volume.parts.push_back(std::move(*path));
  }
  volume.path = volume.parts.front();
  return {};
}

Status HeaderReader::readDataFile(PlainVolume& volume, std::size_t headerBytes) const {
  const std::string name = field("datafile");
  std::int64_t start = 0;
  if (name.empty()) {
    start = std::int64_t(headerBytes);
  } else if (name.starts_with("LIST") || name.find('%') != std::string::npos) {
    if (auto parts = readParts(volume, name); !parts) return parts;
  } else {
    auto path = besideHeader(name);
    if (!path) return path.error();
    volume.path = std::move(*path);
  }
  auto behind = skippedLines(volume.path, start, std::int64_t(number(field("lineskip")).value_or(0)));
  if (!behind) return behind.error();
  const double skip = number(field("byteskip")).value_or(0);
  const bool isPlain = volume.packing == Packing::Plain;
  if (skip < -1 || skip > 1e15 || (skip == -1 && (!isPlain || !volume.parts.empty()))) {
    return damaged("the header's byte skip cannot be followed");
  }
  if (skip == -1) {
    auto file = FileBytes::open(volume.path);
    if (!file) return file.error();
    volume.offset = std::max<std::int64_t>(0, file->sizeBytes() - dataBytes(volume.info));
    return {};
  }
  (isPlain ? volume.offset : volume.packedStart) = *behind;
  volume.offset += std::int64_t(skip);
  return {};
}

Result<PlainVolume> HeaderReader::read(std::size_t headerBytes) {
  PlainVolume volume;
  volume.path = path_;
  MediumInfo& info = volume.info;
  info.kind = MediumKind::Volume;
  info.format = "nrrd";
  const auto type = typeOf(field("type"));
  if (!type) return damaged("the NRRD header names no valid data type");
  info.scalar = *type;
  info.seriesDescription = field("content");
  if (auto axes = readAxes(volume); !axes) return axes.error();
  if (auto encoding = readEncoding(volume); !encoding) return encoding.error();
  if (auto data = readDataFile(volume, headerBytes); !data) return data.error();
  readGeometry(info);
  const auto slope = number(field("rescaleslope"));
  const auto intercept = number(field("rescaleintercept"));
  if (slope && *slope != 0) info.slope = *slope;
  if (intercept) info.intercept = *intercept;
  return volume;
}

}  // namespace

Result<PlainVolume> volumeOf(std::string_view header, std::size_t headerBytes, const std::filesystem::path& path) {
  return HeaderReader(header, path).read(headerBytes);
}

}  // namespace fiducial::media::nrrd
