// A value kept on the heap, so that what holds it is one pointer wide. Copies are copies of the value.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <utility>

namespace fiducial {

/// Used as std::optional<T> is: empty by default and after a move. For values that are large, or seldom there, inside
/// others of which there are many. Thread: as T.
template <class T>
class Boxed {
 public:
  Boxed() = default;
  Boxed(std::nullopt_t) {}
  template <class U>
  requires(!std::same_as<std::remove_cvref_t<U>, Boxed> && std::convertible_to<U, T>) Boxed(U&& value)
      : value_(std::make_unique<T>(std::forward<U>(value))) {}
  Boxed(std::optional<T> value) {
    if (value) value_ = std::make_unique<T>(*std::move(value));
  }
  Boxed(const Boxed& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Boxed(Boxed&& other) noexcept = default;
  Boxed& operator=(Boxed other) noexcept {
    value_.swap(other.value_);
    return *this;
  }
  ~Boxed() = default;

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] T& operator*() & { return *value_; }
  [[nodiscard]] const T& operator*() const& { return *value_; }
  [[nodiscard]] T&& operator*() && { return std::move(*value_); }
  [[nodiscard]] T* operator->() { return value_.get(); }
  [[nodiscard]] const T* operator->() const { return value_.get(); }
  void reset() { value_.reset(); }

  friend bool operator==(const Boxed& a, const Boxed& b) {
    return a.value_ && b.value_ ? *a.value_ == *b.value_ : a.value_ == b.value_;
  }

 private:
  std::unique_ptr<T> value_;
};

/// The value itself, boxed or not.
template <class T>
[[nodiscard]] T& unboxed(T& value) {
  return value;
}
template <class T>
[[nodiscard]] T& unboxed(Boxed<T>& value) {
  return *value;
}
template <class T>
[[nodiscard]] const T& unboxed(const Boxed<T>& value) {
  return *value;
}

}  // namespace fiducial
