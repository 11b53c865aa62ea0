#include "fiducial/runtime/storage_place.h"

#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

namespace fiducial::runtime {
namespace {

namespace fs = std::filesystem;

struct NetworkType {
  std::uint32_t magic;  ///< f_type of statfs(2), linux/magic.h
  const char* name;
};
constexpr std::array kNetworkTypes = {NetworkType{0x6969, "NFS"},     NetworkType{0x517B, "SMB"},
                                      NetworkType{0xFF534D42, "SMB"}, NetworkType{0xFE534D42, "SMB"},
                                      NetworkType{0x5346414F, "AFS"}, NetworkType{0x00C36400, "Ceph"},
                                      NetworkType{0x01021997, "9P"},  NetworkType{0x47504653, "GPFS"}};
constexpr std::uint32_t kFuse = 0x65735546;

struct CloudName {
  std::string_view folder;  ///< start of the folder's name, as the program makes it
  const char* name;
};
constexpr std::array kCloudNames = {CloudName{"Dropbox", "Dropbox"},
                                    CloudName{"OneDrive", "OneDrive"},
                                    CloudName{"Google Drive", "Google Drive"},
                                    CloudName{"GoogleDrive", "Google Drive"},
                                    CloudName{"Nextcloud", "Nextcloud"},
                                    CloudName{"ownCloud", "ownCloud"},
                                    CloudName{"pCloudDrive", "pCloud"},
                                    CloudName{"iCloud Drive", "iCloud"},
                                    CloudName{"Box Sync", "Box"},
                                    CloudName{"MEGAsync", "MEGA"}};

/// The path itself or the nearest folder above it that exists.
fs::path nearestExisting(fs::path path) {
  std::error_code error;
  while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
  return path;
}

bool mayWrite(const fs::path& path, int mode) { return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0; }

/// A file is changed through its folder too: temporary files, journals and renames.
bool isWritable(const fs::path& existing) {
  std::error_code error;
  if (fs::is_directory(existing, error)) return mayWrite(existing, W_OK | X_OK);
  return mayWrite(existing, W_OK) && mayWrite(existing.parent_path(), W_OK | X_OK);
}

/// The type of the mount that holds `path`, "fuse.sshfs" for one: proc(5), mountinfo.
std::string mountType(const fs::path& path) {
  std::ifstream mounts("/proc/self/mountinfo");
  std::string line, best, type;
  while (std::getline(mounts, line)) {
    std::istringstream fields(line);
    std::string skip, point, field;
    fields >> skip >> skip >> skip >> skip >> point;
    const std::string prefix = point == "/" ? point : point + "/";
    if (point.size() < best.size() || (path.string() + "/").rfind(prefix, 0) != 0) continue;
    while (fields >> field && field != "-") {
    }
    if (fields >> field) best = point, type = field;
  }
  return type;
}

std::optional<StoragePlace> fusePlace(const fs::path& path) {
  const std::string type = mountType(path);
  if (type.find("sshfs") != std::string::npos) return StoragePlace{StorageKind::NetworkShare, true, "SSHFS"};
  if (type.find("gvfs") != std::string::npos) return StoragePlace{StorageKind::NetworkShare, true, "GVfs"};
  for (const char* cloud : {"rclone", "google-drive", "onedriver", "pcloud"}) {
    if (type.find(cloud) != std::string::npos) return StoragePlace{StorageKind::CloudFolder, true, cloud};
  }
  return std::nullopt;  // NTFS and other local disks come through FUSE as well
}

std::optional<StoragePlace> cloudPlace(const fs::path& path) {
  for (const fs::path& part : path) {
    for (const CloudName& cloud : kCloudNames) {
      if (part.string().rfind(cloud.folder, 0) == 0) return StoragePlace{StorageKind::CloudFolder, true, cloud.name};
    }
  }
  std::error_code error;
  for (fs::path folder = path; folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::exists(folder / ".stfolder", error)) return StoragePlace{StorageKind::CloudFolder, true, "Syncthing"};
  }
  return std::nullopt;
}

StoragePlace kindOf(const fs::path& path) {
  struct statfs facts = {};
  if (::statfs(path.c_str(), &facts) == 0) {
    const auto magic = static_cast<std::uint32_t>(facts.f_type);
    for (const NetworkType& type : kNetworkTypes) {
      if (type.magic == magic) return {StorageKind::NetworkShare, true, type.name};
    }
    if (magic == kFuse) {
      if (const auto place = fusePlace(path)) return *place;
    }
  }
  return cloudPlace(path).value_or(StoragePlace{});
}

}  // namespace

StoragePlace storagePlace(const fs::path& path) {
  std::error_code error;
  fs::path absolute = fs::weakly_canonical(path, error);
  if (error) absolute = fs::absolute(path, error);
  const fs::path existing = nearestExisting(absolute);
  StoragePlace place = kindOf(existing);
  place.writable = isWritable(existing);
  return place;
}

}  // namespace fiducial::runtime
