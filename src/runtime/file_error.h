// errno as an Error that says what happened to which file and what to do.
#pragma once

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include "fiducial/core/result.h"

namespace fiducial::runtime {

inline Error writeError(const std::filesystem::path& path, int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return {ErrorCode::Unwritable, "the disk is full", path.string(), "free some space or choose another place"};
    case EROFS:
    case EACCES:
    case EPERM:
      return {ErrorCode::Unwritable, "no permission to write here", path.string(), "choose another place"};
    default:
      return {ErrorCode::Unwritable, std::strerror(number), path.string(), "choose another place"};
  }
}

inline Error readError(const std::filesystem::path& path, int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorCode::NotFound, "there is no such file", path.string(), {}};
    case EISDIR:
      return {ErrorCode::Unreadable, "it is a folder", path.string(), {}};
    case EACCES:
    case EPERM:
      return {ErrorCode::Unreadable, "no permission to read it", path.string(), {}};
    default:
      return {ErrorCode::Unreadable, std::strerror(number), path.string(), {}};
  }
}

inline Error notAFile(const std::filesystem::path& path) {
  return {ErrorCode::Unreadable, "it is a pipe or a device, not a file", path.string(), "give the name of a file"};
}

}  // namespace fiducial::runtime
