#include "schema_fields.h"

#include <array>

#include "shape_json.h"

namespace fiducial::project {
namespace {

constexpr std::array<std::string_view, 4> kAttributeTypes = {"bool", "choice", "number",
                                                             "text"};                         // order of AttributeType
constexpr std::array<std::string_view, 4> kScopes = {"frame", "medium", "study", "subject"};  // Scope, from 1

AttributeSpec specFrom(const Json& json, const std::string& path, JsonFields& parent) {
  JsonFields fields(json, path + ".");
  AttributeSpec spec;
  spec.name = fields.text("name");
  const std::string type = fields.text("type");
  const auto found = std::ranges::find(kAttributeTypes, type);
  if (found == kAttributeTypes.end()) {
    fields.fail("type", "is number, bool, choice or text");
  } else {
    spec.type = static_cast<AttributeType>(found - kAttributeTypes.begin());
  }
  spec.unit = fields.findText("unit").value_or("");
  spec.min = fields.findReal("min");
  spec.max = fields.findReal("max");
  spec.choices = fields.findTexts("choices").value_or(std::vector<std::string>());
  if (const Json* value = fields.find("default")) {
    const auto read = attributesFrom(Json{{"default", *value}}, path);
    if (read) {
      spec.defaultValue = read->at("default");
    } else {
      fields.fail(read.error());
    }
  }
  spec.required = fields.findFlag("required").value_or(false);
  spec.perFrame = fields.findFlag("per_frame").value_or(false);
  if (Status done = fields.finish(); !done) parent.fail(done.error());
  return spec;
}

Code codeFrom(const Json& json, JsonFields& parent) {
  JsonFields fields(json, parent.pathOf("code."));
  Code code;
  code.scheme = fields.findText("scheme").value_or("");
  code.value = fields.findText("value").value_or("");
  code.meaning = fields.findText("meaning").value_or("");
  if (Status done = fields.finish(); !done) parent.fail(done.error());
  return code;
}

/// A required name: a new record has none yet.
void readName(std::string& name, JsonFields& fields) {
  if (fields.has("name") || name.empty()) name = fields.text("name");
}

}  // namespace

std::optional<Scope> scopeNamed(std::string_view name) {
  const auto found = std::ranges::find(kScopes, name);
  if (found == kScopes.end()) return std::nullopt;
  return static_cast<Scope>(found - kScopes.begin() + 1);
}

std::string_view nameOf(Scope scope) { return kScopes.at(static_cast<std::size_t>(scope) - 1); }
std::string_view nameOf(AttributeType type) { return kAttributeTypes.at(static_cast<std::size_t>(type)); }

void readInto(LabelClass& record, JsonFields& fields, EditNames& names) {
  readName(record.name, fields);
  if (fields.has("color")) record.color = fields.findText("color").value_or("");
  if (fields.has("hotkey")) record.hotkey = fields.findText("hotkey").value_or("");
  if (fields.has("parent")) {
    const Json* parent = fields.find("parent");
    const bool isNone = parent == nullptr || (parent->is_string() && parent->get<std::string>().empty());
    record.parent = isNone ? ClassId{} : ClassId{names.resolve(RecordKind::LabelClass, fields, "parent", *parent)};
  }
  if (fields.has("code")) {
    const Json* code = fields.find("code");
    record.code = code == nullptr ? Code{} : codeFrom(*code, fields);
  }
  if (fields.has("attributes")) {
    record.attributes.clear();
    const Json* list = fields.find("attributes");
    if (list != nullptr && !list->is_array()) fields.fail("attributes", "is a list of definitions");
    for (std::size_t i = 0; list != nullptr && fields.ok() && i < list->size(); ++i) {
      record.attributes.push_back(specFrom((*list)[i], fields.pathOf("attributes[" + std::to_string(i) + "]"), fields));
    }
  }
}

void readInto(SkeletonTemplate& record, JsonFields& fields, EditNames&) {
  readName(record.name, fields);
  if (fields.has("points") || record.points.empty()) {
    if (fields.get("points") != nullptr)
      record.points = fields.findTexts("points").value_or(std::vector<std::string>());
  }
  if (!fields.has("edges")) return;
  record.edges.clear();
  const Json* list = fields.find("edges");
  if (list != nullptr && !list->is_array()) fields.fail("edges", "is a list of pairs of point numbers");
  for (std::size_t i = 0; list != nullptr && fields.ok() && i < list->size(); ++i) {
    const Json& pair = (*list)[i];
    const bool isPair = pair.is_array() && pair.size() == 2;
    const auto from = isPair ? wholeNumber(pair[0]) : std::nullopt;
    const auto to = isPair ? wholeNumber(pair[1]) : std::nullopt;
    if (!from || !to) return fields.fail("edges", "is a list of pairs of point numbers");
    record.edges.emplace_back(*from, *to);
  }
}

void readInto(Layer& record, JsonFields& fields, EditNames&) {
  readName(record.name, fields);
  if (fields.has("exclusive")) record.exclusive = fields.findFlag("exclusive").value_or(false);
}

void readInto(Question& record, JsonFields& fields, EditNames&) {
  const bool isNew = record.name.empty();
  readName(record.name, fields);
  if (fields.has("scope") || isNew) {
    const auto scope = scopeNamed(fields.text("scope"));
    if (!scope) fields.fail("scope", "is frame, medium, study or subject");
    if (scope) record.scope = *scope;
  }
  if (fields.has("choices")) record.choices = fields.findTexts("choices").value_or(std::vector<std::string>());
  if (fields.has("required")) record.required = fields.findFlag("required").value_or(false);
}

}  // namespace fiducial::project
