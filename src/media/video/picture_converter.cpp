#include "video/picture_converter.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>

#include "fiducial/runtime/buffer_allocator.h"
#include "fiducial/runtime/content_hash.h"
#include "fiducial/runtime/thread_pool.h"
#include "video/turn_picture.h"
#include "video/yuv_to_rgb.h"

namespace fiducial::media::video {
namespace {

constexpr int kRowsAStrip = 135;  // an eighth of 1080
constexpr std::int64_t kPixelsWorthThreads = 400'000;
constexpr int kHighDefinitionRows = 577;  // untagged streams from here on are BT.709, as players take them
constexpr int kHighDefinitionColumns = 1280;

std::optional<LumaWeights> weightsOf(const AVFrame& picture) {
  switch (picture.colorspace) {
    case AVCOL_SPC_BT709:
      return LumaWeights{0.2126, 0.0722};
    case AVCOL_SPC_FCC:
      return LumaWeights{0.30, 0.11};
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
      return LumaWeights{0.299, 0.114};
    case AVCOL_SPC_SMPTE240M:
      return LumaWeights{0.212, 0.087};
    case AVCOL_SPC_BT2020_NCL:
      return LumaWeights{0.2627, 0.0593};
    case AVCOL_SPC_UNSPECIFIED:
    case AVCOL_SPC_RESERVED:
      if (picture.height >= kHighDefinitionRows || picture.width >= kHighDefinitionColumns)
        return LumaWeights{0.2126, 0.0722};
      return LumaWeights{0.299, 0.114};
    default:
      return std::nullopt;
  }
}

bool isFullRange(const AVFrame& picture) {
  switch (picture.format) {
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ440P:
    case AV_PIX_FMT_YUVJ444P:
      return true;
    default:
      return picture.color_range == AVCOL_RANGE_JPEG;
  }
}

/// The picture as our own conversion takes it; nothing for layouts it does not know.
std::optional<YuvPicture> asYuv(const AVFrame& picture) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
  constexpr std::uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM |
                                   AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_HWACCEL;
  const auto weights = weightsOf(picture);
  if (format == nullptr || !weights || format->nb_components < 3 || (format->flags & kOther) != 0) return std::nullopt;
  if ((format->flags & AV_PIX_FMT_FLAG_BE) != 0 && std::endian::native == std::endian::little) return std::nullopt;
  const int depth = format->comp[0].depth;
  if (depth < 8 || depth > 12 || format->log2_chroma_w > 1 || format->log2_chroma_h > 1) return std::nullopt;
  YuvPicture yuv;
  for (std::size_t n = 0; n < 3; ++n) {
    const AVComponentDescriptor& component = format->comp[n];
    if (component.plane != int(n) || component.shift != 0 || component.step != (depth > 8 ? 2 : 1)) return std::nullopt;
    yuv.planes[n] = picture.data[n];
    yuv.strides[n] = picture.linesize[n];
  }
  yuv.columns = picture.width;
  yuv.rows = picture.height;
  yuv.depth = depth;
  yuv.chromaShiftX = format->log2_chroma_w;
  yuv.chromaShiftY = format->log2_chroma_h;
  yuv.fullRange = isFullRange(picture);
  yuv.weights = *weights;
  return yuv;
}

void convertYuv(const YuvPicture& yuv, std::uint8_t* pixels) {
  const int strips = (yuv.rows + kRowsAStrip - 1) / kRowsAStrip;
  const std::int64_t size = std::int64_t{yuv.columns} * yuv.rows;
  runtime::parallelFor(
      std::size_t(strips),
      [&](std::size_t n) {
        const int first = int(n) * kRowsAStrip;
        convertRows(yuv, first, std::min(first + kRowsAStrip, yuv.rows), pixels);
      },
      {}, size < kPixelsWorthThreads ? 1 : 0);
}

const int* scalerMatrix(const AVFrame& picture) {
  switch (picture.colorspace) {
    case AVCOL_SPC_BT709:
      return sws_getCoefficients(SWS_CS_ITU709);
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return sws_getCoefficients(SWS_CS_BT2020);
    case AVCOL_SPC_SMPTE240M:
      return sws_getCoefficients(SWS_CS_SMPTE240M);
    default:
      return sws_getCoefficients(picture.height >= kHighDefinitionRows ? SWS_CS_ITU709 : SWS_CS_ITU601);
  }
}

void copyGray(const AVFrame& picture, std::uint8_t* pixels) {
  for (int row = 0; row < picture.height; ++row) {
    std::copy_n(picture.data[0] + std::ptrdiff_t(picture.linesize[0]) * row, picture.width,
                pixels + std::ptrdiff_t(picture.width) * row);
  }
}

}  // namespace

PictureConverter::PictureConverter(Presentation presentation) : presentation_(presentation) {}
PictureConverter::~PictureConverter() { sws_freeContext(scaler_); }

Result<ScalarBuffer> PictureConverter::convert(const AVFrame& picture) {
  const ImageSize size = presentation_.decoded;
  const int components = presentation_.gray ? 1 : 4;
  auto pixels = runtime::allocateScalars(ScalarType::UInt8, components, {size.columns, size.rows, 1});
  if (!pixels) return pixels.error();
  auto* out = reinterpret_cast<std::uint8_t*>(pixels->mutableBytes().data());
  const bool sameSize = picture.width == size.columns && picture.height == size.rows;
  const auto yuv = sameSize && !presentation_.gray ? asYuv(picture) : std::nullopt;
  if (yuv) {
    convertYuv(*yuv, out);
  } else if (sameSize && presentation_.gray && picture.format == AV_PIX_FMT_GRAY8) {
    copyGray(picture, out);
  } else if (auto scaled = scale(picture, out); !scaled) {
    return scaled.error();
  }
  if (presentation_.rotation == 0) return pixels;
  return turned(*pixels, presentation_.rotation);
}

Status PictureConverter::scale(const AVFrame& picture, std::uint8_t* pixels) {
  const ImageSize size = presentation_.decoded;
  const AVPixelFormat target = presentation_.gray ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB0;
  scaler_ = sws_getCachedContext(
      scaler_, picture.width, picture.height, static_cast<AVPixelFormat>(picture.format), size.columns, size.rows,
      target, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_BITEXACT, nullptr, nullptr,
      nullptr);
  if (scaler_ == nullptr) {
    const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(picture.format));
    return Error{ErrorCode::Unsupported,
                 std::string("its pixel format cannot be shown: ") + (name != nullptr ? name : "unknown"), "", ""};
  }
  const int* matrix = scalerMatrix(picture);
  sws_setColorspaceDetails(scaler_, matrix, isFullRange(picture) ? 1 : 0, matrix, 1, 0, 1 << 16, 1 << 16);
  const std::array<std::uint8_t*, 4> planes = {pixels, nullptr, nullptr, nullptr};
  const std::array<int, 4> strides = {size.columns * (presentation_.gray ? 1 : 4), 0, 0, 0};
  if (sws_scale(scaler_, picture.data, picture.linesize, 0, picture.height, planes.data(), strides.data()) !=
      size.rows) {
    return Error{ErrorCode::Damaged, "a picture cannot be converted", "", ""};
  }
  return {};
}

std::string planeHash(const AVFrame& picture) {
  runtime::ContentHash hash;
  const auto pixelFormat = static_cast<AVPixelFormat>(picture.format);
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(pixelFormat);
  const int planes = av_pix_fmt_count_planes(pixelFormat);
  if (format == nullptr) return hash.hex();
  for (int plane = 0; plane < planes && plane < 4; ++plane) {
    const bool isChroma = (plane == 1 || plane == 2) && (format->flags & AV_PIX_FMT_FLAG_RGB) == 0;
    const int rows = isChroma ? AV_CEIL_RSHIFT(picture.height, format->log2_chroma_h) : picture.height;
    const int bytes = av_image_get_linesize(pixelFormat, picture.width, plane);
    if (bytes <= 0 || picture.data[plane] == nullptr) continue;
    for (int row = 0; row < rows; ++row) {
      const std::uint8_t* at = picture.data[plane] + std::ptrdiff_t(picture.linesize[plane]) * row;
      hash.update(std::as_bytes(std::span(at, std::size_t(bytes))));
    }
  }
  return hash.hex();
}

std::uint64_t shortHash(const std::string& planeHash) { return std::stoull(planeHash.substr(0, 16), nullptr, 16); }

bool isGray(int pixelFormat) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(pixelFormat));
  return format != nullptr && format->nb_components <= 2 &&
         (format->flags & (AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_RGB)) == 0;
}

}  // namespace fiducial::media::video
