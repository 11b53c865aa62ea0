#include <cstring>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "opencv_codecs.h"
#include "still_formats.h"

namespace fiducial::media::still {

Result<ScalarBuffer> decodeByOpenCv(const std::filesystem::path& path, int, const PictureHeader& header) try {
  auto bytes = runtime::readFile(path, std::size_t{1} << 32);
  if (!bytes) return bytes.error();
  const cv::Mat packed(1, int(std::min<std::size_t>(bytes->size(), 0x7FFFFFFF)), CV_8U, bytes->data());
  const int flags = header.components == 1   ? cv::IMREAD_GRAYSCALE
                    : header.components == 4 ? cv::IMREAD_UNCHANGED
                                             : cv::IMREAD_COLOR;
  cv::Mat decoded = decodePicture(packed, flags | cv::IMREAD_IGNORE_ORIENTATION);
  if (decoded.empty() || decoded.depth() != CV_8U) return damagedPicture(path, "the picture ends early or is damaged");
  if (decoded.cols != header.columns || decoded.rows != header.rows) {
    return damagedPicture(path, "the picture is not of the size its header says");
  }
  auto picture = runtime::allocateScalars(ScalarType::UInt8, header.components, {header.columns, header.rows, 1});
  if (!picture) return picture.error();
  cv::Mat upon(header.rows, header.columns, CV_8UC(header.components), picture->mutableBytes().data());
  if (decoded.channels() == header.components) {
    if (header.components == 1) decoded.copyTo(upon);
    if (header.components == 3) cv::cvtColor(decoded, upon, cv::COLOR_BGR2RGB);
    if (header.components == 4) cv::cvtColor(decoded, upon, cv::COLOR_BGRA2RGBA);
  } else if (header.components == 4 && decoded.channels() == 3) {
    cv::cvtColor(decoded, upon, cv::COLOR_BGR2RGBA);
  } else {
    return damagedPicture(path, "the picture has other colours than its header says");
  }
  return picture;
} catch (const cv::Exception&) {
  return damagedPicture(path, "the picture is damaged or too large");
}

}  // namespace fiducial::media::still
