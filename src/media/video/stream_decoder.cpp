#include "video/stream_decoder.h"

namespace fiducial::media::video {
namespace {

constexpr int kThreads = 2;            // more threads delay the first picture after a seek by a picture each
constexpr int kMostRefusals = 10'000;  // in a row, without taking a packet: a decoder that does not come on

}  // namespace

Result<std::unique_ptr<StreamDecoder>> StreamDecoder::open(VideoInput& input, const PacketIndex& index) {
  std::unique_ptr<StreamDecoder> decoder(new StreamDecoder(input, index));
  const AVCodecParameters* parameters = input.stream()->codecpar;
  const AVCodec* codec = avcodec_find_decoder(parameters->codec_id);
  decoder->codec_.reset(avcodec_alloc_context3(codec));
  AVCodecContext* context = decoder->codec_.get();
  if (codec == nullptr || context == nullptr || avcodec_parameters_to_context(context, parameters) < 0) {
    return Error{ErrorCode::Unsupported, "there is no decoder for its pictures", input.bytes().path.string(), ""};
  }
  context->pkt_timebase = input.stream()->time_base;
  context->thread_count = kThreads;
  context->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  // The same planes on every machine: no approximations, and one inverse transform. MPEG-4 files name their encoder's.
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  if (parameters->codec_id != AV_CODEC_ID_MPEG4) context->idct_algo = FF_IDCT_SIMPLE;
  decoder->buffers_->serve(context);
  const int averror = avcodec_open2(context, codec, nullptr);
  if (averror < 0) {
    return Error{ErrorCode::Unsupported, "its pictures cannot be decoded: " + textOf(averror),
                 input.bytes().path.string(), ""};
  }
  return decoder;
}

Status StreamDecoder::start(std::uint32_t ordinal) {
  avcodec_flush_buffers(codec_.get());
  draining_ = false;
  lastPacket_.reset();
  repeat_ = 0;
  fed_ = ordinal;
  return reader_.seek(ordinal);
}

Result<std::optional<DecodedPicture>> StreamDecoder::next() {
  for (int refused = 0; refused < kMostRefusals;) {
    FrameHandle frame(av_frame_alloc());
    const int averror = avcodec_receive_frame(codec_.get(), frame.get());
    if (averror >= 0) return std::optional<DecodedPicture>(numbered(std::move(frame)));
    if (averror == AVERROR_EOF) break;
    if (averror == AVERROR(EAGAIN)) {
      if (auto fed = feed(); !fed) return fed.error();
      refused = 0;
    } else {
      ++damaged_;  // one damaged picture; the decoder goes on after it
      ++refused;
    }
  }
  return std::optional<DecodedPicture>();
}

DecodedPicture StreamDecoder::numbered(FrameHandle frame) {
  const bool isKnown = frame->pts >= 0 && frame->pts < std::int64_t(fed_);
  const std::uint32_t ordinal = isKnown ? std::uint32_t(frame->pts) : fed_ - 1;
  repeat_ = lastPacket_ == ordinal ? repeat_ + 1 : 0;
  lastPacket_ = ordinal;
  if (frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0) ++damaged_;
  return {std::move(frame), ordinal, repeat_};
}

Status StreamDecoder::feed() {
  if (draining_) return {};
  auto ordinal = reader_.next(packet_.get());
  if (!ordinal) return ordinal.error();
  if (!*ordinal) {
    draining_ = true;
    avcodec_send_packet(codec_.get(), nullptr);
    return {};
  }
  fed_ = **ordinal + 1;
  if (packet_->size == 0) return {};  // "nothing new to show"; to the decoder it would mean the end
  // Decoders carry this number along to the picture but never look at it. The ordinal, unlike a time, is always there,
  // is unique, and is the same after a seek.
  packet_->pts = **ordinal;
  if (avcodec_send_packet(codec_.get(), packet_.get()) < 0) ++damaged_;  // it gives no picture; the next ones may
  av_packet_unref(packet_.get());
  return {};
}

}  // namespace fiducial::media::video
