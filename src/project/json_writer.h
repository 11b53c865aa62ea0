// JSON text written straight into one string: lists of a hundred thousand labels never exist as a tree.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace fiducial::project {

/// Commas are put where they belong. Doubles are the shortest text that reads back to the same double.
class JsonWriter {
 public:
  JsonWriter& beginObject() { return open('{'); }
  JsonWriter& endObject() { return close('}'); }
  JsonWriter& beginArray() { return open('['); }
  JsonWriter& endArray() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);  ///< null where it is not finite
  JsonWriter& value(bool flag);
  template <std::integral T>
  requires(!std::same_as<T, bool>) JsonWriter& value(T number) { return integer(static_cast<std::int64_t>(number)); }
  /// A value that is JSON text already.
  JsonWriter& json(std::string_view text);

  template <class T>
  JsonWriter& field(std::string_view name, const T& content) {
    key(name);
    return value(content);
  }
  /// Only where there is something to say.
  JsonWriter& textField(std::string_view name, std::string_view text) {
    return text.empty() ? *this : field(name, text);
  }
  JsonWriter& flagField(std::string_view name, bool flag) { return flag ? field(name, true) : *this; }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& integer(std::int64_t number);
  void separate();

  std::string out_;
  bool needsComma_ = false;
};

}  // namespace fiducial::project
