// Where the data set of a file begins, and the heads of its elements: shared by the header scan (parse_file.cpp) and
// the parser of whole data sets (dataset/). Source: DICOM PS3.5 section 7, PS3.10 section 7.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "byte_source.h"
#include "fiducial/core/result.h"
#include "tags.h"
#include "transfer_syntax.h"

namespace fiducial::media::dicom {

inline constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFFu;

struct Encoding {
  bool explicitVr = true;
  bool bigEndian = false;
};

struct ElementHead {
  Tag tag = 0;
  Vr vr = 0;  ///< in implicit data sets that of knownVr(); 0 for items and delimiters
  std::uint32_t length = 0;
  std::uint64_t valueAt = 0;
};

struct DataSetStart {
  std::uint64_t at = 0;  ///< in `source` as it is after findDataSet(): inflated ones begin at 0
  Encoding encoding;     ///< what the bytes have, whatever the transfer syntax says
  std::string transferSyntax;
  std::string mediaClass;                  ///< Media Storage SOP Class of the meta header
  const TransferSyntax* syntax = nullptr;  ///< null: one this program does not know
  bool hasPreamble = false;
  std::vector<std::string> warnings;
};

/// Errors: Damaged where the bytes end or hold no valid type.
[[nodiscard]] Result<ElementHead> readHead(ByteSource& source, std::uint64_t at, Encoding encoding);
/// Reads the meta header; a deflated data set is inflated and `source` becomes memory. Errors: NotMedia, Damaged.
[[nodiscard]] Result<DataSetStart> findDataSet(ByteSource& source);

}  // namespace fiducial::media::dicom
