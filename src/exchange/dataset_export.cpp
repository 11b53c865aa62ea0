#include "dataset_export.h"

#include <iterator>
#include <utility>

#include "manifest.h"

namespace fiducial::exchange {

Error exportCancelled() { return {ErrorCode::Cancelled, "stopped", {}, {}}; }

Result<DatasetExport> DatasetExport::begin(const project::Project& project, const ExportOptions& options) {
  auto selection = Selection::read(project, options);
  if (!selection) return selection.error();
  auto splits = makeSplits(*selection);
  if (!splits) return splits.error();
  auto folder = DatasetFolder::create(options.out);
  if (!folder) return folder.error();
  return DatasetExport{std::move(*selection), std::move(*splits), std::move(*folder)};
}

Result<ExportReport> DatasetExport::finish(const project::Project& project, std::string_view format,
                                           std::stop_token stop) {
  const ExportOptions& options = selection.options();
  if (options.strict) {
    if (auto status = leftOut.asError(); !status) return status.error();
  }
  if (stop.stop_requested()) return exportCancelled();
  if (auto status = folder.commit(manifestJson(format, project, options)); !status) return status.error();
  std::vector<std::string> warnings = leftOut.warnings();
  std::move(report.warnings.begin(), report.warnings.end(), std::back_inserter(warnings));
  report.warnings = std::move(warnings);
  report.skipped = leftOut.count();
  return std::move(report);
}

}  // namespace fiducial::exchange
