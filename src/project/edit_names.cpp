#include "edit_names.h"

#include "fiducial/core/class_colors.h"
#include "text_form.h"

namespace fiducial::project {
namespace {

std::string whatIs(RecordKind kind) { return std::string(nameOf(kind)); }

}  // namespace

void EditNames::add(RecordKind kind, std::string_view name, RawId temporaryId) {
  made_.emplace(std::pair(kind, toNfc(name)), temporaryId);
}

RawId EditNames::find(RecordKind kind, const std::string& name, JsonFields& fields) {
  const auto made = made_.find({kind, toNfc(name)});
  if (made != made_.end()) return made->second;
  const auto found = project_.findNamed(kind, name);
  if (!found) {
    fields.fail(found.error());
    return 0;
  }
  return found->value_or(0);
}

RawId EditNames::resolve(RecordKind kind, JsonFields& fields, const char* field, const Json& json) {
  if (json.is_number_integer()) {
    const auto id = json.get<RawId>();
    if (id == 0) fields.fail(field, "ids begin at 1");
    return id;
  }
  if (!json.is_string()) {
    fields.fail(field, "must be an id or a name");
    return 0;
  }
  const auto name = json.get<std::string>();
  const RawId id = find(kind, name, fields);
  if (id == 0) fields.fail(field, "no " + whatIs(kind) + " named '" + name + "'");
  return id;
}

MediumId EditNames::medium(JsonFields& fields) {
  const Json* json = fields.get("medium");
  return json == nullptr ? MediumId{} : MediumId{resolve(RecordKind::Medium, fields, "medium", *json)};
}

ClassId EditNames::labelClass(JsonFields& fields, const Json& json) {
  if (!json.is_string()) return ClassId{resolve(RecordKind::LabelClass, fields, "class", json)};
  const auto name = json.get<std::string>();
  if (const RawId id = find(RecordKind::LabelClass, name, fields); id != 0) return ClassId{id};
  if (!fields.ok()) return {};
  const auto classes = project_.classes();
  if (!classes || !classes->empty() || name.empty()) {
    fields.fail("class", "no class named '" + name + "'");
    return {};
  }
  LabelClass made;
  made.name = name;
  made.color = classColor(impliedClasses_.size());
  const RawId id = nextTemporaryId();
  add(RecordKind::LabelClass, name, id);
  impliedClasses_.push_back(create(std::move(made), id));
  return ClassId{id};
}

}  // namespace fiducial::project
