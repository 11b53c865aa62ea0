#include "fiducial/core/result.h"

namespace fiducial {
namespace {

/// What was being done to the file when it failed; empty where the code says nothing of it.
const char* attemptOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::Unreadable:
    case ErrorCode::Damaged:
    case ErrorCode::Unsupported:
    case ErrorCode::NotMedia:
    case ErrorCode::NewerVersion:
      return "cannot read ";
    case ErrorCode::Unwritable:
      return "cannot write ";
    default:
      return "";
  }
}

}  // namespace

std::string Error::text() const {
  std::string line;
  // A message that names the file already says how.
  if (!path.empty() && message.find(path) == std::string::npos) line = attemptOf(code) + path + ": ";
  line += message;
  if (!hint.empty()) line += "; " + hint;
  return line;
}

}  // namespace fiducial
