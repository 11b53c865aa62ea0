// The pictures of a dataset: compressed on all cores while the next ones are decoded.
#pragma once

#include <filesystem>
#include <memory>

#include "dataset_folder.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::exchange {

/// Owner: borrows the folder until it is destroyed; what is still waiting then is given up. Thread: one at a time
/// calls; the work is done by the shared pool, and by the caller where that is busy, so that a pool of one thread
/// cannot stop itself.
class PictureWriter {
 public:
  explicit PictureWriter(const DatasetFolder& folder);
  PictureWriter(const PictureWriter&) = delete;
  PictureWriter& operator=(const PictureWriter&) = delete;
  ~PictureWriter();

  /// Writes `picture` as the PNG `relative` (its folder is there), now or soon. Few wait at a time: memory is bounded.
  void put(std::filesystem::path relative, ScalarBuffer picture);
  /// All are written. Errors: the first that failed.
  [[nodiscard]] Status finish();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace fiducial::exchange
