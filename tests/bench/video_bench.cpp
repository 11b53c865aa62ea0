// Video against plain libavcodec in the same run: random frames of a 1080p H.264 clip with a key frame every 250,
// steps back inside a decoded group of pictures, playing forwards, and the index pass. Ours always ends in RGBX pixels,
// libavcodec's side only decodes. The clip is $FIDUCIAL_BENCH_DATA/video/gop250.mp4, else made here with ffmpeg, once.
#include <benchmark/benchmark.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>

#include "fiducial/media/frame_source.h"

namespace {

using namespace fiducial;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::filesystem::path makeClip() {
  const auto folder = std::filesystem::temp_directory_path() / "fiducial-bench";
  const auto path = folder / "gop250.mp4";
  if (std::filesystem::exists(path)) return path;
  std::filesystem::create_directories(folder);
  const auto unfinished = folder / "unfinished.mp4";
  const std::string command =
      "ffmpeg -v error -y -f lavfi -i testsrc2=s=1920x1080:r=30,noise=alls=9:allf=t:all_seed=7 -t 30 -c:v libx264 "
      "-preset veryfast -g 250 -keyint_min 250 -sc_threshold 0 -bf 3 -b:v 6M -maxrate 8M -bufsize 16M -pix_fmt yuv420p "
      "-bitexact '" +
      unfinished.string() + "'";
  if (std::system(command.c_str()) != 0) return {};
  std::filesystem::rename(unfinished, path);
  return path;
}

std::filesystem::path clip() {
  if (const char* data = std::getenv("FIDUCIAL_BENCH_DATA")) {
    const auto path = std::filesystem::path(data) / "video" / "gop250.mp4";
    if (std::filesystem::exists(path)) return path;
  }
  static const std::filesystem::path made = makeClip();
  return made;
}

media::MediumLocation location() {
  MediumInfo info;
  info.kind = MediumKind::Video;
  info.format = "mov,mp4,m4a,3gp,3g2,mj2";
  return {info, clip(), {clip()}};
}

std::unique_ptr<media::FrameSource> openClip(benchmark::State& state) {
  auto source = clip().empty() ? Result<std::unique_ptr<media::FrameSource>>(Error{}) : media::openFrames(location());
  if (source) return std::move(*source);
  state.SkipWithError(clip().empty() ? "ffmpeg could not make the clip" : "the clip cannot be opened");
  return nullptr;
}

/// libavformat and libavcodec as they come, with as many threads as ours.
class PlainDecoder {
 public:
  PlainDecoder() {
    avformat_open_input(&format_, clip().c_str(), nullptr, nullptr);
    avformat_find_stream_info(format_, nullptr);
    stream_ = av_find_best_stream(format_, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    const AVCodecParameters* parameters = format_->streams[stream_]->codecpar;
    const AVCodec* decoder = avcodec_find_decoder(parameters->codec_id);
    codec_ = avcodec_alloc_context3(decoder);
    avcodec_parameters_to_context(codec_, parameters);
    codec_->thread_count = 2;
    avcodec_open2(codec_, decoder, nullptr);
  }
  ~PlainDecoder() {
    av_frame_free(&frame_);
    av_packet_free(&packet_);
    avcodec_free_context(&codec_);
    avformat_close_input(&format_);
  }
  PlainDecoder(const PlainDecoder&) = delete;
  PlainDecoder& operator=(const PlainDecoder&) = delete;

  void seek(std::int64_t keyPts) {
    avcodec_flush_buffers(codec_);
    av_seek_frame(format_, stream_, keyPts, AVSEEK_FLAG_BACKWARD);
  }
  /// Decodes until the picture at `pts`; false at the end.
  bool decodeTo(std::int64_t pts) {
    for (;;) {
      while (avcodec_receive_frame(codec_, frame_) >= 0) {
        if (frame_->pts >= pts) return true;
      }
      if (!feed()) return false;
    }
  }
  bool readPacket() {
    av_packet_unref(packet_);
    return av_read_frame(format_, packet_) >= 0;
  }

 private:
  bool feed() {
    do {
      if (!readPacket()) return false;
    } while (packet_->stream_index != stream_);
    return avcodec_send_packet(codec_, packet_) >= 0;
  }

  AVFormatContext* format_ = nullptr;
  AVCodecContext* codec_ = nullptr;
  AVFrame* frame_ = av_frame_alloc();
  AVPacket* packet_ = av_packet_alloc();
  int stream_ = 0;
};

void report(benchmark::State& state, double ours, double plain, double count) {
  state.counters["ours_ms"] = 1e3 * ours / count;
  state.counters["libav_ms"] = 1e3 * plain / count;
  state.counters["x_libav"] = ours / plain;
}

void randomFrame(benchmark::State& state) {
  const auto source = openClip(state);
  if (!source) return;
  PlainDecoder plain;
  std::mt19937 random(20240917);
  double ours = 0;
  double theirs = 0;
  double count = 0;
  for (auto _ : state) {
    const int n = int(random() % unsigned(source->frameCount()));
    auto start = Clock::now();
    plain.seek(source->pts(source->keyframeAtOrBefore(n)));
    plain.decodeTo(source->pts(n));
    theirs += secondsSince(start);
    start = Clock::now();
    auto frame = source->frame(n);
    const double took = secondsSince(start);
    if (!frame) return state.SkipWithError("a frame cannot be decoded");
    ours += took;
    ++count;
    state.SetIterationTime(took);
  }
  report(state, ours, theirs, count);
}
BENCHMARK(randomFrame)->Name("Video/RandomFrame")->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(30);

void stepBack(benchmark::State& state) {
  const auto source = openClip(state);
  if (!source) return;
  constexpr int kFrom = 240;
  if (!source->frame(kFrom)) return state.SkipWithError("a frame cannot be decoded");
  int n = kFrom;
  for (auto _ : state) {
    auto frame = source->frame(--n);
    benchmark::DoNotOptimize(frame);
  }
}
BENCHMARK(stepBack)
    ->Name("Video/StepBackInsideTheGroup")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(100)
    ->UseRealTime();

void playForwards(benchmark::State& state) {
  const auto source = openClip(state);
  if (!source) return;
  const int frames = std::min(source->frameCount(), 400);
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    PlainDecoder plain;
    auto start = Clock::now();
    for (int n = 0; n < frames; ++n) plain.decodeTo(source->pts(n));
    theirs += secondsSince(start);
    start = Clock::now();
    for (int n = 0; n < frames; ++n) benchmark::DoNotOptimize(source->frame(n));
    const double took = secondsSince(start);
    ours += took;
    state.SetIterationTime(took);
  }
  report(state, ours, theirs, double(state.iterations()) * frames);
}
BENCHMARK(playForwards)->Name("Video/PlayForwards")->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);

void indexPass(benchmark::State& state) {
  if (!openClip(state)) return;
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    auto start = Clock::now();
    {
      PlainDecoder plain;
      while (plain.readPacket()) continue;
    }
    theirs += secondsSince(start);
    start = Clock::now();
    benchmark::DoNotOptimize(media::openFrames(location()));
    const double took = secondsSince(start);
    ours += took;
    state.SetIterationTime(took);
  }
  report(state, ours, theirs, double(state.iterations()));
}
BENCHMARK(indexPass)->Name("Video/OpenAndIndex")->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(10);

}  // namespace
