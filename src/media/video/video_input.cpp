#include "video/video_input.h"

extern "C" {
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <vector>

#include "fiducial/runtime/content_hash.h"
#include "file_bytes.h"
#include "video/ffmpeg_library.h"

namespace fiducial::media::video {
namespace {

// Containers only: no playlists, no still pictures, no text, nothing that opens further files.
constexpr const char* kContainers =
    "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,ogg,h264,hevc,m4v,h263,ivf,obu,mxf,gxf,nut,yuv4mpegpipe,"
    "dv,"
    "rm,vc1,wtv";
constexpr int kReaderBytes = 1 << 16;
constexpr std::int64_t kSampleBytes = 1 << 16;

void silenceLog() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_level(AV_LOG_QUIET); });  // what matters comes back as an Error or a warning
}

bool isAttachedPicture(const AVStream* stream) { return (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0; }

bool hasIndexAtTheEnd(const std::filesystem::path& path) {
  std::array<std::byte, 12> head{};
  auto file = FileBytes::open(path);
  if (!file || !file->read(0, head)) return false;
  return std::memcmp(head.data() + 4, "ftyp", 4) == 0;
}

}  // namespace

std::int64_t VideoBytes::sizeBytes() const {
  if (inMemory()) return std::int64_t(memory.size());
  std::error_code code;
  const auto size = std::filesystem::file_size(path, code);
  return code ? 0 : std::int64_t(size);
}

Result<std::string> VideoBytes::sampleHash() const {
  const std::int64_t size = sizeBytes();
  runtime::ContentHash hash;
  hash.update(std::to_string(size));
  std::vector<std::byte> sample(std::size_t(std::min(size, kSampleBytes)));
  for (const std::int64_t at :
       {std::int64_t{0}, (size - std::int64_t(sample.size())) / 2, size - std::int64_t(sample.size())}) {
    if (inMemory()) {
      hash.update(memory.subspan(std::size_t(at), sample.size()));
      continue;
    }
    auto file = FileBytes::open(path);
    if (!file) return file.error();
    auto got = file->read(at, sample);
    if (!got) return got.error();
    hash.update(std::span(sample).first(*got));
  }
  return hash.hex();
}

Result<std::unique_ptr<VideoInput>> VideoInput::open(VideoBytes bytes, std::stop_token stop) {
  if (auto loaded = loadFfmpeg(); !loaded) return loaded.error();
  silenceLog();
  std::unique_ptr<VideoInput> input(new VideoInput(std::move(bytes)));
  input->stopWith(std::move(stop));
  if (auto opened = input->openDemuxer(); !opened) return opened.error();
  return input;
}

VideoInput::~VideoInput() { close(); }

void VideoInput::close() {
  if (context_ != nullptr) avformat_close_input(&context_);
  if (memoryReader_ != nullptr) {
    av_freep(&memoryReader_->buffer);
    avio_context_free(&memoryReader_);
  }
  stream_ = nullptr;
}

Status VideoInput::reopen() {
  close();
  return openDemuxer();
}

Status VideoInput::openDemuxer() {
  if (auto opened = openContainer(); !opened) return opened;
  const int averror = avformat_find_stream_info(context_, nullptr);
  if (averror < 0) return refused(averror);
  return chooseStream();
}

Status VideoInput::openContainer() {
  context_ = avformat_alloc_context();
  if (context_ == nullptr)
    return Error{ErrorCode::TooLarge, "there is not enough memory to open it", bytes_.path.string(), ""};
  context_->interrupt_callback = {&VideoInput::interrupted, this};
  if (bytes_.inMemory()) {
    memoryAt_ = 0;
    auto* buffer = static_cast<unsigned char*>(av_malloc(kReaderBytes));
    memoryReader_ =
        avio_alloc_context(buffer, kReaderBytes, 0, this, &VideoInput::readMemory, nullptr, &VideoInput::seekMemory);
    context_->pb = memoryReader_;
  }
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", kContainers, 0);
  av_dict_set(&options, "protocol_whitelist", "file", 0);
  const std::string url = bytes_.inMemory() ? std::string() : "file:" + bytes_.path.string();
  const int averror = avformat_open_input(&context_, url.c_str(), nullptr, &options);  // frees context_ where it fails
  av_dict_free(&options);
  if (averror < 0) return refused(averror);
  return {};
}

Status VideoInput::chooseStream() {
  const int chosen = av_find_best_stream(context_, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (chosen < 0 || isAttachedPicture(context_->streams[chosen])) {
    return Error{ErrorCode::NotMedia, "there is no video in it, only sound or other data", bytes_.path.string(), ""};
  }
  stream_ = context_->streams[chosen];
  for (unsigned n = 0; n < context_->nb_streams; ++n) {
    if (int(n) != chosen) context_->streams[n]->discard = AVDISCARD_ALL;
  }
  if (avcodec_find_decoder(stream_->codecpar->codec_id) == nullptr) {
    return Error{
        ErrorCode::Unsupported,
        std::string("there is no decoder for its pictures (") + avcodec_get_name(stream_->codecpar->codec_id) + ")",
        bytes_.path.string(), "convert it to H.264"};
  }
  return {};
}

Error VideoInput::refused(int averror) const {
  const std::string path = bytes_.path.string();
  const bool isCancelled = averror == AVERROR_EXIT || stop_.stop_requested();
  if (isCancelled) return {ErrorCode::Cancelled, "opening was stopped", path, ""};
  if (averror == AVERROR(ENOENT)) return {ErrorCode::NotFound, "there is no such file", path, "check the path"};
  if (averror == AVERROR(EACCES))
    return {ErrorCode::Unreadable, "you may not read it", path, "ask its owner for access"};
  if (bytes_.sizeBytes() == 0) return {ErrorCode::Damaged, "the file is empty", path, "copy it again from its source"};
  if (averror == AVERROR_INVALIDDATA && !bytes_.inMemory() && hasIndexAtTheEnd(bytes_.path)) {
    return {ErrorCode::Damaged, "its index is missing or broken: the recording was cut off, or is still being written",
            path, "copy it again from its source, or repair it with the recorder's software"};
  }
  // EINVAL: a format FFmpeg knows, but none of ours (sound, pictures, playlists).
  if (averror == AVERROR_INVALIDDATA || averror == AVERROR_EOF || averror == AVERROR(EINVAL)) {
    return {ErrorCode::NotMedia, "its bytes are not those of a video, or are too damaged to recognise", path,
            "copy it again from its source"};
  }
  return {ErrorCode::Unreadable, "it cannot be read: " + textOf(averror), path, ""};
}

Result<bool> VideoInput::read(AVPacket* packet) {
  for (;;) {
    av_packet_unref(packet);
    const int averror = av_read_frame(context_, packet);
    if (averror == AVERROR_EOF) return false;
    if (averror == AVERROR_EXIT || stop_.stop_requested()) {
      return Error{ErrorCode::Cancelled, "reading was stopped", bytes_.path.string(), ""};
    }
    if (averror == AVERROR(EAGAIN)) continue;
    if (averror < 0) return Error{ErrorCode::Damaged, textOf(averror), bytes_.path.string(), ""};
    if (packet->stream_index == stream_->index) return true;
  }
}

int VideoInput::interrupted(void* self) { return static_cast<VideoInput*>(self)->stop_.stop_requested() ? 1 : 0; }

int VideoInput::readMemory(void* self, std::uint8_t* into, int size) {
  auto* input = static_cast<VideoInput*>(self);
  const auto all = std::int64_t(input->bytes_.memory.size());
  const std::int64_t count = std::min<std::int64_t>(size, all - input->memoryAt_);
  if (count <= 0) return AVERROR_EOF;
  std::memcpy(into, input->bytes_.memory.data() + input->memoryAt_, std::size_t(count));
  input->memoryAt_ += count;
  return int(count);
}

std::int64_t VideoInput::seekMemory(void* self, std::int64_t offset, int whence) {
  auto* input = static_cast<VideoInput*>(self);
  const auto all = std::int64_t(input->bytes_.memory.size());
  if (whence == AVSEEK_SIZE) return all;
  const std::int64_t base = (whence & ~AVSEEK_FORCE) == SEEK_CUR   ? input->memoryAt_
                            : (whence & ~AVSEEK_FORCE) == SEEK_END ? all
                                                                   : 0;
  if (base + offset < 0 || base + offset > all) return AVERROR(EINVAL);
  return input->memoryAt_ = base + offset;
}

}  // namespace fiducial::media::video
