#include "json_columns.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "record_fields.h"

namespace fiducial::project {
namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

template <class T>
requires std::is_integral_v<T> || std::is_enum_v<T> Json write(T value) {
  if constexpr (std::is_same_v<T, bool>) return value;
  return static_cast<std::int64_t>(value);
}
Json write(double value) { return value; }
Json write(const std::string& value) { return value; }
Json write(const Affine& value) { return value.rows(); }
Json write(const std::pair<int, int>& value) { return {value.first, value.second}; }
Json write(const PatientPoint& value) { return {value.x, value.y, value.z}; }
Json write(const AttributeValue& value) {
  return std::visit([](const auto& v) { return Json(v); }, value);
}
template <class T>
Json write(const std::optional<T>& value) {
  return write(*value);
}
template <class T>
Json write(const std::vector<T>& value);
template <HasFields T>
Json write(const T& value);

template <class T>
Json write(const std::vector<T>& value) {
  Json list = Json::array();
  for (const T& element : value) list.push_back(write(element));
  return list;
}
template <HasFields T>
Json write(const T& value) {
  Json object = Json::object();
  visitFields(value, [&]<class F>(int, const char* name, const F& field) {
    if (!(field == F{})) object[name] = write(field);
  });
  return object;
}

template <class T>
requires std::is_integral_v<T> || std::is_enum_v<T>
bool read(const Json& json, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    if (json.is_boolean()) value = json.get<bool>();
    return json.is_boolean();
  } else {
    if (json.is_number_integer()) value = static_cast<T>(json.get<std::int64_t>());
    return json.is_number_integer();
  }
}
bool read(const Json& json, double& value) {
  // A file's header may say NaN; JSON cannot, and null stands for it.
  value = json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
  return json.is_number() || json.is_null();
}
bool read(const Json& json, std::string& value) {
  if (json.is_string()) value = json.get<std::string>();
  return json.is_string();
}
bool read(const Json& json, Affine& value) {
  std::array<std::array<double, 4>, 4> rows{};
  if (!json.is_array() || json.size() != rows.size()) return false;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!json[r].is_array() || json[r].size() != rows[r].size()) return false;
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (!read(json[r][c], rows[r][c])) return false;
    }
  }
  value = Affine(rows);
  return true;
}
bool read(const Json& json, std::pair<int, int>& value) {
  return json.is_array() && json.size() == 2 && read(json[0], value.first) && read(json[1], value.second);
}
bool read(const Json& json, PatientPoint& value) {
  return json.is_array() && json.size() == 3 && read(json[0], value.x) && read(json[1], value.y) &&
         read(json[2], value.z);
}
bool read(const Json& json, AttributeValue& value) {
  if (json.is_boolean()) value = json.get<bool>();
  if (json.is_number()) value = json.get<double>();
  if (json.is_string()) value = json.get<std::string>();
  return json.is_boolean() || json.is_number() || json.is_string();
}
template <class T>
bool read(const Json& json, std::optional<T>& value) {
  return read(json, value.emplace());
}
template <class T>
bool read(const Json& json, std::vector<T>& value);
template <HasFields T>
bool read(const Json& json, T& value);

template <class T>
bool read(const Json& json, std::vector<T>& value) {
  if (!json.is_array()) return false;
  for (const Json& element : json) {
    if (!read(element, value.emplace_back())) return false;
  }
  return true;
}
template <HasFields T>
bool read(const Json& json, T& value) {
  if (!json.is_object()) return false;
  bool ok = true;
  visitFields(value, [&]<class F>(int, const char* name, F& field) {
    field = F{};
    const auto found = json.find(name);
    if (found != json.end()) ok = read(*found, field) && ok;
  });
  return ok;
}

template <class T>
bool parse(std::string_view column, T& value) {
  value = T{};
  const Json json = Json::parse(column, nullptr, false);
  return !json.is_discarded() && read(json, value);
}

}  // namespace

std::string toColumn(const std::vector<std::string>& value) { return text(write(value)); }
std::string toColumn(const std::vector<std::pair<int, int>>& value) { return text(write(value)); }
std::string toColumn(const std::vector<AttributeSpec>& value) { return text(write(value)); }
std::string toColumn(const std::vector<PatientPoint>& value) { return text(write(value)); }
std::string toColumn(const MediumInfo& value) { return text(write(value)); }
std::string toColumn(const Attributes& value) {
  if (value.empty()) return "{}";  // most labels have none
  Json object = Json::object();
  for (const auto& [name, attribute] : value) object[name] = write(attribute);
  return text(object);
}

bool fromColumn(std::string_view text, std::vector<std::string>& value) { return parse(text, value); }
bool fromColumn(std::string_view text, std::vector<std::pair<int, int>>& value) { return parse(text, value); }
bool fromColumn(std::string_view text, std::vector<AttributeSpec>& value) { return parse(text, value); }
bool fromColumn(std::string_view text, std::vector<PatientPoint>& value) { return parse(text, value); }
bool fromColumn(std::string_view text, MediumInfo& value) { return parse(text, value); }
bool fromColumn(std::string_view text, Attributes& value) {
  value.clear();
  if (text == "{}") return true;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return false;
  for (const auto& [name, attribute] : json.items()) {
    if (!read(attribute, value[name])) return false;
  }
  return true;
}

}  // namespace fiducial::project
