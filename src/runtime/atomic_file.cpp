#include "fiducial/runtime/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <optional>

#include "direct_write.h"
#include "file_descriptor.h"
#include "file_error.h"

namespace fiducial::runtime {

namespace fs = std::filesystem;

struct AtomicFile::State {
  fs::path target;
  fs::path temporary;
  FileDescriptor file;
  std::optional<Error> failed;  ///< the first failure; nothing is written or committed after it
  std::int64_t size = 0;        ///< bytes written; where the next ones go
  bool committed = false;

  ~State() {
    file.close();
    if (!committed && !temporary.empty()) ::unlink(temporary.c_str());
  }
  Status writePlain(std::span<const std::byte> bytes);
  Error fail(int number) {
    failed = writeError(target, number);
    return *failed;
  }
};

namespace {

/// Unique in this process and, by its number, among all that run now.
fs::path besideName(const fs::path& target) {
  static std::atomic<unsigned> counter{0};
  const std::string name = target.filename().string().substr(0, 200);  // file names end at 255 bytes
  return target.parent_path() /
         ("." + name + "." + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1)) + ".part");
}

/// The file behind a symbolic link, so that the link stays.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  const fs::path real = fs::weakly_canonical(path, error);
  return error ? path : real;
}

void syncFolder(const fs::path& folder) {
  const FileDescriptor file(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.isOpen()) ::fsync(file.number());  // some file systems refuse; the rename itself has happened
}

/// By name, because a library may have replaced the file that create() opened. Returns errno or 0.
int syncContents(const fs::path& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.isOpen()) return errno;
  return ::fdatasync(file.number()) == 0 ? 0 : errno;
}

}  // namespace

AtomicFile::AtomicFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
AtomicFile::AtomicFile(AtomicFile&&) noexcept = default;
AtomicFile& AtomicFile::operator=(AtomicFile&&) noexcept = default;
AtomicFile::~AtomicFile() = default;

Result<AtomicFile> AtomicFile::create(const fs::path& path) {
  auto state = std::make_unique<State>();
  state->target = resolved(path);
  std::error_code error;
  if (fs::is_directory(state->target, error)) {
    return Error{ErrorCode::Unwritable, "there is a folder of this name", path.string(), "choose another name"};
  }
  if (state->target.has_parent_path()) {
    fs::create_directories(state->target.parent_path(), error);
    if (error) return writeError(path, error.value());
  }
  const fs::path temporary = besideName(state->target);
  state->file = FileDescriptor(::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!state->file.isOpen()) return writeError(path, errno);
  state->temporary = temporary;
  struct stat old = {};
  if (::stat(state->target.c_str(), &old) == 0) ::fchmod(state->file.number(), old.st_mode & 07777);
  return AtomicFile(std::move(state));
}

Status AtomicFile::State::writePlain(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file.number(), bytes.data(), bytes.size(), size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(errno);
    size += written;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
  State& state = *state_;
  if (state.failed) return *state.failed;
  if (bytes.size() >= kDirectFromBytes) {
    const auto past = static_cast<std::size_t>(state.size) % kDirectAlignment;
    const auto head = bytes.first(past == 0 ? 0 : kDirectAlignment - past);
    if (Status written = state.writePlain(head); !written) return written;
    bytes = bytes.subspan(head.size());
    const std::size_t done = writeDirect(state.temporary, state.size, bytes);
    state.size += static_cast<std::int64_t>(done);
    bytes = bytes.subspan(done);
  }
  return state.writePlain(bytes);
}

Status AtomicFile::write(std::string_view text) { return write(std::as_bytes(std::span(text))); }

Status AtomicFile::commit() {
  State& state = *state_;
  if (state.failed) return *state.failed;
  if (!state.file.close()) return state.fail(errno);
  if (const int number = syncContents(state.temporary)) return state.fail(number);
  if (::rename(state.temporary.c_str(), state.target.c_str()) != 0) return state.fail(errno);
  state.committed = true;
  syncFolder(state.target.parent_path());
  return {};
}

const fs::path& AtomicFile::temporaryPath() const { return state_->temporary; }

Status writeFile(const fs::path& path, std::span<const std::byte> bytes) {
  auto file = AtomicFile::create(path);
  if (!file) return file.error();
  if (Status status = file->write(bytes); !status) return status;
  return file->commit();
}

Status writeFile(const fs::path& path, std::string_view text) {
  return writeFile(path, std::as_bytes(std::span(text)));
}

}  // namespace fiducial::runtime
