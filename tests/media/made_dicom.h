// Small DICOM files made by tests: explicit little endian, the elements that a test names over usual ones.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fiducial::media::test {

/// Elements by tag: the value representation and the value's bytes (text, or `word()`, `real()` ...).
using MadeElements = std::map<std::uint32_t, std::pair<std::string, std::string>>;

struct MadeSlice {
  std::string series = "1.2.3.4";
  std::string modality = "MR";
  std::string sopClass = "1.2.840.10008.5.1.4.1.1.4";
  std::array<double, 3> position{0, 0, 0};
  std::array<double, 6> orientation{1, 0, 0, 0, 1, 0};
  int rows = 4;
  int columns = 5;
  int frames = 1;
  int instance = 1;
  std::uint16_t value = 0;  ///< of the first pixel; each further one is one more
  std::string transferSyntax = "1.2.840.10008.1.2.1";
  std::string items;   ///< of encapsulated pixel data, from item() one after the other; empty: native pixels
  MadeElements extra;  ///< added, or in place of the usual; an empty VR takes an element away
};

[[nodiscard]] std::string word(std::uint16_t value);
[[nodiscard]] std::string longWord(std::uint32_t value);
[[nodiscard]] std::string real(double value);
/// An item of a sequence or of encapsulated pixel data.
[[nodiscard]] std::string item(const std::string& bytes);
/// A sequence value from the elements of its items.
[[nodiscard]] std::string sequence(const std::vector<MadeElements>& items);

/// Every call gives another SOP Instance UID.
void writeSlice(const std::filesystem::path& path, const MadeSlice& slice);

}  // namespace fiducial::media::test
