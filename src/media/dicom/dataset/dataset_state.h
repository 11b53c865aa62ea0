// What a DicomDataset holds: elements and items in flat tables, so that neither building nor freeing them recurses.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "../byte_source.h"
#include "../data_set.h"
#include "fiducial/media/dicom_dataset.h"

namespace fiducial::media {

struct ItemRow {
  std::uint32_t firstElement = 0;
  std::uint32_t elementCount = 0;
  std::uint16_t characterSet = 0;  ///< index into State::characterSets
};

struct DicomDataset::State {
  explicit State(dicom::ByteSource bytes) : source(std::move(bytes)) {}

  dicom::ByteSource source;
  std::string transferSyntax;
  std::string damage;
  std::vector<std::string> warnings;
  std::vector<DicomElement> elements;          ///< those of one item stand together
  std::vector<ItemRow> items;                  ///< those of one sequence stand together
  std::string kept;                            ///< short values, one behind the other
  std::vector<std::string> characterSets{{}};  ///< values of Specific Character Set
  std::uint32_t root = 0;
  std::optional<std::uint32_t> meta;
  dicom::PixelLocation pixels;
  bool bigEndian = false;
};

namespace dicom {
inline constexpr std::uint64_t kNotKept = ~std::uint64_t{0};

/// Fills the tables from `source`. Errors: those of DicomDataset::open().
Status parseDataset(DicomDataset::State& state, const DicomReadOptions& options);

/// Type and name by DCMTK's dictionary; `creator` of private elements, else empty. Thread: any.
[[nodiscard]] Vr dictionaryVr(Tag tag, const std::string& creator);
[[nodiscard]] std::string dictionaryName(Tag tag, const std::string& creator);
/// "CT Image Storage"; empty where unknown.
[[nodiscard]] std::string nameOfUid(const std::string& uid);
}  // namespace dicom

}  // namespace fiducial::media
