#include "dicomdir.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "data_set.h"

namespace fiducial::media::dicom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDirectoryClass = "1.2.840.10008.1.3.10";

std::string plainName(std::string name) {
  if (const std::size_t version = name.find(';'); version != std::string::npos) name.resize(version);  // ISO 9660
  while (!name.empty() && name.back() == '.') name.pop_back();
  for (char& c : name) c = char(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

/// The entry of a folder with that name; copied file sets have it in another case or with a version behind it.
fs::path entryOf(const fs::path& folder, const std::string& name) {
  std::error_code code;
  if (fs::exists(folder / name, code)) return folder / name;
  const std::string wanted = plainName(name);
  for (fs::directory_iterator each(folder, code); !code && each != fs::directory_iterator(); each.increment(code)) {
    if (plainName(each->path().filename().string()) == wanted) return each->path();
  }
  return {};
}

/// Empty where it is not there, or not below `folder`.
fs::path resolved(const fs::path& folder, const std::vector<std::string>& components) {
  fs::path path = folder;
  for (const std::string& component : components) {
    const bool isName = !component.empty() && component != "." && component != ".." &&
                        component.find_first_of("/\\") == std::string::npos;
    if (!isName) return {};
    path = entryOf(path, component);
    if (path.empty()) return {};
  }
  std::error_code code;
  return fs::is_regular_file(path, code) ? path : fs::path{};
}

}  // namespace

bool isDirectory(const FileHead& head) {
  if (!head.startsWith("DICM", 128)) return false;
  const auto* first = reinterpret_cast<const char*>(head.bytes.data());
  const std::string_view text(first, std::min<std::size_t>(head.bytes.size(), 512));
  const std::size_t at = text.find(kDirectoryClass);
  if (at == std::string_view::npos) return false;
  const std::size_t end = at + kDirectoryClass.size();  // and not a longer UID
  return end >= text.size() || text[end] == '\0' || text[end] == ' ' || text[end] < '.';
}

Result<FileSet> readFileSet(const fs::path& path) {
  auto source = ByteSource::open(path);
  if (!source) return source.error();
  auto file = parseFile(*source);
  if (!file) return file.error();
  FileSet set;
  std::set<fs::path> known;
  for (const DataSet& record : file->dataSet.items(tag::DirectoryRecordSequence)) {
    const std::vector<std::string> components = record.texts(tag::ReferencedFile);
    if (components.empty() || (components.size() == 1 && components.front().empty())) continue;
    const fs::path found = resolved(path.parent_path(), components);
    if (!found.empty()) {
      if (known.insert(found).second) set.files.push_back(found);
      continue;
    }
    std::string name;
    for (const std::string& component : components) name += (name.empty() ? "" : "/") + component;
    set.missing.push_back(std::move(name));
  }
  return set;
}

}  // namespace fiducial::media::dicom
