// Reading one JSON object field by field: what is missing, of another type or not known is refused by its name.
#pragma once

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial::project {

using Json = nlohmann::json;

/// "field 'shape': ..."; `field` may be a path such as keyframes[2].shape.
[[nodiscard]] Error fieldError(std::string_view field, const std::string& what);
/// Errors: Invalid, where the text is no JSON object.
[[nodiscard]] Result<Json> parseObject(std::string_view text);

/// The first failure is kept, and told by finish(); after it every answer is empty.
class JsonFields {
 public:
  /// `path` is put before the names in messages: "", or "keyframes[2].".
  explicit JsonFields(const Json& object, std::string path = {});

  [[nodiscard]] bool has(const char* name);  ///< there, also when null
  /// Null counts as not there.
  [[nodiscard]] const Json* find(const char* name);
  /// Required: a missing one is a failure, and null is returned.
  [[nodiscard]] const Json* get(const char* name);

  [[nodiscard]] std::string text(const char* name);  ///< required
  [[nodiscard]] std::optional<std::string> findText(const char* name);
  [[nodiscard]] int number(const char* name);  ///< required, whole
  [[nodiscard]] std::optional<int> findNumber(const char* name);
  [[nodiscard]] std::optional<double> findReal(const char* name);
  [[nodiscard]] std::optional<bool> findFlag(const char* name);
  [[nodiscard]] std::optional<std::vector<std::string>> findTexts(const char* name);

  void fail(std::string_view name, const std::string& what);
  void fail(const Error& error);
  [[nodiscard]] bool ok() const { return status_.ok(); }
  [[nodiscard]] std::string pathOf(std::string_view name) const { return path_ + std::string(name); }
  /// The first failure; else a field that nobody asked for.
  [[nodiscard]] Status finish();

 private:
  const Json& object_;
  std::string path_;
  std::set<std::string, std::less<>> asked_;
  Status status_;
};

/// A whole number within int, also written as 3.0.
[[nodiscard]] std::optional<int> wholeNumber(const Json& json);
/// Errors (nothing): not an array of finite numbers.
[[nodiscard]] std::optional<std::vector<double>> finiteNumbers(const Json& json);

}  // namespace fiducial::project
