#include "deflate/run_tokens.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace fiducial::media {
namespace {

// How many bytes from `at` up to `end` are the same as those `period` before.
std::size_t repeatsFrom(std::span<const std::byte> bytes, std::size_t at, std::size_t end, std::size_t period) {
  const std::byte* const first = bytes.data() + at;
  const std::byte* const last = bytes.data() + end;
  const std::byte* now = first;
  while (last - now >= 8) {
    std::uint64_t here = 0;
    std::uint64_t before = 0;
    std::memcpy(&here, now, 8);
    std::memcpy(&before, now - period, 8);
    if (here != before) return std::size_t(now - first) + std::size_t(std::countr_zero(here ^ before)) / 8;
    now += 8;
  }
  while (now < last && *now == *(now - period)) ++now;
  return std::size_t(now - first);
}

// Calls token(value) for each, until it answers false.
template <class Token>
void eachToken(std::span<const std::byte> bytes, std::size_t first, std::size_t end, RunRule rule, const Token& token) {
  for (std::size_t at = first; at < end;) {
    const std::size_t length = at < rule.period ? 0 : repeatsFrom(bytes, at, end, rule.period);
    const bool isRun = length >= rule.shortest;
    if (!token(isRun ? kRunToken + std::uint32_t(length) : std::to_integer<std::uint32_t>(bytes[at]))) return;
    at += isRun ? length : 1;
  }
}

}  // namespace

std::vector<std::uint32_t> runTokens(std::span<const std::byte> bytes, std::size_t first, std::size_t end, RunRule rule,
                                     std::size_t most) {
  std::vector<std::uint32_t> tokens;
  tokens.reserve(std::min(most, (end - first) / 4));
  eachToken(bytes, first, end, rule, [&](std::uint32_t token) {
    tokens.push_back(token);
    return tokens.size() < most;
  });
  return tokens;
}

std::size_t countRunTokens(std::span<const std::byte> bytes, RunRule rule, std::size_t most) {
  std::size_t count = 0;
  eachToken(bytes, 0, bytes.size(), rule, [&](std::uint32_t) { return ++count < most; });
  return count;
}

}  // namespace fiducial::media
