#include "event_actions.h"

#include <algorithm>
#include <set>

namespace fiducial::workspace {
namespace {

Edit named(std::string name) { return {.name = std::move(name), .changes = {}, .by = {}}; }

std::string nameOfClass(const LabelStore& store, ClassId id) {
  const LabelClass* labelClass = store.findClass(id);
  return labelClass ? labelClass->name : std::string("event");
}

/// The event of a layer that runs on a frame; of one class where asked.
const Stored<Event>* runningEvent(const LabelStore& store, const CodingPlace& place,
                                  std::optional<ClassId> labelClass) {
  for (const auto& [id, event] : store.events()) {
    const Event& value = event.value;
    const bool isHere = value.layer == place.layer && value.firstFrame <= place.frame && place.frame <= value.lastFrame;
    if (isHere && (!labelClass || value.labelClass == *labelClass)) return &event;
  }
  return nullptr;
}

/// First frame of the next event of the layer after a frame, or the end of the medium.
int nextStart(const LabelStore& store, const CodingPlace& place, std::optional<ClassId> labelClass) {
  int next = place.frameCount;
  for (const auto& [id, event] : store.events()) {
    const Event& value = event.value;
    if (value.layer != place.layer || (labelClass && value.labelClass != *labelClass)) continue;
    if (value.firstFrame > place.frame) next = std::min(next, value.firstFrame);
  }
  return next;
}

Change started(ClassId labelClass, const CodingPlace& place, int last) {
  return create(Event{place.medium, labelClass, place.layer, place.frame, last, {}});
}

/// The running event ends at `last`, or goes where nothing is left of it.
Change endedAt(const Stored<Event>& event, int last) {
  if (last < event.value.firstFrame) return erase(EventId{event.id}, RecordKind::Event);
  Event value = event.value;
  value.lastFrame = last;
  return update(EventId{event.id}, std::move(value));
}

bool isAtPlace(const Tag& tag, Scope scope, const CodingPlace& place) {
  return tag.scope == scope && (scope != Scope::Frame || tag.frame == place.frame);
}

Tag tagAt(Scope scope, const CodingPlace& place) {
  Tag tag;
  tag.scope = scope;
  tag.medium = place.medium;
  tag.frame = scope == Scope::Frame ? place.frame : 0;
  return tag;
}

}  // namespace

Edit eventToggled(const LabelStore& store, ClassId labelClass, const CodingPlace& place) {
  Edit edit = named("Event " + nameOfClass(store, labelClass));
  if (!place.isExclusive) {
    if (const Stored<Event>* running = runningEvent(store, place, labelClass)) {
      const bool isJustBegun = running->value.firstFrame == place.frame;
      edit.changes.push_back(endedAt(*running, isJustBegun ? place.frame - 1 : place.frame));
    } else {
      edit.changes.push_back(started(labelClass, place, nextStart(store, place, labelClass) - 1));
    }
    return edit;
  }
  const Stored<Event>* running = runningEvent(store, place, std::nullopt);
  if (!running) {
    edit.changes.push_back(started(labelClass, place, nextStart(store, place, std::nullopt) - 1));
  } else if (running->value.labelClass != labelClass) {
    edit.changes.push_back(endedAt(*running, place.frame - 1));
    edit.changes.push_back(started(labelClass, place, running->value.lastFrame));
  }
  return edit;
}

Edit eventEnded(const LabelStore& store, ClassId labelClass, const CodingPlace& place) {
  Edit edit = named("End event " + nameOfClass(store, labelClass));
  if (const Stored<Event>* running = runningEvent(store, place, labelClass);
      running && running->value.lastFrame != place.frame) {
    edit.changes.push_back(endedAt(*running, place.frame));
  }
  return edit;
}

Edit eventBorderMoved(const LabelStore& store, EventId id, bool lastBorder, int frame, int frameCount,
                      bool isExclusive) {
  Edit edit = named(lastBorder ? "Move event end" : "Move event start");
  const auto found = store.events().find(id);
  if (found == store.events().end()) return edit;
  Event value = found->second.value;
  int low = lastBorder ? value.firstFrame : 0;
  int high = lastBorder ? frameCount - 1 : value.lastFrame;
  for (const auto& [otherId, other] : store.events()) {
    if (!isExclusive || otherId == id || other.value.layer != value.layer) continue;
    if (lastBorder && other.value.firstFrame > value.firstFrame) high = std::min(high, other.value.firstFrame - 1);
    if (!lastBorder && other.value.lastFrame < value.lastFrame) low = std::max(low, other.value.lastFrame + 1);
  }
  int& border = lastBorder ? value.lastFrame : value.firstFrame;
  const int to = std::clamp(frame, std::min(low, high), high);
  if (border == to) return edit;
  border = to;
  edit.changes.push_back(update(id, std::move(value)));
  return edit;
}

std::vector<int> eventBorders(const LabelStore& store) {
  std::set<int> frames;
  for (const auto& [id, event] : store.events()) {
    frames.insert(event.value.firstFrame);
    frames.insert(event.value.lastFrame);
  }
  return {frames.begin(), frames.end()};
}

Edit tagToggled(const LabelStore& store, ClassId labelClass, Scope scope, const CodingPlace& place) {
  Edit edit = named("Tag " + nameOfClass(store, labelClass));
  for (const auto& [id, tag] : store.tags()) {
    if (tag.value.labelClass != labelClass || !isNone(tag.value.question) || !isAtPlace(tag.value, scope, place))
      continue;
    edit.changes.push_back(erase(id, RecordKind::Tag));
  }
  if (!edit.changes.empty()) return edit;
  Tag tag = tagAt(scope, place);
  tag.labelClass = labelClass;
  edit.changes.push_back(create(std::move(tag)));
  return edit;
}

Edit answered(const LabelStore& store, QuestionId question, const std::string& value, const CodingPlace& place) {
  const auto found = store.questions().find(question);
  if (found == store.questions().end()) return named("Answer");
  const Scope scope = found->second.value.scope;
  Edit edit = named("Answer " + found->second.value.name);
  for (const auto& [id, tag] : store.tags()) {
    if (tag.value.question != question || !isAtPlace(tag.value, scope, place)) continue;
    if (tag.value.value == value || value.empty()) {
      edit.changes.push_back(erase(id, RecordKind::Tag));
    } else {
      Tag changed = tag.value;
      changed.value = value;
      edit.changes.push_back(update(id, std::move(changed)));
    }
    return edit;
  }
  if (value.empty()) return edit;
  Tag tag = tagAt(scope, place);
  tag.question = question;
  tag.value = value;
  edit.changes.push_back(create(std::move(tag)));
  return edit;
}

}  // namespace fiducial::workspace
