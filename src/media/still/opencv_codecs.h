// OpenCV's picture decoder, loaded when the first picture needs it: linked as usual it brings a hundred libraries (GDAL
// and what that needs), which cost every start of every program 0.15 s of processor time and 30 MB.
#pragma once

#include <opencv2/core.hpp>

namespace fiducial::media::still {

/// cv::imdecode; an empty picture where the library is not there. Thread: any.
[[nodiscard]] cv::Mat decodePicture(const cv::Mat& bytes, int flags);

}  // namespace fiducial::media::still
