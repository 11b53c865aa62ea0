// Coding of events and tags: what a tap of a class's key changes. Pure, as label_actions.h.
#pragma once

#include <optional>
#include <string>

#include "fiducial/workspace/label_store.h"

namespace fiducial::workspace {

struct CodingPlace {
  MediumId medium{};
  int frame = 0;
  int frameCount = 1;
  LayerId layer{};  ///< none: the free layer
  bool isExclusive = false;
};

/// Exclusive layer: ends the running event at the frame before and starts one of `labelClass`, which takes over the
/// rest of its span; the running class again changes nothing. Free layer: starts one, or ends the running one here.
[[nodiscard]] Edit eventToggled(const LabelStore& store, ClassId labelClass, const CodingPlace& place);
/// The event ends here because the held key was let go. No changes where none runs.
[[nodiscard]] Edit eventEnded(const LabelStore& store, ClassId labelClass, const CodingPlace& place);
/// First or last frame moved, never past the other one; in an exclusive layer never over a neighbour.
[[nodiscard]] Edit eventBorderMoved(const LabelStore& store, EventId event, bool lastBorder, int frame, int frameCount,
                                    bool isExclusive);
/// Frames where events begin, and where they end.
[[nodiscard]] std::vector<int> eventBorders(const LabelStore& store);

[[nodiscard]] Edit tagToggled(const LabelStore& store, ClassId labelClass, Scope scope, const CodingPlace& place);
/// The same answer again takes it back.
[[nodiscard]] Edit answered(const LabelStore& store, QuestionId question, const std::string& value,
                            const CodingPlace& place);

}  // namespace fiducial::workspace
