#include "dicom_conformance.h"

#include <algorithm>
#include <map>

#include "dicom/transfer_syntax.h"
#include "dicom_answers.h"
#include "dicom_references.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media::test {
namespace {

using dicom::PixelCodec;
using Words = std::set<std::string>;

std::string joined(const Words& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(separator)) + word;
  return text;
}

/// Text in a cell of a table.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string nameOfSyntax(const std::string& uid) {
  const dicom::TransferSyntax* syntax = dicom::findTransferSyntax(uid);
  return syntax == nullptr ? uid : std::string(syntax->name);
}

/// Files as a reader finds them: a folder where it holds many of them, at most three, the rest counted.
std::string examplesOf(const std::vector<const DicomAnswer*>& answers) {
  std::map<std::string, std::size_t> inFolder;
  const auto folderOf = [](const std::string& file) { return file.substr(0, file.rfind('/') + 1); };
  const bool hasShared = std::ranges::any_of(answers, [](const DicomAnswer* answer) { return !answer->isMade; });
  std::vector<std::string> files;
  for (const DicomAnswer* answer : answers) {
    if (answer->isMade && hasShared) continue;
    files.push_back(answer->file);
    ++inFolder[folderOf(answer->file)];
  }
  std::vector<std::string> shown;
  for (const std::string& file : files) {
    const std::string folder = folderOf(file);
    const bool isSeries = inFolder[folder] > 3 && !folder.starts_with("tests/") && std::ranges::count(folder, '/') > 1;
    const std::string name = isSeries ? "`" + folder + "`" : "`" + file + "`";
    if (shown.empty() || shown.back() != name) shown.push_back(name);
  }
  std::string text;
  for (std::size_t n = 0; n < std::min<std::size_t>(3, shown.size()); ++n) text += (n == 0 ? "" : ", ") + shown[n];
  if (shown.size() > 3) text += " and " + std::to_string(shown.size() - 3) + " more";
  return text;
}

/// By file below dicom/ or by its beginning: what its values are compared with.
class Checks {
 public:
  Checks() {
    const nlohmann::json pixels = jsonAt(fiducial::test::sharedData("dicom/reference/pixels.json"));
    for (const auto& [name, expected] : pixels["files"].items()) {
      Words& by = by_["syntaxes/" + name];
      if (!expected.contains("sha256")) by.insert("frames: FFmpeg");
      if (!expected.contains("agreed_by")) continue;
      for (const auto& decoder : expected["agreed_by"]) by.insert("samples: " + nameOfDecoder(decoder));
    }
    const auto samples = jsonAt(fiducial::test::sourceFolder() / "tests/data/dicom/shared_samples.json");
    for (const auto& [name, expected] : samples["files"].items()) {
      by_[name].insert("samples: " + expected["by"].get<std::string>());
    }
    for (const Conversion& conversion : kConversions) by_[conversion.series].insert("values and places: dcm2niix");
    by_["tests/data/dicom/mosaic/"].insert("values and places: dcm2niix");
    by_["tests/data/dicom/pixels/"].insert("values put in");
    by_["tests/data/dicom/values/"].insert("values put in");
  }

  [[nodiscard]] Words of(const std::string& file) const {
    Words all;
    for (const auto& [start, words] : by_) {
      if (file.starts_with(start)) all.insert(words.begin(), words.end());
    }
    return all;
  }

 private:
  static std::string nameOfDecoder(const std::string& decoder) {
    if (decoder.starts_with("pydicom")) return "pydicom";
    if (decoder.starts_with("ffmpeg")) return "FFmpeg";
    if (decoder == "dcmtk") return "DCMTK";
    if (decoder == "gdcm") return "GDCM";
    return decoder == "pillow" ? "Pillow" : "OpenJPEG";
  }

  std::map<std::string, Words> by_;
};

/// "samples: DCMTK, GDCM; values put in"
std::string shownChecks(const Words& checks) {
  std::string text;
  std::string subject;
  for (const std::string& check : checks) {
    const std::size_t at = check.find(": ");
    const std::string about = at == std::string::npos ? check : check.substr(0, at);
    if (!text.empty() && about == subject && at != std::string::npos) {
      text += ", " + check.substr(at + 2);
    } else {
      text += (text.empty() ? "" : "; ") + check;
    }
    subject = about;
  }
  return text.empty() ? "that it opens" : text;
}

struct Row {
  std::vector<const DicomAnswer*> answers;
  Words opensAs;
  Words checks;
  Words syntaxes;
};

std::string picturesTable(const std::vector<DicomAnswer>& answers, const Checks& checks) {
  std::map<std::pair<std::string, std::string>, Row> rows;
  for (const DicomAnswer& answer : answers) {
    if (answer.opensAs.empty() || answer.object == "Media Storage Directory") continue;
    Row& row = rows[{answer.object.empty() ? "(no SOP class)" : answer.object, nameOfSyntax(answer.syntax)}];
    row.answers.push_back(&answer);
    row.opensAs.insert(answer.opensAs.begin(), answer.opensAs.end());
    row.checks.merge(checks.of(answer.file));
  }
  std::string text = "| object | transfer syntax | opens as | tested with | checked against |\n|---|---|---|---|---|\n";
  for (const auto& [key, row] : rows) {
    text += "| " + key.first + " | " + key.second + " | " + joined(row.opensAs, ", ") + " | " +
            examplesOf(row.answers) + " | " + shownChecks(row.checks) + " |\n";
  }
  return text;
}

std::string refusalsTable(const std::vector<DicomAnswer>& answers) {
  std::map<std::pair<std::string, std::string>, Row> rows;
  for (const DicomAnswer& answer : answers) {
    if (!answer.opensAs.empty()) continue;
    Row& row = rows[{answer.object.empty() ? "(no SOP class)" : answer.object, answer.refusal}];
    row.answers.push_back(&answer);
    row.syntaxes.insert(nameOfSyntax(answer.syntax));
  }
  std::string text = "| object | transfer syntax | what is said | files |\n|---|---|---|---|\n";
  for (const auto& [key, row] : rows) {
    text += "| " + key.first + " | " + joined(row.syntaxes, ", ") + " | " + cell(key.second) + " | " +
            examplesOf(row.answers) + " |\n";
  }
  return text;
}

std::string malformedTable() {
  std::string text = "| file | opens | what is said |\n|---|---|---|\n";
  for (const DicomAnswer& answer : answersForMalformed()) {
    std::string said = answer.refusal;
    for (const std::string& warning : answer.warnings) said += (said.empty() ? "" : "; ") + warning;
    text += "| `" + answer.file + "` | " + (answer.opensAs.empty() ? "no" : joined(answer.opensAs, ", ")) + " | " +
            cell(said) + " |\n";
  }
  return text;
}

std::string nameOfReader(PixelCodec codec) {
  switch (codec) {
    case PixelCodec::Rle:
      return "own";
    case PixelCodec::Jpeg:
    case PixelCodec::JpegLossless:
    case PixelCodec::JpegLs:
      return "DCMTK";
    case PixelCodec::Jpeg2000:
      return "OpenJPEG";
    case PixelCodec::DeflatedFrame:
      return "zlib";
    case PixelCodec::Video:
      return "FFmpeg";
    case PixelCodec::Native:
      break;
  }
  return "own";
}

std::string syntaxesTable(const std::vector<DicomAnswer>& answers) {
  std::string text = "| UID | transfer syntax | pixels by | tested with |\n|---|---|---|---|\n";
  for (const dicom::TransferSyntax& syntax : dicom::transferSyntaxes()) {
    std::vector<const DicomAnswer*> files;
    for (const DicomAnswer& answer : answers) {
      const bool isLabels = answer.refusal.find("import --format") != std::string::npos;
      if (answer.syntax == syntax.uid && (!answer.opensAs.empty() || isLabels)) files.push_back(&answer);
    }
    std::ranges::stable_sort(files, {}, [](const DicomAnswer* file) { return !file->file.starts_with("syntaxes/"); });
    text += "| " + std::string(syntax.uid) + " | " + std::string(syntax.name) + " | " + nameOfReader(syntax.codec) +
            " | " + (files.empty() ? "no file at hand" : examplesOf({files.front()})) + " |\n";
  }
  return text;
}

}  // namespace

std::string dicomConformanceMarkdown() {
  const std::vector<DicomAnswer> answers = answersForAllFiles();
  std::string text = dicomConformanceProse();
  text += "\n## Pictures, by object and transfer syntax\n\n" + picturesTable(answers, Checks());
  text += "\n## Transfer syntaxes\n\n" + syntaxesTable(answers);
  text += "\n## Objects that are no picture\n\n" + refusalsTable(answers);
  text += "\n## Damaged and contradictory files (`malformed/`)\n\n" + malformedTable();
  return text;
}

}  // namespace fiducial::media::test
