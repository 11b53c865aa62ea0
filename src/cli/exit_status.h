// The exit statuses of fiducial-cli; numbers are part of its contract.
#pragma once

namespace fiducial::cli {

enum class ExitStatus : int {
  Done = 0,
  Failed = 1,      ///< with one line `error: ...` on stderr
  WrongUsage = 2,  ///< unknown command or option, an argument of the wrong form
  InPart = 3,      ///< something was skipped, each with a line `warning: ...`
};

}  // namespace fiducial::cli
