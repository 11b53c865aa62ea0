#include "video/ffmpeg_library.h"

#include <dlfcn.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

// library, result, name, parameters, arguments
// clang-format off
#define FIDUCIAL_FFMPEG_FUNCTIONS(F) \
  F(Util, AVBufferRef*, av_buffer_create, (std::uint8_t* data, std::size_t size, void (*release)(void*, std::uint8_t*), void* owner, int flags), (data, size, release, owner, flags)) \
  F(Util, void, av_dict_free, (AVDictionary** all), (all)) \
  F(Util, int, av_dict_set, (AVDictionary** all, const char* key, const char* value, int flags), (all, key, value, flags)) \
  F(Util, double, av_display_rotation_get, (const std::int32_t* matrix), (matrix)) \
  F(Format, int, av_find_best_stream, (AVFormatContext* context, AVMediaType type, int wanted, int related, const AVCodec** decoder, int flags), (context, type, wanted, related, decoder, flags)) \
  F(Util, AVFrame*, av_frame_alloc, (), ()) \
  F(Util, void, av_frame_free, (AVFrame** frame), (frame)) \
  F(Util, void, av_freep, (void* pointer), (pointer)) \
  F(Util, const char*, av_get_pix_fmt_name, (AVPixelFormat format), (format)) \
  F(Format, AVRational, av_guess_sample_aspect_ratio, (AVFormatContext* context, AVStream* stream, AVFrame* frame), (context, stream, frame)) \
  F(Util, int, av_image_fill_linesizes, (int* sizes, AVPixelFormat format, int width), (sizes, format, width)) \
  F(Util, int, av_image_fill_plane_sizes, (std::size_t* sizes, AVPixelFormat format, int height, const std::ptrdiff_t* lines), (sizes, format, height, lines)) \
  F(Util, int, av_image_get_linesize, (AVPixelFormat format, int width, int plane), (format, width, plane)) \
  F(Util, void, av_log_set_level, (int level), (level)) \
  F(Util, void*, av_malloc, (std::size_t size), (size)) \
  F(Codec, AVPacket*, av_packet_alloc, (), ()) \
  F(Codec, void, av_packet_free, (AVPacket** packet), (packet)) \
  F(Codec, void, av_packet_move_ref, (AVPacket* into, AVPacket* from), (into, from)) \
  F(Codec, void, av_packet_unref, (AVPacket* packet), (packet)) \
  F(Util, int, av_pix_fmt_count_planes, (AVPixelFormat format), (format)) \
  F(Util, const AVPixFmtDescriptor*, av_pix_fmt_desc_get, (AVPixelFormat format), (format)) \
  F(Format, int, av_read_frame, (AVFormatContext* context, AVPacket* packet), (context, packet)) \
  F(Format, int, av_seek_frame, (AVFormatContext* context, int stream, std::int64_t time, int flags), (context, stream, time, flags)) \
  F(Util, int, av_strerror, (int number, char* text, std::size_t size), (number, text, size)) \
  F(Codec, void, avcodec_align_dimensions2, (AVCodecContext* context, int* width, int* height, int* alignments), (context, width, height, alignments)) \
  F(Codec, AVCodecContext*, avcodec_alloc_context3, (const AVCodec* codec), (codec)) \
  F(Codec, int, avcodec_default_get_buffer2, (AVCodecContext* context, AVFrame* frame, int flags), (context, frame, flags)) \
  F(Codec, const AVCodecDescriptor*, avcodec_descriptor_get, (AVCodecID id), (id)) \
  F(Codec, const AVCodec*, avcodec_find_decoder, (AVCodecID id), (id)) \
  F(Codec, void, avcodec_flush_buffers, (AVCodecContext* context), (context)) \
  F(Codec, void, avcodec_free_context, (AVCodecContext** context), (context)) \
  F(Codec, const char*, avcodec_get_name, (AVCodecID id), (id)) \
  F(Codec, int, avcodec_open2, (AVCodecContext* context, const AVCodec* codec, AVDictionary** options), (context, codec, options)) \
  F(Codec, int, avcodec_parameters_to_context, (AVCodecContext* context, const AVCodecParameters* parameters), (context, parameters)) \
  F(Codec, int, avcodec_receive_frame, (AVCodecContext* context, AVFrame* frame), (context, frame)) \
  F(Codec, int, avcodec_send_packet, (AVCodecContext* context, const AVPacket* packet), (context, packet)) \
  F(Format, AVFormatContext*, avformat_alloc_context, (), ()) \
  F(Format, void, avformat_close_input, (AVFormatContext** context), (context)) \
  F(Format, int, avformat_find_stream_info, (AVFormatContext* context, AVDictionary** options), (context, options)) \
  F(Format, int, avformat_index_get_entries_count, (const AVStream* stream), (stream)) \
  F(Format, const AVIndexEntry*, avformat_index_get_entry, (AVStream* stream, int number), (stream, number)) \
  F(Format, int, avformat_open_input, (AVFormatContext** context, const char* url, const AVInputFormat* format, AVDictionary** options), (context, url, format, options)) \
  F(Format, AVIOContext*, avio_alloc_context, (unsigned char* buffer, int size, int writes, void* owner, int (*read)(void*, std::uint8_t*, int), int (*write)(void*, std::uint8_t*, int), std::int64_t (*seek)(void*, std::int64_t, int)), (buffer, size, writes, owner, read, write, seek)) \
  F(Format, void, avio_context_free, (AVIOContext** context), (context)) \
  F(Scale, void, sws_freeContext, (SwsContext* context), (context)) \
  F(Scale, SwsContext*, sws_getCachedContext, (SwsContext* context, int fromWidth, int fromHeight, AVPixelFormat from, int toWidth, int toHeight, AVPixelFormat to, int flags, SwsFilter* fromFilter, SwsFilter* toFilter, const double* parameters), (context, fromWidth, fromHeight, from, toWidth, toHeight, to, flags, fromFilter, toFilter, parameters)) \
  F(Scale, const int*, sws_getCoefficients, (int colourSpace), (colourSpace)) \
  F(Scale, int, sws_scale, (SwsContext* context, const std::uint8_t* const* from, const int* fromStrides, int firstRow, int rows, std::uint8_t* const* into, const int* intoStrides), (context, from, fromStrides, firstRow, rows, into, intoStrides)) \
  F(Scale, int, sws_setColorspaceDetails, (SwsContext* context, const int* inverse, int fromFull, const int* table, int toFull, int brightness, int contrast, int saturation), (context, inverse, fromFull, table, toFull, brightness, contrast, saturation))
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
#define FIDUCIAL_FFMPEG_SIDE_DATA(F) \
  F(Codec, const AVPacketSideData*, av_packet_side_data_get, (const AVPacketSideData* all, int count, AVPacketSideDataType type), (all, count, type))
#else
#define FIDUCIAL_FFMPEG_SIDE_DATA(F) \
  F(Format, std::uint8_t*, av_stream_get_side_data, (const AVStream* stream, AVPacketSideDataType type, std::size_t* size), (stream, type, size))
#endif
// clang-format on

namespace fiducial::media::video {
namespace {

enum Library : std::size_t { Util, Codec, Format, Scale };

/// By the names their packages have at run time: the version whose headers this was compiled with.
constexpr std::array kNames = {
    "libavutil.so." AV_STRINGIFY(LIBAVUTIL_VERSION_MAJOR), "libavcodec.so." AV_STRINGIFY(LIBAVCODEC_VERSION_MAJOR),
    "libavformat.so." AV_STRINGIFY(LIBAVFORMAT_VERSION_MAJOR), "libswscale.so." AV_STRINGIFY(LIBSWSCALE_VERSION_MAJOR)};

struct Functions {
#define FIDUCIAL_MEMBER(library, result, name, parameters, arguments) decltype(&::name) name = nullptr;
  FIDUCIAL_FFMPEG_FUNCTIONS(FIDUCIAL_MEMBER)
  FIDUCIAL_FFMPEG_SIDE_DATA(FIDUCIAL_MEMBER)
#undef FIDUCIAL_MEMBER
  std::string missing;  ///< the first library or function that is not there; empty where all are
};

template <class Function>
void find(void* library, const char* name, Function& function, std::string& missing) {
  function = library == nullptr ? nullptr : reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr && missing.empty()) missing = name;
}

Functions load() {
  Functions functions;
  std::array<void*, kNames.size()> libraries{};
  for (std::size_t n = 0; n < kNames.size(); ++n) {
    libraries[n] = ::dlopen(kNames[n], RTLD_LAZY | RTLD_LOCAL);  // kept until the program ends
    if (libraries[n] == nullptr && functions.missing.empty()) functions.missing = kNames[n];
  }
#define FIDUCIAL_FIND(library, result, name, parameters, arguments) \
  find(libraries[library], #name, functions.name, functions.missing);
  FIDUCIAL_FFMPEG_FUNCTIONS(FIDUCIAL_FIND)
  FIDUCIAL_FFMPEG_SIDE_DATA(FIDUCIAL_FIND)
#undef FIDUCIAL_FIND
  return functions;
}

const Functions& functions() {
  static const Functions loaded = load();
  return loaded;
}

}  // namespace

Status loadFfmpeg() {
  const std::string& missing = functions().missing;
  if (missing.empty()) return {};
  return Error{ErrorCode::Unsupported, "the libraries that read videos are not all there (" + missing + ")", "",
               "install FFmpeg " + std::string(kNames[Format]) + " and what belongs to it"};
}

}  // namespace fiducial::media::video

extern "C" {
#define FIDUCIAL_STEP(library, result, name, parameters, arguments) \
  result name parameters { return fiducial::media::video::functions().name arguments; }
FIDUCIAL_FFMPEG_FUNCTIONS(FIDUCIAL_STEP)
FIDUCIAL_FFMPEG_SIDE_DATA(FIDUCIAL_STEP)
#undef FIDUCIAL_STEP
}
