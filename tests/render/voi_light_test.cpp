// Light of every window function and table against pydicom's apply_voi_lut (tests/data/dicom/make_values.py).
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "fiducial/render/picture_renderer.h"
#include "support/shared_data.h"

namespace fiducial::render {
namespace {

template <class T>
ScalarBuffer rowOf(const std::vector<int>& stored, ScalarType type) {
  const auto count = static_cast<int>(stored.size());
  auto bytes = std::make_shared<std::byte[]>(stored.size() * sizeof(T));
  ScalarBuffer row(type, 1, {count, 1, 1}, bytes);
  for (std::size_t n = 0; n < stored.size(); ++n) row.mutableValues<T>()[n] = static_cast<T>(stored[n]);
  return row;
}

std::vector<int> lightOf(const ScalarBuffer& row, const Tone& tone) {
  const PictureView view{.values = row, .axes = {}, .step = 0, .tone = tone, .interpolation = Interpolation::Nearest};
  const ImageSize size{row.size().columns, 1};
  Raster raster;
  raster.resize(size.columns, 1);
  renderPicture(view, ViewTransform::fitted({}, size, 1, size.columns, 1), raster);
  std::vector<int> light;
  for (const std::uint32_t pixel : raster.pixels) light.push_back(static_cast<int>(pixel & 0xFFU));
  return light;
}

WindowLevel windowOf(const nlohmann::json& row) {
  WindowLevel window;
  const std::string function = row["function"];
  if (function == "TABLE") {
    window.function = VoiFunction::Table;
    window.table = std::make_shared<const VoiTable>(
        VoiTable{row["first"], row["top"], row["entries"].get<std::vector<std::uint16_t>>()});
    return window;
  }
  if (function == "LINEAR_EXACT") window.function = VoiFunction::LinearExact;
  if (function == "SIGMOID") window.function = VoiFunction::Sigmoid;
  window.center = row["center"];
  window.width = row["width"];
  return window;
}

TEST(VoiLight, OfEveryFunctionAndTableIsThatOfPydicom) {
  std::ifstream file(test::sourceFolder() / "tests/data/dicom/values.json");
  const nlohmann::json all = nlohmann::json::parse(file)["light"];
  int compared = 0;
  for (const auto& [name, expected] : all.items()) {
    const auto stored = expected["stored"].get<std::vector<int>>();
    const bool isSigned = expected["signed"] == 1;
    for (const auto& row : expected["rows"]) {
      Tone tone;
      tone.window = windowOf(row);
      tone.slope = expected["slope"];
      tone.intercept = expected["intercept"];
      const auto wanted = row["light"].get<std::vector<double>>();
      const auto compare = [&](const ScalarBuffer& values, const char* type) {
        const std::vector<int> light = lightOf(values, tone);
        Tone inverse = tone;
        inverse.inverted = true;
        const std::vector<int> dark = lightOf(values, inverse);
        for (std::size_t n = 0; n < wanted.size(); ++n) {
          // Half a step where it is rounded, and what a float leaves.
          EXPECT_NEAR(light[n], wanted[n], 0.502) << name << " " << row["name"] << " " << type << " of " << stored[n];
          EXPECT_NEAR(dark[n], 255 - wanted[n], 0.502) << name << " inverted " << type << " of " << stored[n];
          ++compared;
        }
      };
      isSigned ? compare(rowOf<std::int16_t>(stored, ScalarType::Int16), "int16")
               : compare(rowOf<std::uint16_t>(stored, ScalarType::UInt16), "uint16");
      compare(rowOf<std::int32_t>(stored, ScalarType::Int32), "int32");
    }
  }
  EXPECT_GT(compared, 500);
}

TEST(VoiLight, OfAPictureMadeSmallIsTheMeanOfTheLightNotOfTheValues) {
  // Black and white columns through a table that is white below 100: their mean is gray, whatever lies between.
  std::vector<int> stored;
  for (int n = 0; n < 16; ++n) stored.push_back(n % 2 == 0 ? 0 : 1000);
  Tone tone;
  tone.window.function = VoiFunction::Table;
  std::vector<std::uint16_t> entries(1001, 0);
  std::fill_n(entries.begin(), 100, std::uint16_t{255});
  tone.window.table = std::make_shared<const VoiTable>(VoiTable{0, 255, entries});
  const ScalarBuffer row = rowOf<std::int16_t>(stored, ScalarType::Int16);
  const PictureView view{.values = row, .axes = {}, .step = 0, .tone = tone};
  Raster raster;
  raster.resize(4, 1);
  renderPicture(view, ViewTransform::fitted({}, {16, 1}, 1, 4, 1), raster);
  EXPECT_NEAR(static_cast<int>(raster.pixels[2] & 0xFFU), 128, 1);
}

TEST(VoiLight, PaddingInARangeTakesNoPartInTheFirstWindow) {
  std::vector<int> stored(100, 50);
  std::fill_n(stored.begin(), 40, -1500);
  std::fill_n(stored.begin() + 20, 20, -1024);
  stored.back() = 150;
  const ScalarBuffer row = rowOf<std::int16_t>(stored, ScalarType::Int16);
  const WindowLevel window = percentileWindow(row, 1, 0, -1024.0, -1500.0);
  EXPECT_GE(window.center - window.width / 2, 49);
}

}  // namespace
}  // namespace fiducial::render
