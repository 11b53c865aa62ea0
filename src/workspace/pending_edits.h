// Edits that are shown and on their way to the disk: applied to the label store at once under stand-in ids, replaced by
// what the project says when it is durable, taken back when it is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>

#include "edit_references.h"
#include "fiducial/project/project.h"
#include "fiducial/workspace/label_store.h"
#include "owner_thread.h"

namespace fiducial::workspace {

/// Thread: the owner's.
class PendingEdits {
 public:
  using Done = std::function<void(const AppliedEdit&)>;
  struct Events {
    std::function<void(LabelStore::Touched)> touched;
    std::function<void(const Error&, const Edit&)> refused;
    std::function<void(const IdMapping&)> renamed;  ///< stand-ins got their real ids
    std::function<void()> counted;                  ///< an edit left or came: the saved state
  };
  PendingEdits(OwnerThread owner, LabelStore& store, Events events)
      : owner_(std::move(owner)), store_(store), events_(std::move(events)) {}

  void attach(std::shared_ptr<project::Project> project) { project_ = std::move(project); }
  /// Forgets what is not answered yet.
  void detach();
  /// Shows the edit and sends it. Returns the (stand-in) ids of the records it creates, in order.
  std::vector<RawId> submit(Edit edit, Done done = {});
  void undo() { travel(Way::Undo); }
  void redo() { travel(Way::Redo); }
  /// A durable change, told by the project; ours, of another thread, or an undo.
  LabelStore::Touched confirm(const AppliedEdit& applied);
  /// The store was read anew: shows again what is not durable yet.
  void showAgain();
  [[nodiscard]] bool isEmpty() const { return queue_.empty(); }

 private:
  enum class Way : std::uint8_t { Edit, Undo, Redo };
  /// An edit, or a wish to undo or redo: they stay in the order in which they were made.
  struct Entry {
    std::uint64_t number = 0;
    Way way = Way::Edit;
    Edit outgoing;            ///< with its own temporary ids, and stand-ins of earlier edits
    AppliedEdit shown;        ///< with stand-ins, and both sides
    std::vector<RawId> made;  ///< stand-ins of what it creates
    bool isSent = false;
    Done done;
  };
  void travel(Way way);
  void arrived(std::uint64_t number, const Result<AppliedEdit>& result);
  void show(Entry& entry);
  void hide(const Entry& entry);
  void hideAll();
  void send();
  void post(Entry& entry);
  void answer(std::uint64_t number, const Result<AppliedEdit>& result);
  void rename(const Entry& entry, const AppliedEdit& applied);
  void refuse(std::uint64_t number, const Error& error);

  OwnerThread owner_;
  LabelStore& store_;
  Events events_;
  std::shared_ptr<project::Project> project_;
  std::list<Entry> queue_;
  std::map<std::uint64_t, Done> confirmed_;  ///< shown as durable, their answer is still on its way
  RawId nextStandIn_ = kFirstStandIn;
  std::uint64_t nextNumber_ = 1;
  std::uint64_t generation_ = 0;  ///< answers to a project that was closed are dropped
};

}  // namespace fiducial::workspace
