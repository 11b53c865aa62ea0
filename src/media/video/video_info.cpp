#include "video/video_info.h"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>

namespace fiducial::media::video {
namespace {

Rational rationalOf(AVRational value) { return {value.num, value.den}; }

const std::int32_t* displayMatrix(const AVStream* stream) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
  const AVCodecParameters* p = stream->codecpar;
  const AVPacketSideData* side =
      av_packet_side_data_get(p->coded_side_data, p->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  return side != nullptr ? reinterpret_cast<const std::int32_t*>(side->data) : nullptr;
#else
  return reinterpret_cast<const std::int32_t*>(av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
#endif
}

int rotationOf(const AVStream* stream) {
  const std::int32_t* matrix = displayMatrix(stream);
  if (matrix == nullptr) return 0;
  const double counterClockwise = av_display_rotation_get(matrix);
  if (std::isnan(counterClockwise)) return 0;
  const int quarters = int(std::lround(-counterClockwise / 90.0));
  return ((quarters % 4) + 4) % 4 * 90;
}

bool isMirrored(const AVStream* stream) {
  const std::int32_t* m = displayMatrix(stream);
  if (m == nullptr) return false;
  return double(m[0]) * double(m[4]) - double(m[1]) * double(m[3]) < 0;
}

/// Rates of whole milliseconds (Matroska) wobble by a tick; that is not a variable rate.
bool isVariable(const PictureTable& pictures) {
  const int count = pictures.count();
  if (count < 3) return false;
  const double mean = double(pictures[count - 1].pts - pictures[0].pts) / (count - 1);
  for (int n = 1; n < count; ++n) {
    const double step = double(pictures[n].pts - pictures[n - 1].pts);
    if (std::abs(step - mean) > std::max(1.0, 0.01 * mean)) return true;
  }
  return false;
}

double statedRate(const AVStream* stream) {
  const AVRational rate = stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
  return rate.den > 0 ? av_q2d(rate) : 0.0;
}

void describeTime(const VideoInput& input, const VideoIndex& index, MediumInfo& info) {
  const PictureTable& pictures = index.pictures;
  const double tick = info.timeBase.toDouble();
  const double span = double(pictures[pictures.count() - 1].pts - pictures[0].pts);
  info.variableRate = isVariable(pictures);
  const double measured = span > 0 ? (pictures.count() - 1) / (span * tick) : 0;
  info.frameRate = statedRate(input.stream());
  if (info.frameRate <= 0 || (measured > 0 && std::abs(info.frameRate / measured - 1) > 0.02))
    info.frameRate = measured;
  const double mean = pictures.count() > 1 ? span / (pictures.count() - 1)
                      : info.frameRate > 0 ? 1 / (info.frameRate * tick)
                                           : 0;
  const double last = index.packets.lastDuration > 0 ? double(index.packets.lastDuration) : mean;
  info.durationSeconds = (span + last) * tick;
}

void addWarnings(const VideoInput& input, const VideoIndex& index, MediumInfo& info) {
  const auto found = std::int64_t(index.packets.packets.size());
  if (index.packets.endsEarly && index.packets.announced > found) {
    info.warnings.push_back("the file ends early: " + std::to_string(found) + " of " +
                            std::to_string(index.packets.announced) + " pictures are there");
  } else if (index.packets.endsEarly) {
    info.warnings.push_back("the file is damaged after picture " + std::to_string(info.frames - 1) +
                            "; it plays up to there");
  }
  if (index.damaged > 0) {
    info.warnings.push_back("some pictures are damaged (the decoder complained " + std::to_string(index.damaged) +
                            " times)");
  }
  if (isMirrored(input.stream()))
    info.warnings.push_back("the file asks to be shown mirrored; it is shown as recorded");
}

MediumInfo describeStream(const VideoInput& input) {
  const AVStream* stream = input.stream();
  const AVCodecParameters* p = stream->codecpar;
  MediumInfo info;
  info.kind = MediumKind::Video;
  info.format = input.context()->iformat->name;
  info.codec = avcodec_get_name(p->codec_id);
  info.timeBase = rationalOf(stream->time_base);
  const AVRational aspect = av_guess_sample_aspect_ratio(input.context(), const_cast<AVStream*>(stream), nullptr);
  if (aspect.num > 0 && aspect.den > 0) info.sampleAspect = rationalOf(aspect);
  const Presentation presentation = presentationOf(input);
  info.rotation = presentation.rotation;
  const bool onItsSide = info.rotation % 180 != 0;
  info.columns = onItsSide ? p->height : p->width;
  info.rows = onItsSide ? p->width : p->height;
  if (onItsSide) std::swap(info.sampleAspect.num, info.sampleAspect.den);
  info.components = presentation.gray ? 1 : 3;
  const AVCodecDescriptor* codec = avcodec_descriptor_get(p->codec_id);
  info.lossy = codec != nullptr && (codec->props & AV_CODEC_PROP_LOSSLESS) == 0;
  return info;
}

}  // namespace

Presentation presentationOf(const VideoInput& input) {
  const AVCodecParameters* p = input.stream()->codecpar;
  return {{p->width, p->height}, rotationOf(input.stream()), isGray(p->format)};
}

MediumInfo describeVideo(const VideoInput& input, const VideoIndex& index) {
  MediumInfo info = describeStream(input);
  info.frames = index.pictures.count();
  info.framesProvisional = !index.pictures.isConfirmed();
  describeTime(input, index, info);
  addWarnings(input, index, info);
  return info;
}

MediumInfo describeUnread(const VideoInput& input) {
  MediumInfo info = describeStream(input);
  const AVStream* stream = input.stream();
  info.frameRate = statedRate(stream);
  info.durationSeconds = stream->duration > 0            ? double(stream->duration) * av_q2d(stream->time_base)
                         : input.context()->duration > 0 ? double(input.context()->duration) / AV_TIME_BASE
                                                         : 0;
  info.frames = int(stream->nb_frames > 0 ? stream->nb_frames : std::llround(info.durationSeconds * info.frameRate));
  info.framesProvisional = true;
  return info;
}

}  // namespace fiducial::media::video
