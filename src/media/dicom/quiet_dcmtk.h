// DCMTK's own log lines are turned off: what is wrong travels as an Error or a warning.
#pragma once

namespace fiducial::media::dicom {

/// Before the first call into DCMTK that may log. Thread: any.
void quietDcmtk();

}  // namespace fiducial::media::dicom
