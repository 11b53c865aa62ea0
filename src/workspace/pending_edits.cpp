#include "pending_edits.h"

#include <algorithm>
#include <ranges>

namespace fiducial::workspace {
namespace {

/// What a track or segmentation takes with it when it goes, so that it can be brought back.
void appendParts(const LabelStore& store, const Change& change, std::vector<Change>& changes) {
  if (change.after) return;
  if (change.kind == RecordKind::Track) {
    const auto track = store.tracks().find(TrackId{change.id});
    if (track == store.tracks().end()) return;
    for (const auto& keyframe : track->second.keyframes) {
      changes.push_back({RecordKind::Keyframe, keyframe.id, Record{keyframe.value}, std::nullopt});
    }
  }
  if (change.kind == RecordKind::Segmentation) {
    const auto segment = store.segments().find(SegmentationId{change.id});
    if (segment == store.segments().end()) return;
    for (const auto& [index, brick] : segment->second.voxels.bricks()) {
      const BrickContent content{SegmentationId{change.id}, store.time(), index, brick};
      changes.push_back({RecordKind::BrickContent, change.id, Record{content}, std::nullopt});
    }
  }
}

}  // namespace

void PendingEdits::detach() {
  hideAll();
  queue_.clear();
  confirmed_.clear();
  project_.reset();
  ++generation_;
}

std::vector<RawId> PendingEdits::submit(Edit edit, Done done) {
  Entry& entry = queue_.emplace_back();
  entry.number = nextNumber_++;
  entry.done = std::move(done);
  entry.outgoing = std::move(edit);
  std::map<RawId, RawId> standIns;
  entry.shown.name = entry.outgoing.name;
  entry.shown.by = project_ ? project_->annotator() : std::string();
  for (const Change& change : entry.outgoing.changes) {
    Change shown = change;
    if (isCreation(change)) {
      const RawId standIn = nextStandIn_--;
      if (change.id < 0) standIns[change.id] = standIn;
      shown.id = standIn;
      entry.made.push_back(standIn);
    }
    entry.shown.changes.push_back(std::move(shown));
  }
  for (Change& change : entry.shown.changes) {
    mapIds(change, [&](RawId id) {
      const auto found = standIns.find(id);
      return found == standIns.end() ? id : found->second;
    });
  }
  show(entry);
  send();
  events_.counted();
  return entry.made;
}

void PendingEdits::show(Entry& entry) {
  std::vector<Change> complete;
  for (Change& change : entry.shown.changes) {
    // Parts of what is deleted were added when the edit was shown before: they are found again below.
    change.before = store_.current(change);
    if (!change.before && !change.after) continue;
    appendParts(store_, change, complete);
    complete.push_back(change);
  }
  entry.shown.changes = std::move(complete);
  events_.touched(store_.apply(entry.shown));
}

void PendingEdits::hide(const Entry& entry) {
  AppliedEdit inverse;
  inverse.by = entry.shown.by;
  for (const Change& change : std::views::reverse(entry.shown.changes)) {
    inverse.changes.push_back({change.kind, change.id, change.after, change.before});
  }
  events_.touched(store_.apply(inverse));
}

void PendingEdits::hideAll() {
  for (const Entry& entry : std::views::reverse(queue_)) hide(entry);
}

void PendingEdits::showAgain() {
  for (Entry& entry : queue_) show(entry);
}

void PendingEdits::send() {
  for (Entry& entry : queue_) {
    if (entry.isSent) continue;
    const bool waits = std::ranges::any_of(entry.outgoing.changes, [](const Change& c) { return anyId(c, isStandIn); });
    if (waits) return;  // later ones wait too: edits stay in order
    post(entry);
  }
}

void PendingEdits::post(Entry& entry) {
  entry.isSent = true;
  if (!project_) return;
  const auto handler = entry.way == Way::Edit ? &PendingEdits::answer : &PendingEdits::arrived;
  project::Project::Done done = [this, owner = owner_, number = entry.number, generation = generation_,
                                 handler](Result<AppliedEdit> result) {
    owner.post([this, number, generation, handler, result = std::move(result)] {
      if (generation == generation_) (this->*handler)(number, result);
    });
  };
  switch (entry.way) {
    case Way::Edit:
      return project_->post(entry.outgoing, std::move(done));
    case Way::Undo:
      return project_->postUndo(std::move(done));
    case Way::Redo:
      return project_->postRedo(std::move(done));
  }
}

LabelStore::Touched PendingEdits::confirm(const AppliedEdit& applied) {
  // The project tells observers in the order of the edits: the oldest one sent is meant, unless another thread's came
  // between, which has another name (and were it the same, its answer below would set things right).
  const bool isOurs = applied.direction == Direction::Applied && !queue_.empty() && queue_.front().isSent &&
                      queue_.front().way == Way::Edit && queue_.front().outgoing.name == applied.name &&
                      queue_.front().made.size() == applied.created.size();
  hideAll();
  LabelStore::Touched touched = store_.apply(applied);
  if (isOurs) {
    Entry entry = std::move(queue_.front());
    queue_.pop_front();
    rename(entry, applied);
    confirmed_[entry.number] = std::move(entry.done);
  }
  showAgain();
  send();
  events_.counted();
  return touched;
}

void PendingEdits::rename(const Entry& entry, const AppliedEdit& applied) {
  std::map<RawId, RawId> real;
  for (std::size_t n = 0; n < std::min(entry.made.size(), applied.created.size()); ++n) {
    real[entry.made[n]] = applied.created[n];
  }
  if (real.empty()) return;
  const IdMapping mapping = [&](RawId id) {
    const auto found = real.find(id);
    return found == real.end() ? id : found->second;
  };
  for (Entry& waiting : queue_) {
    for (Change& change : waiting.outgoing.changes) mapIds(change, mapping);
    for (Change& change : waiting.shown.changes) mapIds(change, mapping);
  }
  events_.renamed(mapping);
}

void PendingEdits::answer(std::uint64_t number, const Result<AppliedEdit>& result) {
  if (!result) {
    refuse(number, result.error());
  } else if (const auto entry = std::ranges::find(queue_, number, &Entry::number); entry != queue_.end()) {
    // Told under another edit's name: it is durable, so it is no longer ours to show.
    hideAll();
    confirmed_[number] = std::move(entry->done);
    rename(*entry, *result);
    queue_.erase(entry);
    showAgain();
    send();
  }
  if (const auto found = confirmed_.find(number); found != confirmed_.end()) {
    const Done done = std::move(found->second);
    confirmed_.erase(found);
    if (done && result) done(*result);
  }
  events_.counted();
}

void PendingEdits::refuse(std::uint64_t number, const Error& error) {
  const auto entry = std::ranges::find(queue_, number, &Entry::number);
  if (entry == queue_.end()) return;
  hideAll();
  const Edit edit = std::move(entry->outgoing);
  std::vector<RawId> gone = std::move(entry->made);
  queue_.erase(entry);
  // What builds on a label that never was cannot be made either.
  std::erase_if(queue_, [&](const Entry& later) {
    const bool builds = std::ranges::any_of(later.outgoing.changes, [&](const Change& c) {
      return anyId(c, [&](RawId id) { return std::ranges::find(gone, id) != gone.end(); });
    });
    if (builds) gone.insert(gone.end(), later.made.begin(), later.made.end());
    return builds;
  });
  showAgain();
  send();
  events_.refused(error, edit);
}

void PendingEdits::travel(Way way) {
  if (!project_) return;
  Entry& entry = queue_.emplace_back();
  entry.number = nextNumber_++;
  entry.way = way;
  entry.outgoing.name = way == Way::Undo ? "Undo" : "Redo";
  send();
  events_.counted();
}

void PendingEdits::arrived(std::uint64_t number, const Result<AppliedEdit>& result) {
  const auto entry = std::ranges::find(queue_, number, &Entry::number);
  if (entry == queue_.end()) return;
  const Edit wish = std::move(entry->outgoing);
  queue_.erase(entry);
  if (!result) events_.refused(result.error(), wish);
  events_.counted();
}

}  // namespace fiducial::workspace
