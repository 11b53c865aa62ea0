// What a presentation state's modality transformation and window are in the output values of a medium.
// Source: DICOM PS3.4 N.2.1 (the state's transformation stands in place of the picture's), PS3.3 C.11.1, C.11.2.
#pragma once

#include "fiducial/media/presentation_state.h"
#include "frame_values.h"

namespace fiducial::media::dicom {

/// Sets view.window, for gray media; what cannot be applied is said in view.description.
void fitWindow(const PresentationState& state, const FrameRef& ref, const MediumInfo& info, PresentationView& view);

}  // namespace fiducial::media::dicom
