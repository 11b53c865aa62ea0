// What opening one DICOM file by the public interface gives, in words for docs/dicom.md.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace fiducial::media::test {

struct DicomAnswer {
  std::string file;    ///< below dicom/ of the shared data, or tests/data/dicom/...
  std::string object;  ///< "MR Image"
  std::string syntax;  ///< UID
  bool isMade = false;
  std::set<std::string> opensAs;      ///< "volume", "image", "cine", "video"; empty: refused
  std::string refusal;                ///< why
  std::vector<std::string> warnings;  ///< what was assumed
};

/// Finds, opens and loads what is at `path`.
[[nodiscard]] DicomAnswer answerFor(const std::filesystem::path& path, std::string shownAs);

/// Of every DICOM file of the shared data (but malformed/ and reference/), then of the made ones; sorted by file.
[[nodiscard]] std::vector<DicomAnswer> answersForAllFiles();
/// Of malformed/: its files, and its series as folders.
[[nodiscard]] std::vector<DicomAnswer> answersForMalformed();

}  // namespace fiducial::media::test
