#include "json_fields.h"

#include <cmath>

namespace fiducial::project {

Error fieldError(std::string_view field, const std::string& what) {
  return {ErrorCode::Invalid, "field '" + std::string(field) + "': " + what, {}, {}};
}

Result<Json> parseObject(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return Error{ErrorCode::Invalid, "this is not JSON", {}, {}};
  if (!json.is_object()) return Error{ErrorCode::Invalid, "this is not a JSON object", {}, {}};
  return json;
}

std::optional<int> wholeNumber(const Json& json) {
  if (!json.is_number()) return std::nullopt;
  const double value = json.get<double>();
  if (std::nearbyint(value) != value || std::abs(value) > std::numeric_limits<int>::max()) return std::nullopt;
  return static_cast<int>(value);
}

std::optional<std::vector<double>> finiteNumbers(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<double> values;
  values.reserve(json.size());
  for (const Json& element : json) {
    if (!element.is_number()) return std::nullopt;
    values.push_back(element.get<double>());
    if (!std::isfinite(values.back())) return std::nullopt;
  }
  return values;
}

JsonFields::JsonFields(const Json& object, std::string path) : object_(object), path_(std::move(path)) {
  if (object.is_object()) return;
  if (!path_.empty() && path_.back() == '.') path_.pop_back();
  status_ = fieldError(path_, "must be a JSON object");
}

bool JsonFields::has(const char* name) {
  asked_.insert(name);
  return ok() && object_.contains(name);
}

const Json* JsonFields::find(const char* name) {
  if (!has(name)) return nullptr;
  const Json& value = object_[name];
  return value.is_null() ? nullptr : &value;
}

const Json* JsonFields::get(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) fail(name, "is missing");
  return value;
}

std::string JsonFields::text(const char* name) {
  if (get(name) == nullptr) return {};
  return findText(name).value_or("");
}

std::optional<std::string> JsonFields::findText(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  fail(name, "must be text");
  return std::nullopt;
}

int JsonFields::number(const char* name) {
  if (get(name) == nullptr) return 0;
  return findNumber(name).value_or(0);
}

std::optional<int> JsonFields::findNumber(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = wholeNumber(*value);
  if (!number) fail(name, "must be a whole number");
  return number;
}

std::optional<double> JsonFields::findReal(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number() && std::isfinite(value->get<double>())) return value->get<double>();
  fail(name, "must be a finite number");
  return std::nullopt;
}

std::optional<bool> JsonFields::findFlag(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  fail(name, "must be true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> JsonFields::findTexts(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  bool sound = value->is_array();
  for (std::size_t i = 0; sound && i < value->size(); ++i) {
    sound = (*value)[i].is_string();
    if (sound) texts.push_back((*value)[i].get<std::string>());
  }
  if (sound) return texts;
  fail(name, "must be a list of texts");
  return std::nullopt;
}

void JsonFields::fail(std::string_view name, const std::string& what) {
  if (ok()) status_ = fieldError(pathOf(name), what);
}

void JsonFields::fail(const Error& error) {
  if (ok()) status_ = error;
}

Status JsonFields::finish() {
  if (!ok()) return status_;
  for (const auto& [name, value] : object_.items()) {
    if (!asked_.contains(name)) return fieldError(pathOf(name), "is not known here");
  }
  return {};
}

}  // namespace fiducial::project
