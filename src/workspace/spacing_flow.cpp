// Distances for media whose files say none: offered once, given by the user, kept in the project.
#include "fiducial/media/given_spacing.h"
#include "parts.h"

namespace fiducial::workspace {
namespace {

/// Families of volumes always know their places; of the others only stills open with a spacing that was given.
bool canBeGiven(const MediumInfo& info) {
  if (info.kind != MediumKind::Volume && info.kind != MediumKind::Image) return false;
  if (info.hasGeometry || info.format == "dicom") return false;
  return info.spacing.empty() || info.extras.calibration.source == CalibrationSource::Given;
}

}  // namespace

bool Workspace::canGiveSpacing() const {
  const Parts& p = *parts_;
  return p.project && !p.project->isReadOnly() && p.medium.medium() && canBeGiven(p.medium.info());
}

Status Workspace::giveSpacing(std::array<double, 3> spacingMm) {
  Parts& p = *parts_;
  const MediumItem* item = p.media.find(p.mediumId());
  if (!p.medium.medium() || item == nullptr) return Error{ErrorCode::Invalid, "no medium is shown", {}, {}};
  MediumInfo spaced = p.medium.info();
  if (Status given = media::giveSpacing(spaced, spacingMm); !given) return given;
  Medium value = item->medium.value;  // as it is now: it may have been found elsewhere since it was opened
  value.info.spacing = spaced.spacing;
  value.info.affine = spaced.affine;
  apply({.name = "Give spacing", .changes = {update(p.mediumId(), Record{std::move(value)})}, .by = {}});
  return {};
}

void Workspace::Parts::offerSpacing() {
  const MediumInfo& info = medium.info();
  if (info.kind != MediumKind::Volume || !info.spacing.empty() || !canBeGiven(info)) return;
  if (project->isReadOnly() || spacingOffered.contains(mediumId())) return;
  // Not over something that still wants to be read.
  if (message && (message->kind != Message::Kind::Info || !message->actionText.empty())) return;
  spacingOffered.insert(mediumId());
  say(Message::Kind::Info, "The file says no spacing: distances are in pixels.");
  message->actionText = "Give spacing...";
  message->commandId = "medium.spacing";
}

}  // namespace fiducial::workspace
