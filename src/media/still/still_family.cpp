#include "still_family.h"

#include <algorithm>
#include <mutex>

#include "../file_bytes.h"
#include "fiducial/media/given_spacing.h"
#include "still_formats.h"

namespace fiducial::media {
namespace {

using still::PictureHeader;
using still::StillFormat;

const StillFormat* surestFormat(const FileHead& head, Certainty& certainty) {
  const StillFormat* surest = nullptr;
  certainty = Certainty::No;
  for (const StillFormat& format : still::stillFormats()) {
    const Certainty now = format.sniff(head);
    if (now <= certainty) continue;
    certainty = now;
    surest = &format;
  }
  return surest;
}

Certainty sniff(const FileHead& head) {
  Certainty certainty{};
  surestFormat(head, certainty);
  return certainty;
}

MediumInfo infoOf(const StillFormat& format, const PictureHeader& header) {
  MediumInfo info;
  // Pages of one size are a stack of slices, whose distance nobody knows.
  info.kind = header.pages > 1 ? MediumKind::Volume : MediumKind::Image;
  info.format = std::string(format.name);
  info.columns = header.orientation >= 5 ? header.rows : header.columns;
  info.rows = header.orientation >= 5 ? header.columns : header.rows;
  info.frames = header.pages;
  info.components = header.components;
  info.scalar = header.scalar;
  info.lossy = header.lossy;
  info.inverted = header.inverted;
  info.warnings = header.warnings;
  if (header.mmPerPixelX > 0 && header.mmPerPixelY > 0) {
    const bool isTurned = header.orientation >= 5;
    info.spacing = {isTurned ? header.mmPerPixelY : header.mmPerPixelX,
                    isTurned ? header.mmPerPixelX : header.mmPerPixelY};
    if (header.pages > 1) info.spacing.push_back(header.mmPerPage > 0 ? header.mmPerPage : 1);
    const double slice = info.spacing.size() > 2 ? info.spacing[2] : 1;
    info.affine = Affine({{{info.spacing[0], 0, 0, 0}, {0, info.spacing[1], 0, 0}, {0, 0, slice, 0}, {0, 0, 0, 1}}});
    info.extras.calibration.source = CalibrationSource::Declared;
  }
  static constexpr int kTurned[] = {0, 0, 180, 180, 90, 90, 270, 270};  // clockwise; the mirrored ones as near
  info.rotation = kTurned[std::clamp(header.orientation, 1, 8) - 1];
  if (header.pages > 1 && info.spacing.empty()) {
    info.warnings.emplace_back("uncalibrated: a stack of pages without spacing; distances are in pixels");
  } else if (header.pages > 1 && !(header.mmPerPage > 0)) {
    info.warnings.emplace_back("the file does not say how far its pages are apart; 1 mm is taken");
  }
  return info;
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool, std::stop_token) {
  Certainty certainty{};
  const StillFormat* format = surestFormat(head, certainty);
  if (format == nullptr) return Error{ErrorCode::NotMedia, "this is not a picture", head.path.string(), ""};
  auto header = format->header(head.path, head.sizeBytes);
  if (!header) return header.error();
  auto own = std::make_shared<OwnMedia>();
  own->media.push_back({head.path.stem().string(), {infoOf(*format, *header), head.path, {head.path}}});
  return std::shared_ptr<const Examined>(std::move(own));
}

bool opens(const MediumInfo& info) {
  return info.kind != MediumKind::Video && still::findStillFormat(info.format) != nullptr;
}

class StillFrames final : public FrameSource {
 public:
  /// `spacing`: as given by the user for this medium; empty where the file's own holds.
  StillFrames(const StillFormat& format, PictureHeader header, std::filesystem::path path, std::vector<double> spacing)
      : format_(format), header_(std::move(header)), path_(std::move(path)), info_(infoOf(format_, header_)) {
    if (!info_.spacing.empty() || spacing.size() < 2) return;
    const Status given = giveSpacing(info_, {spacing[0], spacing[1], spacing.size() > 2 ? spacing[2] : 1.0});
    if (!given) info_.warnings.push_back(given.error().message);
  }
  const MediumInfo& info() const override { return info_; }
  int frameCount() const override { return info_.frames; }
  Timestamp pts(int n) const override { return n; }
  bool isCached(int) const override { return false; }
  Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token stop, FrameOptions options) override;

 private:
  const StillFormat& format_;
  PictureHeader header_;
  std::filesystem::path path_;
  MediumInfo info_;
  std::mutex mutex_;
};

Result<std::shared_ptr<const Frame>> StillFrames::frame(int n, std::stop_token stop, FrameOptions) {
  if (n < 0 || n >= info_.frames) {
    return Error{ErrorCode::OutOfRange,
                 "there is no page " + std::to_string(n) + "; it has " + std::to_string(info_.frames), path_.string(),
                 ""};
  }
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "it was stopped", path_.string(), ""};
  const std::lock_guard lock(mutex_);
  auto stored = format_.decode(path_, n, header_);
  if (!stored) return stored.error();
  auto picture = still::upright(*stored, header_.orientation);
  if (!picture) return picture.error();
  auto frame = std::make_shared<Frame>();
  frame->index = n;
  frame->pts = n;
  frame->pixels = std::move(*picture);
  return std::shared_ptr<const Frame>(std::move(frame));
}

Result<std::unique_ptr<FrameSource>> open(const MediumLocation& location, std::span<const std::byte>, std::stop_token,
                                          const runtime::Progress&) {
  const std::filesystem::path& path = location.files.front();
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  const StillFormat* format = still::findStillFormat(location.info.format);
  auto header = format->header(path, file->sizeBytes());
  if (!header) return header.error();
  return std::unique_ptr<FrameSource>(
      std::make_unique<StillFrames>(*format, std::move(*header), path, location.info.spacing));
}

}  // namespace

const Family& stillFamily() {
  static const Family family{.name = "still", .sniff = sniff, .examine = examine, .opens = opens, .openFrames = open};
  return family;
}

}  // namespace fiducial::media
