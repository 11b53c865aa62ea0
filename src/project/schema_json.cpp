// A whole label schema: parseSchema() and schemaJson() of edit_json.h.
#include <algorithm>
#include <map>

#include "edit_names.h"
#include "fiducial/core/class_colors.h"
#include "fiducial/project/edit_json.h"
#include "medium_json.h"
#include "schema_fields.h"
#include "shape_json.h"

namespace fiducial::project {
namespace {

class SchemaParser {
 public:
  explicit SchemaParser(const Project& project) : project_(project), names_(project) {}

  Result<Edit> parse(const Json& json) {
    JsonFields fields(json);
    auto classes = project_.classes();
    if (!classes) return classes.error();
    classCount_ = classes->size();
    // Children may stand before their parents.
    nameNew(RecordKind::LabelClass, fields.find("classes"));
    read<LabelClass>("classes", fields);
    read<SkeletonTemplate>("skeletons", fields);
    read<Layer>("layers", fields);
    read<Question>("questions", fields);
    if (Status done = fields.finish(); !done) return done.error();
    return Edit{"Set label schema", std::move(changes_), {}};
  }

 private:
  void nameNew(RecordKind kind, const Json* list) {
    if (list == nullptr || !list->is_array()) return;
    for (const Json& element : *list) {
      if (!element.is_object() || !element.contains("name") || !element["name"].is_string()) continue;
      const auto name = element["name"].get<std::string>();
      JsonFields unused(element);
      if (names_.find(kind, name, unused) == 0) names_.add(kind, name, names_.nextTemporaryId());
    }
  }

  template <class R>
  void read(const char* listName, JsonFields& fields) {
    const Json* list = fields.find(listName);
    if (list == nullptr) return;
    if (!list->is_array()) return fields.fail(listName, "must be a list");
    for (std::size_t i = 0; fields.ok() && i < list->size(); ++i) {
      JsonFields element((*list)[i], std::string(listName) + "[" + std::to_string(i) + "].");
      readOne<R>(element);
      if (Status done = element.finish(); !done) fields.fail(done.error());
    }
  }

  template <class R>
  void readOne(JsonFields& fields) {
    const std::string name = fields.text("name");
    if (!fields.ok()) return;
    const RecordKind kind = kindOf(Record(R{}));
    RawId id = names_.find(kind, name, fields);
    if (!seen_.emplace(std::pair(kind, name), true).second) fields.fail("name", "'" + name + "' is there twice");
    R record;
    if (id > 0) {
      auto old = project_.record(id);
      if (!old) return fields.fail(old.error());
      record = std::move(*recordAs<R>(*old));
    } else if (id == 0) {
      id = names_.nextTemporaryId();
    }
    readInto(record, fields, names_);
    if constexpr (std::same_as<R, LabelClass>) {
      if (id < 0 && record.color.empty()) record.color = classColor(classCount_);
      if (id < 0) ++classCount_;
    }
    changes_.push_back({kind, id, std::nullopt, Record(std::move(record))});
  }

  const Project& project_;
  EditNames names_;
  std::map<std::pair<RecordKind, std::string>, bool> seen_;
  std::vector<Change> changes_;
  std::size_t classCount_ = 0;
};

void writeTexts(JsonWriter& out, const char* name, const std::vector<std::string>& texts) {
  out.key(name).beginArray();
  for (const std::string& text : texts) out.value(text);
  out.endArray();
}

void write(JsonWriter& out, const AttributeSpec& spec) {
  out.beginObject().field("name", spec.name).field("type", nameOf(spec.type)).textField("unit", spec.unit);
  if (spec.min) out.field("min", *spec.min);
  if (spec.max) out.field("max", *spec.max);
  if (!spec.choices.empty()) writeTexts(out, "choices", spec.choices);
  if (spec.defaultValue) {
    out.key("default");
    write(out, *spec.defaultValue);
  }
  out.flagField("required", spec.required).flagField("per_frame", spec.perFrame).endObject();
}

}  // namespace

void writeClassFields(JsonWriter& out, const LabelClass& record, const std::string& parent) {
  out.field("name", record.name).textField("color", record.color).textField("hotkey", record.hotkey);
  out.textField("parent", parent);
  if (record.code != Code{}) {
    out.key("code").beginObject().field("scheme", record.code.scheme).field("value", record.code.value);
    out.field("meaning", record.code.meaning).endObject();
  }
  if (record.attributes.empty()) return;
  out.key("attributes").beginArray();
  for (const AttributeSpec& spec : record.attributes) write(out, spec);
  out.endArray();
}

Result<Edit> parseSchema(std::string_view json, const Project& project) {
  auto object = parseObject(json);
  if (!object) return object.error();
  return SchemaParser(project).parse(*object);
}

Result<std::string> schemaJson(const Project& project) {
  const auto classes = project.classes();
  const auto skeletons = project.skeletons();
  const auto layers = project.layers();
  const auto questions = project.questions();
  if (!classes) return classes.error();
  if (!skeletons) return skeletons.error();
  if (!layers) return layers.error();
  if (!questions) return questions.error();
  std::map<RawId, std::string> names;
  for (const auto& one : *classes) names[one.id] = one.value.name;

  JsonWriter out;
  out.beginObject().key("classes").beginArray();
  for (const auto& one : *classes) {
    out.beginObject();
    writeClassFields(out, one.value, names[raw(one.value.parent)]);
    out.endObject();
  }
  out.endArray().key("skeletons").beginArray();
  for (const auto& one : *skeletons) {
    out.beginObject().field("name", one.value.name);
    writeTexts(out, "points", one.value.points);
    out.key("edges").beginArray();
    for (const auto& [from, to] : one.value.edges) out.beginArray().value(from).value(to).endArray();
    out.endArray().endObject();
  }
  out.endArray().key("layers").beginArray();
  for (const auto& one : *layers) {
    out.beginObject().field("name", one.value.name).field("exclusive", one.value.exclusive).endObject();
  }
  out.endArray().key("questions").beginArray();
  for (const auto& one : *questions) {
    out.beginObject().field("name", one.value.name).field("scope", nameOf(one.value.scope));
    writeTexts(out, "choices", one.value.choices);
    out.field("required", one.value.required).endObject();
  }
  out.endArray().endObject();
  return out.take();
}

}  // namespace fiducial::project
