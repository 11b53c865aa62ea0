// Whether a project file is whole: SQLite's own checks, records, bricks, counters, history and the audit chain.
#pragma once

#include "fiducial/project/project.h"
#include "store.h"

namespace fiducial::project {

/// Reads everything once; memory is bounded by what history has touched.
[[nodiscard]] Result<VerifyReport> verifyStore(Store& store);

/// verify_chain.cpp: walks back from what stands now to the empty project, recomputing every audit row on the way.
void verifyChain(Store& store, VerifyReport& report);

}  // namespace fiducial::project
