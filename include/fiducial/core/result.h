// A value or the reason why there is none: how every failure that input can cause travels.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace fiducial {

enum class ErrorCode : std::uint8_t {
  NotFound,      ///< a file, folder, record or name that is not there
  Unreadable,    ///< permission or I/O error while reading
  Unwritable,    ///< read-only place, full disk, I/O error while writing
  Damaged,       ///< a file of a known kind whose contents contradict themselves or end too early
  Unsupported,   ///< a known kind with a feature this program does not read
  NotMedia,      ///< not a file of any kind this program reads
  Invalid,       ///< input that breaks a stated rule (an edit, a schema, an argument)
  OutOfRange,    ///< an index beyond what is there
  TooLarge,      ///< beyond a stated bound of work or memory
  Conflict,      ///< somebody else's later change stands in the way
  Locked,        ///< another program holds the project for writing
  NewerVersion,  ///< written by a newer version of this program
  Cancelled,     ///< the caller asked to stop
};

/// What happened (`message`), to which file (`path`, may be empty), and what to do (`hint`, may be empty).
struct Error {
  ErrorCode code = ErrorCode::Invalid;
  std::string message;
  std::string path;
  std::string hint;

  /// One line for people: `cannot read slice.dcm: pixel data ends early; load it from the archive again`.
  [[nodiscard]] std::string text() const;
};

/// T or Error. Test it, then use `*` or `->`; `error()` only when it holds none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

  explicit operator bool() const { return state_.index() == 0; }
  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& value() {
    assert(ok() && "a Result is tested before its value is used");
    return std::get<0>(state_);
  }
  const T& value() const {
    assert(ok() && "a Result is tested before its value is used");
    return std::get<0>(state_);
  }
  [[nodiscard]] const Error& error() const {
    assert(!ok() && "error() belongs to a failed Result");
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose
  explicit operator bool() const { return !error_; }
  [[nodiscard]] bool ok() const { return !error_; }
  [[nodiscard]] const Error& error() const {
    assert(error_ && "error() belongs to a failed Result");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace fiducial
