// Volumes that labels were imported for before their pictures: known by series and grid, without a file. When the
// pictures come, the labels stay where they are in the patient.
#pragma once

#include <optional>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/media/find_media.h"
#include "fiducial/project/project.h"

namespace fiducial::exchange {

/// The slice of `found` that the first slice of `waiting` is; nothing where `waiting` is no such medium or where its
/// voxels are not all voxels of `found`.
[[nodiscard]] std::optional<int> firstSliceIn(const MediumInfo& found, const Medium& waiting);

/// Whether a medium is such a one.
[[nodiscard]] bool isWaiting(const Medium& medium);

/// The grid of a waiting medium with slices below and above as far as `more` lies there, and the slice of it that the
/// first one was. Nothing where the two grids are not the same but for their slices.
struct GrownStack {
  MediumInfo info;
  int firstSlice = 0;
};
[[nodiscard]] std::optional<GrownStack> grownBy(const MediumInfo& waiting, const MediumInfo& more);

/// The changes that make `medium` that, with its labels on their slices.
[[nodiscard]] Status appendGrown(const project::Project& project, const Stored<Medium>& medium, const GrownStack& grown,
                                 std::vector<Change>& changes);

/// The changes that make a missing or moved medium that which was found at `location`; labels of a waiting one move to
/// the slices that theirs are.
[[nodiscard]] Status appendLocated(const project::Project& project, const Stored<Medium>& medium,
                                   const media::MediumLocation& location, const media::MediumIdentity& identity,
                                   std::vector<Change>& changes);

}  // namespace fiducial::exchange
