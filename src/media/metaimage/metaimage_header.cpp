#include "metaimage_header.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../file_bytes.h"
#include "../streams/numbered_names.h"

namespace fiducial::media::metaimage {
namespace {

std::string trimmed(std::string_view text) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  return std::string(text);
}

/// "Key = value" lines up to ElementDataFile, which is the last; what follows are names (LIST) or the voxels (LOCAL).
struct Text {
  std::map<std::string, std::string> fields;
  std::size_t bytes = 0;           // of the header
  std::vector<std::string> lines;  // behind "ElementDataFile = LIST"
  bool isWhole = false;
};

Text parse(std::string_view text) {
  Text parsed;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
    if (parsed.isWhole) {  // the names of a list
      if (const std::string name = trimmed(line); !name.empty()) parsed.lines.push_back(name);
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string key = trimmed(line.substr(0, equals));
    parsed.fields[key] = trimmed(line.substr(equals + 1));
    if (key != "ElementDataFile") continue;
    parsed.isWhole = true;
    parsed.bytes = at;
    if (!parsed.fields[key].starts_with("LIST")) break;
  }
  return parsed;
}

std::vector<double> numbers(const std::string& text) {
  std::vector<double> values;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (*at == ' ' || *at == '\t' || *at == ',') {
      ++at;
      continue;
    }
    double value = 0;
    const auto [next, code] = std::from_chars(at, end, value);
    if (code != std::errc() || !std::isfinite(value)) return {};
    values.push_back(value);
    at = next;
  }
  return values;
}

std::optional<ScalarType> typeOf(std::string name) {
  if (name.ends_with("_ARRAY")) name.resize(name.size() - 6);
  static const std::map<std::string, ScalarType> all{
      {"MET_CHAR", ScalarType::Int8},      {"MET_UCHAR", ScalarType::UInt8},    {"MET_SHORT", ScalarType::Int16},
      {"MET_USHORT", ScalarType::UInt16},  {"MET_INT", ScalarType::Int32},      {"MET_UINT", ScalarType::UInt32},
      {"MET_LONG", ScalarType::Int32},     {"MET_ULONG", ScalarType::UInt32},   {"MET_LONG_LONG", ScalarType::Int64},
      {"MET_FLOAT", ScalarType::Float32},  {"MET_DOUBLE", ScalarType::Float64}, {"MET_ULONG_LONG", ScalarType::UInt64},
      {"MET_ASCII_CHAR", ScalarType::Int8}};
  const auto at = all.find(name);
  return at == all.end() ? std::nullopt : std::optional(at->second);
}

class HeaderReader {
 public:
  HeaderReader(Text text, const std::filesystem::path& path) : text_(std::move(text)), path_(path) {}
  Result<PlainVolume> read();

 private:
  [[nodiscard]] std::string field(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto at = text_.fields.find(name);
      if (at != text_.fields.end()) return at->second;
    }
    return {};
  }
  [[nodiscard]] bool isTrue(std::initializer_list<const char*> names) const {
    const std::string value = field(names);
    return !value.empty() && (value.front() == 'T' || value.front() == 't' || value.front() == '1');
  }
  [[nodiscard]] Error damaged(std::string what) const {
    return {ErrorCode::Damaged, std::move(what), path_.string(), "ask its source for a sound copy"};
  }
  Status readSize(PlainVolume& volume) const;
  void readGeometry(MediumInfo& info) const;
  Status readData(PlainVolume& volume) const;
  Status readOffset(PlainVolume& volume, std::int64_t begin) const;
  [[nodiscard]] Result<std::filesystem::path> besideHeader(const std::string& name) const;

  Text text_;
  const std::filesystem::path& path_;
};

Status HeaderReader::readSize(PlainVolume& volume) const {
  const std::vector<double> sizes = numbers(field({"DimSize"}));
  const std::vector<double> dimensions = numbers(field({"NDims"}));
  if (sizes.empty() || dimensions.size() != 1 || double(sizes.size()) != dimensions.front()) {
    return damaged("the MetaImage header gives no valid size");
  }
  std::vector<std::int64_t> all;
  std::int64_t voxels = 1;
  for (const double size : sizes) {
    if (!(size >= 1) || size > 2147483647.0 || voxels > (std::int64_t{1} << 48) / std::int64_t(size)) {
      return damaged("the MetaImage header gives no valid size");
    }
    all.push_back(std::int64_t(size));
    voxels *= all.back();
  }
  if (all.size() > 4) {
    return Error{ErrorCode::Unsupported, "a MetaImage file of more than four dimensions is not read", path_.string(),
                 ""};
  }
  all.resize(4, 1);
  const double channels =
      numbers(field({"ElementNumberOfChannels"})).empty() ? 1 : numbers(field({"ElementNumberOfChannels"})).front();
  if (!(channels >= 1) || channels > 65535) return damaged("the MetaImage header gives no valid number of channels");
  MediumInfo& info = volume.info;
  info.columns = int(all[0]);
  info.rows = int(all[1]);
  info.frames = int(all[2]);
  info.times = int(all[3]);
  const bool isColour = channels == 1 || (mayBeColour(info.scalar) && (channels == 3 || channels == 4));
  if (isColour) {
    info.components = int(channels);
  } else if (info.times == 1) {
    info.times = int(channels);
    volume.timeIsFastest = true;
  } else {
    return Error{ErrorCode::Unsupported, "a MetaImage file of several times and channels is not read", path_.string(),
                 "save each channel as a volume"};
  }
  return {};
}

/// TransformMatrix lists the direction of each axis, one after the other, in LPS; Offset is the first voxel's centre.
void HeaderReader::readGeometry(MediumInfo& info) const {
  const std::vector<double> sizes = numbers(field({"DimSize"}));
  const std::size_t dimensions = sizes.size();
  const std::vector<double> matrix = numbers(field({"TransformMatrix", "Rotation", "Orientation"}));
  const std::vector<double> offset = numbers(field({"Offset", "Position", "Origin"}));
  std::vector<double> spacing = numbers(field({"ElementSpacing", "ElementSize"}));
  const bool isScaled = spacing.size() == dimensions;
  spacing.resize(3, 1.0);
  std::array<std::array<double, 4>, 4> rows{{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double step = spacing[axis] > 0 ? spacing[axis] : 1.0;
    for (std::size_t r = 0; r < 3; ++r) {
      const bool isGiven = matrix.size() == dimensions * dimensions && axis < dimensions && r < dimensions;
      rows[r][axis] = (isGiven ? matrix[axis * dimensions + r] : axis == r ? 1.0 : 0.0) * step;
    }
    if (offset.size() == dimensions && axis < dimensions) rows[axis][3] = offset[axis];
  }
  info.hasGeometry = Affine(rows).voxelVolumeMm3() > 1e-12;
  if (!info.hasGeometry) {
    info.warnings.emplace_back("its transform matrix cannot be used; there is no orientation");
    return;
  }
  info.affine = Affine(rows);
  const auto lengths = info.affine.spacingMm();
  if (isScaled) info.spacing.assign(lengths.begin(), lengths.end());
  if (!isScaled) info.warnings.emplace_back("the header gives no voxel size; distances are in voxels");
}

Result<std::filesystem::path> HeaderReader::besideHeader(const std::string& name) const {
  const std::filesystem::path data(name);
  if (data.is_absolute() || data.filename() != data || name == "." || name == "..") {
    return Error{ErrorCode::Unsupported,
                 "the header names a data file outside its own folder, which is not opened: " + name, path_.string(),
                 "put the data file beside the header"};
  }
  return path_.parent_path() / data;
}

/// HeaderSize bytes are skipped in each data file; -1: the voxels are its last bytes.
Status HeaderReader::readOffset(PlainVolume& volume, std::int64_t begin) const {
  const std::vector<double> header = numbers(field({"HeaderSize"}));
  const double skip = header.empty() ? 0 : header.front();
  std::int64_t start = begin;
  if (skip > 0 && skip < 1e15) start += std::int64_t(skip);
  if (skip == -1) {
    auto file = FileBytes::open(volume.path);
    if (!file) return file.error();
    const auto parts = std::max<std::int64_t>(1, std::int64_t(volume.parts.size()));
    start = std::max<std::int64_t>(0, file->sizeBytes() - dataBytes(volume.info) / parts);
  }
  (volume.packing == Packing::Plain ? volume.offset : volume.packedStart) = start;
  return {};
}

Status HeaderReader::readData(PlainVolume& volume) const {
  const std::string name = field({"ElementDataFile"});
  if (isTrue({"CompressedData"})) volume.packing = Packing::Gzip;
  if (const std::string binary = field({"BinaryData"}); !binary.empty() && !isTrue({"BinaryData"})) {
    volume.packing = Packing::Text;
  }
  if (name == "LOCAL" || name == "Local" || name == "local") return readOffset(volume, std::int64_t(text_.bytes));
  std::vector<std::string> names;
  if (name.starts_with("LIST")) {
    names = text_.lines;
  } else if (name.find('%') != std::string::npos) {
    auto numbered = numberedNames(name);
    if (!numbered) return damaged("the header's pattern of data files is not one: " + name);
    names = std::move(*numbered);
  }
  if (names.empty() && name.starts_with("LIST")) return damaged("the header lists no data files");
  for (const std::string& one : names) {
    auto path = besideHeader(one);
    if (!path) return path.error();
    volume.parts.push_back(std::move(*path));
  }
  if (volume.parts.empty()) {
    auto path = besideHeader(name);
    if (!path) return path.error();
    volume.path = std::move(*path);
  } else {
    volume.path = volume.parts.front();
  }
  return readOffset(volume, 0);
}

Result<PlainVolume> HeaderReader::read() {
  if (!text_.isWhole) return damaged("the MetaImage header does not say where its voxels are");
  const std::string object = field({"ObjectType"});
  if (!object.empty() && object != "Image") {
    return Error{ErrorCode::Unsupported, "a MetaIO object that is no image (" + object + ")", path_.string(), ""};
  }
  PlainVolume volume;
  volume.path = path_;
  volume.info.kind = MediumKind::Volume;
  volume.info.format = "metaimage";
  volume.info.modality = field({"Modality"});
  if (volume.info.modality.starts_with("MET_MOD_")) volume.info.modality.erase(0, 8);
  if (volume.info.modality == "UNKNOWN") volume.info.modality.clear();
  volume.info.seriesDescription = field({"Name"});
  const auto type = typeOf(field({"ElementType"}));
  if (!type) return damaged("the MetaImage header names no valid element type");
  volume.info.scalar = *type;
  if (auto size = readSize(volume); !size) return size.error();
  if (auto data = readData(volume); !data) return data.error();
  readGeometry(volume.info);
  const bool isBig = isTrue({"ElementByteOrderMSB", "BinaryDataByteOrderMSB"});
  volume.isSwapped = isBig && sizeOf(*type) > 1 && volume.packing != Packing::Text;
  return volume;
}

}  // namespace

bool looksLikeHeader(std::string_view text) {
  const std::string first = trimmed(text.substr(0, text.find('=')));
  const bool isKey = first == "ObjectType" || first == "NDims" || first == "Comment" || first == "ObjectSubType";
  return isKey && text.find("DimSize") != std::string_view::npos && text.find("ElementType") != std::string_view::npos;
}

Result<PlainVolume> volumeOf(std::string_view text, const std::filesystem::path& path) {
  if (!looksLikeHeader(text)) return Error{ErrorCode::NotMedia, "this is not a MetaImage file", path.string(), ""};
  return HeaderReader(parse(text), path).read();
}

}  // namespace fiducial::media::metaimage
