// What every export of a dataset begins and ends with: its options answered, a folder that appears whole, and a report
// of what was left out.
#pragma once

#include <stop_token>
#include <string_view>

#include "dataset_folder.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "left_out.h"
#include "selection.h"
#include "splits.h"

namespace fiducial::exchange {

/// Owner: of the unfinished dataset, which goes with it unless finish() succeeded. Thread: one.
struct DatasetExport {
  /// Errors: those of Selection::read, makeSplits and DatasetFolder::create. Borrows both until finish().
  static Result<DatasetExport> begin(const project::Project& project, const ExportOptions& options);
  /// Moves the dataset to its place and gives the report. Errors: Invalid where --strict and something was left out,
  /// Cancelled, Unwritable.
  [[nodiscard]] Result<ExportReport> finish(const project::Project& project, std::string_view format,
                                            std::stop_token stop);

  Selection selection;
  Splits splits;
  DatasetFolder folder;
  LeftOut leftOut{};
  ExportReport report{};
};

/// "stopped".
[[nodiscard]] Error exportCancelled();

}  // namespace fiducial::exchange
