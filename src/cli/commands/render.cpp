// render PATH --out F.png: one frame as the canvas shows it, upright, windowed, with square pixels.
#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>

#include "all.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "fiducial/media/write_image.h"
#include "fiducial/render/picture_renderer.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "opened_medium.h"

namespace fiducial::cli {
namespace {

constexpr int kLargestSide = 16384;

struct Arguments {
  std::filesystem::path path;
  int medium = 0;
  std::optional<int> frame;
  std::string plane;
  std::string window;
  std::string size;
  std::filesystem::path out;
};
/// What is drawn, and how its pixels lie.
struct Picture {
  render::PictureView view;
  ImageSize size;
  double pixelAspect = 1;
  MediumInfo info;
};

// "A,B" or "AxB".
std::optional<std::pair<double, double>> twoNumbers(const std::string& text, char separator) {
  const std::size_t at = text.find(separator, 1);
  if (at == std::string::npos) return std::nullopt;
  const char* end = text.data() + text.size();
  std::pair<double, double> numbers;
  const auto first = std::from_chars(text.data(), text.data() + at, numbers.first);
  const auto second = std::from_chars(text.data() + at + 1, end, numbers.second);
  const bool whole =
      first.ec == std::errc() && first.ptr == text.data() + at && second.ec == std::errc() && second.ptr == end;
  if (!whole || !std::isfinite(numbers.first) || !std::isfinite(numbers.second)) return std::nullopt;
  return numbers;
}

render::Plane planeOf(const std::string& name) {
  if (name == "axial") return render::Plane::Axial;
  if (name == "sagittal") return render::Plane::Sagittal;
  return name == "coronal" ? render::Plane::Coronal : render::Plane::Stored;
}

double aspectOf(const MediumInfo& info, const render::PlaneAxes& axes) {
  if (info.hasGeometry) {
    const auto spacing = render::pixelSpacingMm(axes, info.affine);
    return spacing[0] > 0 && spacing[1] > 0 ? spacing[1] / spacing[0] : 1;
  }
  const auto along = [&](int axis) {
    const auto i = static_cast<std::size_t>(axis);
    return i < info.spacing.size() && info.spacing[i] > 0 ? info.spacing[i] : 0;
  };
  if (along(axes.axisX) > 0 && along(axes.axisY) > 0) return along(axes.axisY) / along(axes.axisX);
  const double sample = info.sampleAspect.toDouble();
  return sample > 0 ? 1 / sample : 1;
}

Result<Picture> volumePicture(const media::MediumLocation& location, const Arguments& arguments, Context& context) {
  auto source = media::openVolume(location);
  if (!source) return source.error();
  media::LoadOptions options;
  options.progress = context.console.progress();
  auto loaded = (*source)->load(options, context.stop);
  if (!loaded) return loaded.error();
  for (const std::string& warning : loaded->warnings) context.console.warn(warning);
  Picture picture;
  picture.info = loaded->volume->info();
  picture.view.values = loaded->volume->values();
  picture.view.axes = render::planeAxesFor(picture.info.affine, picture.info.hasGeometry, planeOf(arguments.plane));
  const int steps = render::stepCount(picture.view.axes, picture.view.values.size());
  picture.view.step = arguments.frame.value_or(steps / 2);
  if (picture.view.step < 0 || picture.view.step >= steps) {
    return Error{ErrorCode::OutOfRange, "there is no slice " + std::to_string(picture.view.step) + " in this plane",
                 arguments.path.string(), "they are numbered 0 to " + std::to_string(steps - 1)};
  }
  return picture;
}

Result<Picture> framePicture(const media::MediumLocation& location, const Arguments& arguments, Context& context) {
  auto source = media::openFrames(location, {}, context.stop);
  if (!source) return source.error();
  auto frame = (*source)->frame(arguments.frame.value_or(0), context.stop);
  if (!frame) return frame.error();
  Picture picture;
  picture.info = (*source)->info();
  picture.view.values = (*frame)->pixels;
  picture.view.axes = render::planeAxesFor(picture.info.affine, picture.info.hasGeometry, render::Plane::Stored);
  return picture;
}

Result<Picture> pictureOf(const media::MediumLocation& location, const Arguments& arguments, Context& context) {
  const bool isVolume = location.info.kind == MediumKind::Volume;
  if (!isVolume && !arguments.plane.empty()) {
    return Error{
        ErrorCode::Invalid, "only a volume has other planes than that of its frames", arguments.path.string(), {}};
  }
  auto picture = isVolume ? volumePicture(location, arguments, context) : framePicture(location, arguments, context);
  if (!picture) return picture;
  picture->view.tone = render::defaultTone(picture->info, picture->view.values);
  picture->size = render::pictureSize(picture->view.axes, picture->view.values.size());
  picture->pixelAspect = aspectOf(picture->info, picture->view.axes);
  return picture;
}

// The smallest size in which no pixel is lost: the finer of the two spacings is kept.
ImageSize naturalSize(const Picture& picture) {
  double width = picture.size.columns;
  double height = picture.size.rows;
  (picture.pixelAspect >= 1 ? height : width) *=
      picture.pixelAspect >= 1 ? picture.pixelAspect : 1 / picture.pixelAspect;
  if (picture.view.axes.transpose) std::swap(width, height);
  const auto side = [](double length) { return std::clamp(static_cast<int>(std::lround(length)), 1, kLargestSide); };
  return {side(width), side(height)};
}

Status write(const std::filesystem::path& path, const render::Raster& raster) {
  auto rgb = runtime::allocateScalars(ScalarType::UInt8, 3, {raster.width, raster.height, 1});
  if (!rgb) return rgb.error();
  const auto to = rgb->mutableValues<std::uint8_t>();
  for (std::size_t i = 0; i < raster.pixels.size(); ++i) {
    to[i * 3] = static_cast<std::uint8_t>(raster.pixels[i] >> 16);
    to[i * 3 + 1] = static_cast<std::uint8_t>(raster.pixels[i] >> 8);
    to[i * 3 + 2] = static_cast<std::uint8_t>(raster.pixels[i]);
  }
  return media::writePng(path, *rgb);
}

ExitStatus renderFrame(const Arguments& arguments, Context& context) {
  const auto window = twoNumbers(arguments.window, ',');
  if (!arguments.window.empty() && (!window || window->second <= 0)) {
    return context.console.misuse("--window takes CENTER,WIDTH, the width above 0");
  }
  const auto asked = twoNumbers(arguments.size, 'x');
  const auto isSide = [](double side) { return side >= 1 && side <= kLargestSide && std::floor(side) == side; };
  if (!arguments.size.empty() && (!asked || !isSide(asked->first) || !isSide(asked->second))) {
    return context.console.misuse("--size takes WIDTHxHEIGHT, whole numbers from 1 to 16384");
  }
  const auto location = mediumAt(arguments.path, arguments.medium, context.console, context.stop);
  if (!location) return context.console.fail(location.error());
  auto picture = pictureOf(*location, arguments, context);
  if (!picture) return context.console.fail(picture.error());
  if (window) picture->view.tone.window = {window->first, window->second, {}};
  ImageSize size = naturalSize(*picture);
  if (asked) size = {static_cast<int>(asked->first), static_cast<int>(asked->second)};
  render::Raster raster;
  raster.resize(size.columns, size.rows);
  const auto transform =
      render::ViewTransform::fitted(picture->view.axes, picture->size, picture->pixelAspect, size.columns, size.rows);
  render::renderPicture(picture->view, transform, raster);
  if (const auto status = write(arguments.out, raster); !status) return context.console.fail(status.error());
  return ExitStatus::Done;
}

}  // namespace

Action defineRender(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PATH", arguments->path, "a file or folder")->required();
  app.add_option("--medium", arguments->medium, "its index in `inspect`, where PATH holds several");
  app.add_option("--frame", arguments->frame, "frame or slice, from 0 (the middle slice, the first frame)");
  app.add_option("--plane", arguments->plane, "of a volume; else as it is stored")
      ->check(CLI::IsMember({"axial", "sagittal", "coronal"}));
  app.add_option("--window", arguments->window, "CENTER,WIDTH in output units");
  app.add_option("--size", arguments->size, "WIDTHxHEIGHT of the PNG");
  app.add_option("--out", arguments->out, "the PNG to write")->required();
  return [arguments](Context& context) { return renderFrame(*arguments, context); };
}

}  // namespace fiducial::cli
