// A whole DICOM data set as a tree: every element of every item with its tag, type, length and value, whatever the
// object is (picture, segmentation, structure set, report). Pixel data is found, not read. For labels that arrive in
// DICOM and for the tag inspector. Source: DICOM PS3.5 section 7, PS3.6.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial::media {

using DicomTag = std::uint32_t;  ///< group << 16 | element

inline constexpr std::uint32_t kDicomUndefinedLength = 0xFFFFFFFFu;

/// One element. Its value is asked of the data set; a sequence has items [firstItem, firstItem + itemCount).
struct DicomElement {
  DicomTag tag = 0;
  std::array<char, 2> vr{'U', 'N'};  ///< of implicit data sets from the dictionary
  bool isSequence = false;
  bool bigEndian = false;
  std::uint32_t length =
      0;  ///< bytes as the file says; kDicomUndefinedLength of open sequences and encapsulated pixels
  std::uint32_t firstItem = 0;
  std::uint32_t itemCount = 0;
  std::uint64_t valueAt = 0;  ///< byte offset of the value in the file; in a deflated one in what was inflated
  std::uint64_t keptAt = 0;   ///< private to the data set

  [[nodiscard]] bool isPrivate() const { return ((tag >> 16) & 1U) != 0; }
  [[nodiscard]] std::string_view type() const { return {vr.data(), vr.size()}; }
};

class DicomDataset;

/// The data set itself or an item of a sequence; empty where there is none, so that look-ups chain:
/// `root.item(kPlanePosition).numbers(kImagePosition)`. A view: its data set must outlive it.
class DicomItem {
 public:
  DicomItem() = default;
  DicomItem(const DicomDataset& dataset, std::uint32_t index) : dataset_(&dataset), index_(index) {}
  explicit operator bool() const { return dataset_ != nullptr; }

  [[nodiscard]] std::span<const DicomElement> elements() const;  ///< as in the file
  [[nodiscard]] const DicomElement* find(DicomTag tag) const;
  [[nodiscard]] bool has(DicomTag tag) const { return find(tag) != nullptr; }
  /// UTF-8, without padding; empty where absent.
  [[nodiscard]] std::string text(DicomTag tag) const;
  [[nodiscard]] std::vector<std::string> texts(DicomTag tag) const;  ///< its values, split at backslashes
  /// Of any numeric type; empty where absent or where any value is no finite number.
  [[nodiscard]] std::vector<double> numbers(DicomTag tag) const;
  [[nodiscard]] std::optional<double> number(DicomTag tag) const;
  [[nodiscard]] std::optional<std::int64_t> integer(DicomTag tag) const;
  [[nodiscard]] std::uint32_t itemCount(DicomTag tag) const;
  [[nodiscard]] DicomItem item(DicomTag tag, std::uint32_t n = 0) const;
  [[nodiscard]] std::vector<DicomItem> items(DicomTag tag) const;
  /// Specific Character Set in force here, as in the file.
  [[nodiscard]] std::string_view characterSet() const;

 private:
  const DicomDataset* dataset_ = nullptr;
  std::uint32_t index_ = 0;
};

struct DicomReadOptions {
  DicomTag lastTag = 0xFFFFFFFFu;  ///< elements of the data set behind it are not read
};

/// Thread: immutable; every member from any thread.
class DicomDataset {
 public:
  /// A file that is damaged somewhere gives what stands before, with damage() saying where it ends.
  /// Errors: NotFound, Unreadable, NotMedia (no DICOM), Damaged (nothing can be read), TooLarge.
  static Result<std::shared_ptr<const DicomDataset>> open(const std::filesystem::path& path,
                                                          const DicomReadOptions& options = {});
  ~DicomDataset();
  DicomDataset(const DicomDataset&) = delete;
  DicomDataset& operator=(const DicomDataset&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] DicomItem root() const;  ///< the data set
  [[nodiscard]] DicomItem meta() const;  ///< group 0002; empty where the file has none
  [[nodiscard]] const std::string& transferSyntax() const;
  [[nodiscard]] const std::vector<std::string>& warnings() const;
  /// Why the data set is not whole; empty: it is.
  [[nodiscard]] const std::string& damage() const;
  [[nodiscard]] std::size_t elementCount() const;

  [[nodiscard]] DicomItem itemOf(const DicomElement& sequence, std::uint32_t n) const;
  /// At most `limit` bytes of a value from `offset`, as in the file. Empty for sequences and encapsulated pixels.
  [[nodiscard]] std::string bytes(const DicomElement& element, std::uint64_t offset = 0,
                                  std::uint64_t limit = std::uint64_t{64} << 20) const;
  [[nodiscard]] std::string text(DicomItem item, const DicomElement& element) const;
  [[nodiscard]] std::vector<double> numbers(const DicomElement& element) const;

  struct State;
  explicit DicomDataset(std::unique_ptr<State> state);  ///< for open()
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// "PatientName" (the keyword); of private elements the name DCMTK's dictionary has under their creator, else "Private
/// (ACME 1.1)".
[[nodiscard]] std::string dicomName(DicomItem item, const DicomElement& element);
/// "(0010,0010)"
[[nodiscard]] std::string dicomTagText(DicomTag tag);
/// One line for people: text, numbers, the meaning of a UID, the first bytes of binary values, "3 items".
[[nodiscard]] std::string dicomShownValue(const DicomDataset& dataset, DicomItem item, const DicomElement& element);

}  // namespace fiducial::media
