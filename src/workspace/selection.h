// What is selected, hidden and locked in the window. Not edits: it ends with the session.
#pragma once

#include <algorithm>
#include <set>
#include <span>
#include <vector>

#include "edit_references.h"
#include "fiducial/workspace/label_store.h"

namespace fiducial::workspace {

/// Thread: the owner's.
class Selection {
 public:
  [[nodiscard]] std::span<const edit::LabelRef> labels() const { return labels_; }
  /// True where it changed.
  bool set(std::vector<edit::LabelRef> labels) {
    if (labels == labels_) return false;
    labels_ = std::move(labels);
    return true;
  }
  /// Lets go of what is no longer there; true where something was.
  bool keepOnly(const LabelStore& store) {
    return std::erase_if(labels_, [&](const edit::LabelRef& label) { return !store.contains(label); }) > 0;
  }
  /// The one selected label of a kind; nothing where none or several are.
  [[nodiscard]] std::optional<RawId> single(RecordKind kind) const {
    const auto isOfKind = [&](const edit::LabelRef& label) { return label.kind == kind; };
    if (std::ranges::count_if(labels_, isOfKind) != 1) return std::nullopt;
    return std::ranges::find_if(labels_, isOfKind)->id;
  }
  void renameLabels(const IdMapping& mapping) {
    for (edit::LabelRef& label : labels_) label.id = mapping(label.id);
    rename(hidden, mapping);
    rename(locked, mapping);
  }

  std::set<edit::LabelRef> hidden;
  std::set<edit::LabelRef> locked;

 private:
  static void rename(std::set<edit::LabelRef>& set, const IdMapping& mapping) {
    std::set<edit::LabelRef> renamed;
    for (edit::LabelRef label : set) {
      label.id = mapping(label.id);
      renamed.insert(label);
    }
    set = std::move(renamed);
  }
  std::vector<edit::LabelRef> labels_;
};

}  // namespace fiducial::workspace
