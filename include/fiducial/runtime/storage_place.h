// What kind of place a file lies in: writable or not, local disk, network share or a cloud program's folder.
#pragma once

#include <filesystem>
#include <string>

namespace fiducial::runtime {

enum class StorageKind : unsigned char { Local, NetworkShare, CloudFolder };
struct StoragePlace {
  StorageKind kind = StorageKind::Local;
  bool writable = true;  ///< a file could be made or changed there now
  std::string name;      ///< "NFS", "SMB", "Dropbox"...; empty for local disks
};
[[nodiscard]] StoragePlace storagePlace(const std::filesystem::path& path);

}  // namespace fiducial::runtime
