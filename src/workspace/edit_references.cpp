#include "edit_references.h"

namespace fiducial::workspace {
namespace {

template <class Id>
void mapOne(Id& id, const IdMapping& mapping) {
  id = Id{mapping(raw(id))};
}

void mapRecord(Record& record, const IdMapping& mapping) {
  visitRecord(
      [&](auto& value) {
        if constexpr (requires { value.labelClass; }) mapOne(value.labelClass, mapping);
        if constexpr (requires { value.track; }) mapOne(value.track, mapping);
        if constexpr (requires { value.segmentation; }) mapOne(value.segmentation, mapping);
        if constexpr (requires { value.layer; }) mapOne(value.layer, mapping);
        if constexpr (requires { value.question; }) mapOne(value.question, mapping);
        if constexpr (requires { value.parent; }) mapOne(value.parent, mapping);
      },
      record);
}

}  // namespace

void mapIds(Change& change, const IdMapping& mapping) {
  change.id = mapping(change.id);
  if (change.before) mapRecord(*change.before, mapping);
  if (change.after) mapRecord(*change.after, mapping);
}

bool anyId(const Change& change, const std::function<bool(RawId)>& test) {
  bool any = false;
  Change copy = change;
  mapIds(copy, [&](RawId id) {
    any |= test(id);
    return id;
  });
  return any;
}

bool isStandIn(RawId id) { return id <= kFirstStandIn; }

bool isCreation(const Change& change) {
  return change.after && !change.before && change.id <= 0 && !isStandIn(change.id) &&
         change.kind != RecordKind::BrickContent;
}

}  // namespace fiducial::workspace
