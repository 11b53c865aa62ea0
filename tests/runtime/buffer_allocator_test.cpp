#include "fiducial/runtime/buffer_allocator.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <thread>

namespace fiducial::runtime {
namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

std::size_t misalignment(const std::shared_ptr<std::byte[]>& bytes, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(bytes.get()) % alignment;
}

TEST(BufferAllocator, LargeBuffersLieOnHugePageBoundaries) {
  for (const std::size_t size : {kMegabyte, 2 * kMegabyte + 1, 37 * kMegabyte}) {
    const auto bytes = allocateBytes(size);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(misalignment(*bytes, 2 * kMegabyte), 0U) << size;
    (*bytes)[size - 1] = std::byte{1};
  }
  const auto small = allocateBytes(100);
  ASSERT_TRUE(small);
  EXPECT_EQ(misalignment(*small, 64), 0U);
}

TEST(BufferAllocator, AFreedBlockServesTheNextUserOfAboutItsSize) {
  trimBuffers();
  for (const std::size_t size : {100 * (kMegabyte / 1024), 20 * kMegabyte}) {
    auto first = allocateBytes(size);
    const std::byte* const at = first->get();
    first = allocateBytes(1);
    EXPECT_EQ(allocateBytes(size - size / 20)->get(), at) << size;
    const auto held = allocateBytes(size);
    EXPECT_EQ(held->get(), at);
    EXPECT_NE(allocateBytes(size)->get(), at) << "a block in use must not be given twice";
  }
}

TEST(BufferAllocator, AMuchSmallerUserDoesNotGetALargeBlock) {
  trimBuffers();
  auto large = allocateBytes(100 * kMegabyte);
  const std::byte* const at = large->get();
  large = allocateBytes(1);
  EXPECT_NE(allocateBytes(4 * kMegabyte)->get(), at);
}

TEST(BufferAllocator, NothingAndEverythingAreAnswered) {
  EXPECT_TRUE(allocateBytes(0));
  const auto everything = allocateBytes(std::size_t{1} << 60);
  ASSERT_FALSE(everything);
  EXPECT_EQ(everything.error().code, ErrorCode::TooLarge);
}

TEST(BufferAllocator, ScalarsHaveTheSizeAskedForOrAReason) {
  const auto volume = allocateScalars(ScalarType::Int16, 1, {64, 32, 8});
  ASSERT_TRUE(volume);
  EXPECT_EQ(volume->sizeBytes(), 64U * 32U * 8U * 2U);
  EXPECT_FALSE(allocateScalars(ScalarType::UInt8, 1, {0, 5, 5}));
  EXPECT_FALSE(allocateScalars(ScalarType::UInt8, 0, {5, 5, 5}));
  EXPECT_FALSE(allocateScalars(ScalarType::UInt8, 1, {5, -5, 5}));
  const auto absurd = allocateScalars(ScalarType::Float64, 4, {2147483647, 2147483647, 2147483647});
  ASSERT_FALSE(absurd);
  EXPECT_EQ(absurd.error().code, ErrorCode::TooLarge);
}

TEST(BufferAllocator, ThreadsDoNotDisturbOneAnother) {
  std::vector<std::jthread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t, &wrong] {
      for (int n = 0; n < 200; ++n) {
        const std::size_t size = kMegabyte / 4 * static_cast<std::size_t>(1 + (n + t) % 6);
        const auto bytes = allocateBytes(size);
        std::memset(bytes->get(), t + 1, 256);
        std::this_thread::yield();
        if ((*bytes)[255] != static_cast<std::byte>(t + 1)) ++wrong;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace fiducial::runtime
