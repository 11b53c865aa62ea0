// A project in a folder of its own, with a medium of each kind and a schema, and its whole state as text to compare.
#pragma once

#include <memory>
#include <string>

#include "fiducial/project/edit_json.h"
#include "fiducial/project/project.h"
#include "fiducial/project/record_json.h"
#include "support/temporary_folder.h"

namespace fiducial::project::test {

/// "polyp" (attributes size: number 0 to 50, kind: choice, sure: bool), its child "flat polyp", "tool"; skeleton "arm"
/// of two points; layers "phases" (exclusive) and "notes"; question "BI-RADS" of the medium with the answers 0 and 1.
[[nodiscard]] std::string demoSchema();
[[nodiscard]] Medium demoMedium(MediumKind kind, const std::string& name, int columns, int rows, int frames);

/// Ids in a new demo project.
struct DemoIds {
  MediumId volume{};  ///< "CT", 40 x 35 x 33
  MediumId video{};   ///< "clip", 100 x 80, 50 frames
  ClassId polyp{};
  ClassId tool{};
};

class DemoProject {
 public:
  DemoProject();
  [[nodiscard]] Project& project() { return *project_; }
  Project* operator->() { return project_.get(); }
  [[nodiscard]] const DemoIds& ids() const { return ids_; }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "demo.fiducial"; }
  [[nodiscard]] const fiducial::test::TemporaryFolder& folder() const { return folder_; }
  void close() { project_.reset(); }
  void open(const OpenOptions& options = {.readOnly = false, .annotator = "anna"});

  /// Parses and applies one line; the error's text is empty when it was applied.
  struct Answer {
    std::string error;
    std::vector<RawId> created;
  };
  Answer apply(const std::string& line);

 private:
  fiducial::test::TemporaryFolder folder_;
  std::unique_ptr<Project> project_;
  DemoIds ids_;
};

/// Everything but history, as text: equal texts are equal states, ids and uids included.
[[nodiscard]] std::string dump(const Project& project);
/// The problems that verify() finds, a line each; empty: sound.
[[nodiscard]] std::string problemsOf(const Project& project);

}  // namespace fiducial::project::test
