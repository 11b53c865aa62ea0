#include "pixel_rows.h"

#include <cstddef>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

namespace fiducial::render {
namespace {

constexpr std::uint32_t kOpaque = 0xFF000000U;

// One colour pixel in one register: the vector types of GCC and Clang. Four pixels are packed to bytes at a time where
// the machine has SSE2 (every x86-64); its bytes in memory, blue first, are 0xAARRGGBB.
using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));
#if defined(__SSE2__)
using WholeLight = __m128i;
#else
using WholeLight = Int4;
#endif

Float4 load(const float* floats) {
  Float4 four;
  std::memcpy(&four, floats, sizeof four);
  return four;
}

std::uint32_t toLight(float above, float below, float fraction) {
  float light = above + (below - above) * fraction + 0.5F;
  light = light > 0 ? light : 0;
  light = light < 255.5F ? light : 255.5F;
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(light));  // signed: SSE2 converts to no other
}

WholeLight toWholeLight(Float4 above, Float4 below, float fraction) {
  constexpr Float4 kBlack = {0, 0, 0, 0}, kWhite = {255.5F, 255.5F, 255.5F, 255.5F};
  Float4 light = above + (below - above) * fraction + 0.5F;
  light = light > kBlack ? light : kBlack;
  light = light < kWhite ? light : kWhite;
  return (WholeLight) __builtin_convertvector(light, Int4);
}

}  // namespace

void stretchRow(const float* __restrict row, const int* __restrict index, const float* __restrict fraction, int count,
                float* __restrict out) {
  for (int n = 0; n < count; ++n) {
    const float* const pair = row + index[n];
    out[n] = pair[0] + (pair[1] - pair[0]) * fraction[n];
  }
}

void packGray(const float* __restrict above, const float* __restrict below, float fraction, int count,
              std::uint32_t* __restrict out) {
  for (int n = 0; n < count; ++n) {
    const std::uint32_t light = toLight(above[n], below[n], fraction);
    out[n] = kOpaque | light << 16 | light << 8 | light;
  }
}

void stretchColor(const float* row, const int* index, const float* fraction, int count, float* out) {
  for (int n = 0; n < count; ++n) {
    const float* const pair = row + std::ptrdiff_t{kColorFloats} * index[n];
    const Float4 left = load(pair), right = load(pair + kColorFloats);
    const Float4 mixed = left + (right - left) * fraction[n];
    std::memcpy(out + std::ptrdiff_t{kColorFloats} * n, &mixed, sizeof mixed);
  }
}

void lightOfColor(const std::uint8_t* pixels, int step, int count, float origin, float scale, float base, float* out) {
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128();
  const __m128 origins = _mm_set1_ps(origin), scales = _mm_set1_ps(scale), bases = _mm_set1_ps(base);
  for (; count > 1 || (count == 1 && step == 4);
       --count, pixels += step, out += kColorFloats) {  // four bytes are there
    std::int32_t bytes = 0;
    std::memcpy(&bytes, pixels, sizeof bytes);
    const __m128i words = _mm_unpacklo_epi8(_mm_cvtsi32_si128(bytes), zero);
    const __m128 samples = _mm_cvtepi32_ps(_mm_shuffle_epi32(_mm_unpacklo_epi16(words, zero), _MM_SHUFFLE(3, 0, 1, 2)));
    _mm_storeu_ps(out, _mm_add_ps(_mm_mul_ps(_mm_sub_ps(samples, origins), scales), bases));
  }
#endif
  for (; count > 0; --count, pixels += step, out += kColorFloats) {
    for (int n = 0; n < 3; ++n) out[n] = (static_cast<float>(pixels[2 - n]) - origin) * scale + base;
    out[3] = 0;
  }
}

void packColor(const float* above, const float* below, float fraction, int count, std::uint32_t* out) {
  const auto lightAt = [&](int n) {
    const std::ptrdiff_t at = std::ptrdiff_t{kColorFloats} * n;
    return toWholeLight(load(above + at), load(below + at), fraction);
  };
  int n = 0;
#if defined(__SSE2__)
  const __m128i opaque = _mm_set1_epi32(static_cast<int>(kOpaque));
  for (; n + 4 <= count; n += 4) {
    const __m128i low = _mm_packs_epi32(lightAt(n), lightAt(n + 1));
    const __m128i high = _mm_packs_epi32(lightAt(n + 2), lightAt(n + 3));
    const __m128i pixels = _mm_or_si128(_mm_packus_epi16(low, high), opaque);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + n), pixels);
  }
#endif
  for (; n < count; ++n) {
    const Int4 light = (Int4)lightAt(n);
    out[n] = kOpaque | static_cast<std::uint32_t>(light[2]) << 16 | static_cast<std::uint32_t>(light[1]) << 8 |
             static_cast<std::uint32_t>(light[0]);
  }
}

void blendRow(std::uint32_t color, unsigned opacity, int count, std::uint32_t* pixels) {
  // Red and blue share one multiplication: 8 bits each with 8 free above them; half a step is added to round.
  constexpr std::uint32_t kRedBlue = 0x00FF00FFU, kGreen = 0x0000FF00U;
  const std::uint32_t rest = 256 - opacity;
  const std::uint32_t redBlue = (color & kRedBlue) * opacity + 0x00800080U;
  const std::uint32_t green = (color & kGreen) * opacity + 0x00008000U;
  for (int n = 0; n < count; ++n) {
    const std::uint32_t mixedRedBlue = ((pixels[n] & kRedBlue) * rest + redBlue) >> 8 & kRedBlue;
    const std::uint32_t mixedGreen = ((pixels[n] & kGreen) * rest + green) >> 8 & kGreen;
    pixels[n] = kOpaque | mixedRedBlue | mixedGreen;
  }
}

}  // namespace fiducial::render
