#include "opencv_codecs.h"

#include <dlfcn.h>

namespace fiducial::media::still {
namespace {

using Decode = cv::Mat (*)(const cv::_InputArray&, int);

// cv::imdecode(InputArray, int) as GCC and Clang name it (Itanium C++ ABI); its signature is the same in all of
// OpenCV 4.
constexpr const char* kDecodeSymbol = "_ZN2cv8imdecodeERKNS_11_InputArrayEi";

Decode loadDecode() {
  void* library = ::dlopen(FIDUCIAL_OPENCV_IMGCODECS, RTLD_NOW | RTLD_LOCAL);  // kept until the program ends
  return library == nullptr ? nullptr : reinterpret_cast<Decode>(::dlsym(library, kDecodeSymbol));
}

}  // namespace

cv::Mat decodePicture(const cv::Mat& bytes, int flags) {
  static const Decode decode = loadDecode();
  return decode == nullptr ? cv::Mat() : decode(bytes, flags);
}

}  // namespace fiducial::media::still
