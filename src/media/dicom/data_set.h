// The elements of a DICOM header this program looks at, read with every depth, count and length checked against the
// bytes that are there. Source: DICOM PS3.5 section 7, PS3.10 section 7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_source.h"
#include "fiducial/core/result.h"
#include "tags.h"

namespace fiducial::media::dicom {

struct Element;

/// A data set or an item of a sequence. Values are those kept (tags.h), in the order of the file.
class DataSet {
 public:
  [[nodiscard]] const Element* find(Tag tag) const;
  [[nodiscard]] bool has(Tag tag) const { return find(tag) != nullptr; }
  /// Without padding; empty where absent.
  [[nodiscard]] std::string text(Tag tag) const;
  [[nodiscard]] std::vector<std::string> texts(Tag tag) const;  ///< split at backslashes
  /// DS, IS, US, SS, UL, SL, FL and FD alike; empty where absent or where any value is not a finite number.
  [[nodiscard]] std::vector<double> numbers(Tag tag) const;
  [[nodiscard]] std::optional<double> number(Tag tag) const;
  [[nodiscard]] std::optional<std::int64_t> integer(Tag tag) const;
  /// 16-bit words (lookup tables), whatever the VR.
  [[nodiscard]] std::vector<std::uint16_t> words(Tag tag) const;
  [[nodiscard]] const std::vector<DataSet>& items(Tag tag) const;
  [[nodiscard]] const DataSet* item(Tag tag) const;  ///< the first item; null where there is none

  std::vector<Element> elements;
  bool bigEndian = false;
  bool isAscending = false;  ///< the elements are in the order of their tags, as PS3.5 7.1 wants them; found faster
};

/// Where a value is that was left in the file.
struct ElementLocation {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct Element {
  Tag tag = 0;
  Vr vr = 0;
  std::string value;  ///< empty of those left in the file (overlays, colour profiles)
  std::vector<DataSet> items;
  ElementLocation location{};
};

/// Where the pixels are; not read.
struct PixelLocation {
  Tag tag = 0;  ///< PixelData, FloatPixelData or DoublePixelData; 0: the file has none
  Vr vr = 0;
  std::uint64_t offset = 0;  ///< first byte of the value; of an encapsulated one its first item
  std::uint64_t length = 0;  ///< as claimed; for encapsulated ones what is left of the file
  bool encapsulated = false;
};

struct ParsedFile {
  DataSet dataSet;
  std::string transferSyntax;  ///< as in the file; a guess from the bytes where it says none
  std::string mediaClass;      ///< Media Storage SOP Class of the meta header
  bool bigEndian = false;      ///< of the data set
  bool hasPreamble = false;
  PixelLocation pixels;
  std::vector<std::string> warnings;
};

/// Reads up to the pixel data. A deflated data set is inflated and `source` becomes memory: PixelLocation points into
/// that. Errors: NotMedia (not DICOM), Damaged, Unsupported (unknown transfer syntax), Unreadable.
[[nodiscard]] Result<ParsedFile> parseFile(ByteSource& source);

/// "(0028,0010)"
[[nodiscard]] std::string nameOfTag(Tag tag);

}  // namespace fiducial::media::dicom
