// Digits, tags and events: coding mode.
#include <string>

#include "event_actions.h"
#include "parts.h"

namespace fiducial::workspace {
namespace {

constexpr std::int64_t kHoldMs = 400;    ///< held longer, an event of a free layer lasts while the key is held
constexpr std::int64_t kRepeatMs = 300;  ///< the same digit within this is a bounce or auto-repeat

bool isExclusive(const LabelStore& labels, LayerId id) {
  const auto layer = labels.layers().find(id);
  return layer != labels.layers().end() && layer->second.value.exclusive;
}

}  // namespace

LayerId Workspace::currentLayer() const { return parts_->layer; }

void Workspace::setCurrentLayer(LayerId id) {
  parts_->layer = id;
  parts_->notices.changed(Topic::Tool);
}

void Workspace::toggleTag(ClassId id, Scope scope) {
  Parts& p = *parts_;
  if (!p.medium.medium() || !p.labels.findClass(id)) return;
  p.submit(tagToggled(p.labels, id, scope, {p.mediumId(), p.frame, frameCount(), {}, false}));
}

void Workspace::answer(QuestionId question, const std::string& value) {
  Parts& p = *parts_;
  if (!p.medium.medium()) return;
  p.submit(answered(p.labels, question, value, {p.mediumId(), p.frame, frameCount(), {}, false}));
}

void Workspace::toggleEvent(ClassId id) {
  Parts& p = *parts_;
  if (!p.medium.medium() || !p.labels.findClass(id)) return;
  p.submit(eventToggled(p.labels, id, {p.mediumId(), p.frame, frameCount(), p.layer, isExclusive(p.labels, p.layer)}));
}

void Workspace::pressDigit(int digit, bool shift) {
  Parts& p = *parts_;
  const std::optional<ClassId> of = p.labels.classByHotkey(std::to_string(digit));
  if (!p.tools.isCoding() || shift) {
    if (!of) return p.say(Message::Kind::Info, "No class has the key " + std::to_string(digit));
    const bool isSelecting = p.tools.info().id == "select" && !p.selection.labels().empty();
    if (shift || isSelecting) return setClassOfSelection(*of);
    return setCurrentClass(*of);
  }
  const std::int64_t now = steadyMs();
  const bool isRepeat = p.heldDigit.digit == digit && now - p.heldDigit.lastMs < kRepeatMs;
  p.heldDigit.lastMs = now;
  if (isRepeat || !p.medium.medium()) return;
  p.heldDigit = {digit, of.value_or(ClassId{}), now, now, false};
  const MediumKind kind = p.medium.medium()->value.info.kind;
  const bool hasTime = kind == MediumKind::Video || kind == MediumKind::Cine;
  if (of && hasTime) {
    const std::size_t before = p.labels.events().size();
    toggleEvent(*of);
    p.heldDigit.startedEvent = p.labels.events().size() > before && !isExclusive(p.labels, p.layer);
  } else if (of) {
    toggleTag(*of, Scope::Medium);
  } else if (!p.labels.questions().empty()) {
    // Without a class of that key: the n-th choice of the first question.
    const auto& [question, value] = *p.labels.questions().begin();
    const auto n = static_cast<std::size_t>(digit == 0 ? 9 : digit - 1);
    if (n < value.value.choices.size()) answer(question, value.value.choices[n]);
  } else {
    p.say(Message::Kind::Info, "No class has the key " + std::to_string(digit));
  }
}

void Workspace::releaseDigit(int digit) {
  Parts& p = *parts_;
  if (p.heldDigit.digit != digit || !p.heldDigit.startedEvent || !p.medium.medium()) return;
  p.heldDigit.startedEvent = false;
  if (steadyMs() - p.heldDigit.pressedMs < kHoldMs) return;
  p.submit(eventEnded(p.labels, p.heldDigit.labelClass, {p.mediumId(), p.frame, frameCount(), p.layer, false}));
}

}  // namespace fiducial::workspace
