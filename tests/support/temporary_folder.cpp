#include "support/temporary_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace fiducial::test {
namespace {

// A test may have taken the rights away; nothing can be removed from a folder that may not be written.
void makeWritable(const std::filesystem::path& root) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  fs::permissions(root, fs::perms::owner_all, fs::perm_options::add, ignored);
  for (fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, ignored), end;
       !ignored && it != end; it.increment(ignored)) {
    if (it->is_directory(ignored) && !it->is_symlink(ignored)) {
      fs::permissions(it->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
  }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "fiducial-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    throw std::filesystem::filesystem_error("cannot make a temporary folder", name,
                                            std::error_code(errno, std::generic_category()));
  }
  path_ = std::filesystem::canonical(name);
}

TemporaryFolder::~TemporaryFolder() {
  makeWritable(path_);
  std::error_code ignored;  // a folder left behind is no reason to end the test program
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace fiducial::test
