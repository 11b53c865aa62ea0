#include "video/picture_buffers.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::media::video {
namespace {

constexpr std::size_t kAlign = 64;             // AVX-512
constexpr std::size_t kOverread = 64;          // decoders and the scaler read a little past the last row
constexpr std::size_t kSlabBytes = 32U << 20;  // small against the cache, large against a huge page
constexpr std::size_t kPicturesInSmallSlab = 32;

constexpr std::size_t aligned(std::size_t size) { return (size + kAlign - 1) / kAlign * kAlign; }

struct PlaneLayout {
  std::array<int, 4> strides{};
  std::array<std::size_t, 4> sizes{};
};

bool layOut(AVCodecContext* codec, const AVFrame& frame, PlaneLayout& layout) {
  int width = frame.width;
  int height = frame.height;
  std::array<int, AV_NUM_DATA_POINTERS> needed{};
  avcodec_align_dimensions2(codec, &width, &height, needed.data());
  const auto format = static_cast<AVPixelFormat>(frame.format);
  if (av_image_fill_linesizes(layout.strides.data(), format, width) < 0) return false;
  // Chroma strides must stay in proportion to luma's, so the width grows until all strides are aligned.
  for (int step = 0; step < 16; ++step) {
    bool fits = true;
    for (std::size_t n = 0; n < 4; ++n) fits = fits && (needed[n] == 0 || layout.strides[n] % needed[n] == 0);
    if (fits) break;
    width += width & ~(width - 1);
    if (av_image_fill_linesizes(layout.strides.data(), format, width) < 0) return false;
  }
  const std::array<std::ptrdiff_t, 4> strides = {layout.strides[0], layout.strides[1], layout.strides[2],
                                                 layout.strides[3]};
  return av_image_fill_plane_sizes(layout.sizes.data(), format, height, strides.data()) >= 0;
}

bool usesOwnMemory(const AVCodecContext* codec, const AVFrame& frame) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (format == nullptr || (format->flags & (AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL)) != 0) return true;
  return (codec->codec->capabilities & AV_CODEC_CAP_DR1) == 0;
}

}  // namespace

struct PictureBuffers::State {
  struct Piece {
    std::uint8_t* data;
    std::shared_ptr<PictureBuffers> owner;  // set while the piece is lent
  };
  std::mutex mutex;  // guards all below
  std::size_t pieceBytes = 0;
  std::vector<std::shared_ptr<std::byte[]>> slabs;
  std::vector<std::unique_ptr<Piece>> pieces;
  std::vector<Piece*> idle;

  bool addSlab() {
    const std::size_t count = std::max<std::size_t>(1, std::min(kPicturesInSmallSlab, kSlabBytes / pieceBytes));
    auto slab = runtime::allocateBytes(count * pieceBytes);
    if (!slab) return false;
    auto* data = reinterpret_cast<std::uint8_t*>(slab->get());
    for (std::size_t n = 0; n < count; ++n) {
      pieces.push_back(std::make_unique<Piece>(Piece{data + n * pieceBytes, nullptr}));
      idle.push_back(pieces.back().get());
    }
    slabs.push_back(std::move(*slab));
    return true;
  }
};

PictureBuffers::PictureBuffers() : state_(std::make_unique<State>()) {}
PictureBuffers::~PictureBuffers() = default;

std::shared_ptr<PictureBuffers> PictureBuffers::make() { return std::shared_ptr<PictureBuffers>(new PictureBuffers); }

void PictureBuffers::serve(AVCodecContext* codec) {
  codec->opaque = this;
  codec->get_buffer2 = &PictureBuffers::getBuffer;
#if LIBAVCODEC_VERSION_MAJOR < 60
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  codec->thread_safe_callbacks = 1;  // else decoding threads wait for the calling one at each picture
#pragma GCC diagnostic pop
#endif
}

AVBufferRef* PictureBuffers::take(std::size_t sizeBytes) {
  State::Piece* piece = nullptr;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->pieceBytes == 0) state_->pieceBytes = sizeBytes;
    if (sizeBytes != state_->pieceBytes) return nullptr;  // another picture size in mid-stream: left to FFmpeg
    if (state_->idle.empty() && !state_->addSlab()) return nullptr;
    piece = state_->idle.back();
    state_->idle.pop_back();
    piece->owner = shared_from_this();
  }
  AVBufferRef* buffer = av_buffer_create(piece->data, sizeBytes, &PictureBuffers::giveBack, piece, 0);
  if (buffer == nullptr) giveBack(piece, piece->data);
  return buffer;
}

void PictureBuffers::giveBack(void* lent, std::uint8_t*) {
  auto* piece = static_cast<State::Piece*>(lent);
  const std::shared_ptr<PictureBuffers> owner = std::move(piece->owner);  // may be what keeps the slabs
  const std::lock_guard lock(owner->state_->mutex);
  owner->state_->idle.push_back(piece);
}

int PictureBuffers::getBuffer(AVCodecContext* codec, AVFrame* frame, int flags) {
  PlaneLayout layout;
  if (usesOwnMemory(codec, *frame) || !layOut(codec, *frame, layout))
    return avcodec_default_get_buffer2(codec, frame, flags);
  std::size_t total = kOverread;
  for (const std::size_t size : layout.sizes) total += aligned(size);
  AVBufferRef* buffer = static_cast<PictureBuffers*>(codec->opaque)->take(aligned(total));
  if (buffer == nullptr) return avcodec_default_get_buffer2(codec, frame, flags);
  frame->buf[0] = buffer;
  std::uint8_t* at = buffer->data;
  for (std::size_t n = 0; n < 4; ++n) {
    frame->data[n] = layout.sizes[n] > 0 ? at : nullptr;
    frame->linesize[n] = layout.strides[n];
    at += aligned(layout.sizes[n]);
  }
  frame->extended_data = frame->data;
  return 0;
}

std::size_t bytesOf(const AVFrame& frame) {
  std::size_t bytes = 0;
  for (const AVBufferRef* buffer : frame.buf) bytes += buffer != nullptr ? buffer->size : 0;
  return bytes;
}

}  // namespace fiducial::media::video
