// How a label is named in lists: what it is, of which class, where it stands.
#pragma once

#include <QString>

#include "ui_context.h"

namespace fiducial::ui {

/// resources/icons name: "box", "track", "event", ...; empty if the label is gone.
[[nodiscard]] QString iconOf(const workspace::LabelStore& labels, edit::LabelRef label);
/// "box", "polygon", "track", "event", ... for people.
[[nodiscard]] QString kindText(const workspace::LabelStore& labels, edit::LabelRef label);
/// The class's name, or a question with its answer.
[[nodiscard]] QString nameText(const workspace::LabelStore& labels, edit::LabelRef label);
/// "slice 12", "frame 250", "250 to 310"; empty where the label belongs to the whole medium.
[[nodiscard]] QString whereText(const workspace::Workspace& workspace, edit::LabelRef label);
/// "slice 12" (from 1) on volumes, "frame 250" (from 0) on moving pictures.
[[nodiscard]] QString frameText(const workspace::Workspace& workspace, int frame);
/// "12.3 ml", "840 mm³"; without geometry a number of voxels.
[[nodiscard]] QString volumeText(const MediumInfo& info, std::int64_t voxels);
/// "1 label", "12 labels": English has no translation file that would make the singular.
[[nodiscard]] QString labelCountText(std::int64_t labels);
/// The frame a label begins on; -1 where it belongs to the whole medium.
[[nodiscard]] int firstFrameOf(const workspace::LabelStore& labels, edit::LabelRef label);

}  // namespace fiducial::ui
