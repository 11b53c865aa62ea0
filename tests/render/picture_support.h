// Small pictures for the renderer's tests, made from lists of numbers.
#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "fiducial/render/picture_renderer.h"

namespace fiducial::render {

template <class T>
ScalarBuffer bufferOf(const std::vector<T>& values, VolumeSize size, int components = 1) {
  auto bytes = std::shared_ptr<std::byte[]>(new std::byte[values.size() * sizeof(T)]);
  std::memcpy(bytes.get(), values.data(), values.size() * sizeof(T));
  return {scalarTypeOf<T>(), components, size, bytes};
}

/// 0..255 as they are.
inline Tone plainTone() {
  Tone tone;
  tone.window = {128, 256, {}};
  return tone;
}

/// One picture pixel on one screen pixel, top left at (x, y).
inline ViewTransform oneToOne(ImageSize picture, double x = 0, double y = 0, PlaneAxes axes = {}) {
  return {axes, picture, 1, 1, {x, y}, {0, 0}};
}

inline Raster rasterOf(int width, int height, std::uint32_t color = 0xFF123456U) {
  Raster raster;
  raster.resize(width, height);
  std::ranges::fill(raster.pixels, color);
  return raster;
}

inline std::uint32_t gray(int value) { return 0xFF000000U | static_cast<std::uint32_t>(value) * 0x010101U; }
/// The blue channel of every pixel: the gray of a gray picture.
inline std::vector<int> grays(const Raster& raster) {
  std::vector<int> values;
  for (const std::uint32_t pixel : raster.pixels) values.push_back(static_cast<int>(pixel & 0xFF));
  return values;
}

}  // namespace fiducial::render
