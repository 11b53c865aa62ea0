#include "edit_references.h"

#include <algorithm>
#include <numeric>

#include "record_fields.h"

namespace fiducial::project {
namespace {

using RealIds = std::unordered_map<RawId, RawId>;

class ReferenceResolver {
 public:
  explicit ReferenceResolver(const RealIds& ids) : ids_(ids) {}
  template <class T>
  void operator()(int, const char* name, T& value) {
    if constexpr (kIsId<T>) {
      if (raw(value) >= 0) return;
      const auto found = ids_.find(raw(value));
      if (found != ids_.end()) {
        value = T{found->second};
      } else if (unknown_.empty()) {
        unknown_ = "field '" + std::string(name) + "': nothing in this edit is called " + std::to_string(raw(value));
      }
    }
  }
  [[nodiscard]] Status status() const {
    return unknown_.empty() ? Status{} : Status{Error{ErrorCode::Invalid, unknown_, {}, {}}};
  }

 private:
  const RealIds& ids_;
  std::string unknown_;
};

int rankOf(const Change& change) {
  constexpr int kErase = 1000;
  int rank = 10 * static_cast<int>(change.kind);
  if (change.kind == RecordKind::Annotator) rank = 5;  // readings and, through them, labels refer to these two
  if (change.kind == RecordKind::Reading) rank = 65;
  return change.after ? rank : 2 * kErase - rank;
}

}  // namespace

Result<CreatedRecords> resolveReferences(std::vector<Change>& changes, RawId& nextId) {
  RealIds ids;
  CreatedRecords created;
  for (Change& change : changes) {
    const bool isNew =
        change.kind != RecordKind::BrickContent && change.after && change.id <= 0 && !ids.contains(change.id);
    created.isCreated.push_back(isNew);
    if (!isNew) continue;
    if (change.id < 0) ids.emplace(change.id, nextId);
    change.id = nextId++;
    change.before.reset();
    created.ids.push_back(change.id);
  }
  ReferenceResolver resolver(ids);
  for (Change& change : changes) {
    if (change.id < 0) {
      const auto found = ids.find(change.id);
      if (found == ids.end()) {
        return Error{ErrorCode::Invalid, "nothing in this edit is called " + std::to_string(change.id), {}, {}};
      }
      change.id = found->second;
    }
    if (change.after) visitRecord([&](auto& record) { visitFields(record, resolver); }, *change.after);
  }
  if (Status done = resolver.status(); !done) return done.error();
  return created;
}

std::vector<std::size_t> writingOrder(const std::vector<Change>& changes) {
  std::vector<std::size_t> order(changes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto before = [&](std::size_t a, std::size_t b) { return rankOf(changes[a]) < rankOf(changes[b]); };
  if (!std::ranges::is_sorted(order, before)) std::ranges::stable_sort(order, before);
  return order;
}

}  // namespace fiducial::project
