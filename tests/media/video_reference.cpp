#include "video_reference.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
}

#include <fstream>
#include <nlohmann/json.hpp>

#include "fiducial/runtime/content_hash.h"
#include "support/shared_data.h"

namespace fiducial::test {
namespace {

std::pair<std::int64_t, std::int64_t> fraction(const std::string& text) {
  const auto slash = text.find('/');
  return {std::stoll(text.substr(0, slash)), std::stoll(text.substr(slash + 1))};
}

VideoReference reference(const std::string& file, const nlohmann::json& entry) {
  VideoReference video;
  video.file = file;
  video.container = entry.at("container");
  video.codec = entry.at("codec");
  const auto [num, den] = fraction(entry.at("time_base"));
  video.timeBase = {num, den};
  const auto [frames, seconds] = fraction(entry.at("avg_frame_rate"));
  video.averageRate = double(frames) / double(seconds);
  video.rotation = (360 - entry.at("rotation").get<int>()) % 360;  // ffprobe counts counter-clockwise
  video.uprightSize = {entry.at("size")[0], entry.at("size")[1]};
  if (video.rotation % 180 != 0) std::swap(video.uprightSize.columns, video.uprightSize.rows);
  for (const auto& pts : entry.at("pts")) {
    video.pts.push_back(pts.is_null() ? std::nullopt : std::optional<Timestamp>(pts.get<Timestamp>()));
  }
  video.keyframes = entry.at("keyframes").get<std::vector<int>>();
  video.planes = entry.at("frame_sha256_native_pix_fmt").get<std::vector<std::string>>();
  return video;
}

}  // namespace

std::vector<VideoReference> videoReferences() {
  std::vector<VideoReference> videos;
  std::ifstream in(sharedData("video/reference.json"));
  if (!in) return videos;
  const nlohmann::json all = nlohmann::json::parse(in);
  for (const auto& [file, entry] : all.items()) {
    if (entry.is_object() && entry.contains("decoded_frames")) videos.push_back(reference(file, entry));
  }
  return videos;
}

std::vector<VideoReference> codedVideoReferences() {
  std::vector<VideoReference> videos = videoReferences();
  std::erase_if(videos, [](const VideoReference& video) { return !video.file.starts_with("coded_"); });
  return videos;
}

std::string nameOfVideo(const ::testing::TestParamInfo<VideoReference>& info) {
  std::string name = info.param.file;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

void PrintTo(const VideoReference& video, std::ostream* out) { *out << video.file; }

std::string sha256OfPlanes(const AVFrame& picture) {
  const auto format = static_cast<AVPixelFormat>(picture.format);
  const int size = av_image_get_buffer_size(format, picture.width, picture.height, 1);
  std::vector<std::uint8_t> packed(static_cast<std::size_t>(size));
  av_image_copy_to_buffer(packed.data(), size, picture.data, picture.linesize, format, picture.width, picture.height,
                          1);
  return runtime::toHex(runtime::sha256(std::as_bytes(std::span(packed)))).substr(0, 16);
}

int drawnNumber(const ScalarBuffer& picture, int rotation) {
  const ImageSize size = picture.imageSize();
  const auto components = std::size_t(picture.components());
  const auto values = picture.values<std::uint8_t>();
  const auto at = [&](int x, int y) {
    const int column = rotation == 270 ? y : x;
    const int row = rotation == 270 ? size.rows - 1 - x : y;
    return values[(std::size_t(row) * std::size_t(size.columns) + std::size_t(column)) * components + 1];
  };
  int number = 0;
  for (int bit = 0; bit < 16; ++bit) {
    const int value = at(20 * bit + 10, 10);
    const int inverse = at(20 * bit + 10, 30);
    if (std::abs(value - inverse) < 64) return -1;
    number = number * 2 + (value > inverse ? 1 : 0);
  }
  return number;
}

}  // namespace fiducial::test
