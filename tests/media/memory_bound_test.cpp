// Volumes beyond the memory bound: every voxel is right, and the process does not keep them all.
#include "fiducial/media/memory_bound.h"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "fiducial/media/write_image.h"
#include "made_dicom.h"
#include "media_opening.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;

class BoundFor {
 public:
  explicit BoundFor(std::int64_t bytes) : before_(memoryBound()) { setMemoryBound(bytes); }
  ~BoundFor() { setMemoryBound(before_); }
  BoundFor(const BoundFor&) = delete;
  BoundFor& operator=(const BoundFor&) = delete;

 private:
  std::int64_t before_;
};

constexpr int kSide = 512;
constexpr int kSlices = 48;  // 24 MB

void writeSeries(const TemporaryFolder& folder) {
  for (int k = 0; k < kSlices; ++k) {
    test::MadeSlice slice;
    slice.rows = slice.columns = kSide;
    slice.position = {0, 0, 1.0 * k};
    slice.instance = k;
    slice.value = std::uint16_t(97 * k);
    test::writeSlice(folder / (std::to_string(k) + ".dcm"), slice);
  }
}

std::int64_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

void expectAllVoxels(const Volume& volume) {
  const auto values = volume.values().values<std::uint16_t>();
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < kSlices; ++k) {
    for (std::size_t n = 0; n < kSide * kSide; ++n) {
      wrong += values[k * kSide * kSide + n] != std::uint16_t(97 * k + n) ? 1 : 0;
    }
  }
  EXPECT_EQ(wrong, 0u);
}

TEST(MemoryBound, ASeriesBeyondItIsWholeAndItsSlicesLeaveMemory) {
  const TemporaryFolder folder;
  writeSeries(folder);
  const BoundFor bound(4 << 20);
  const std::int64_t before = residentBytes();
  const auto volume = test::loadedVolumeAt(folder.path());
  ASSERT_TRUE(volume);
  expectAllVoxels(*volume);
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer keeps freed memory: resident bytes say nothing of ours";
#endif
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  std::int64_t now = residentBytes();
  while (now - before > (12 << 20) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    now = residentBytes();
  }
  EXPECT_LE(now - before, 12 << 20) << "of 24 MB with a bound of 4 MB";
  expectAllVoxels(*volume);  // read again
}

TEST(MemoryBound, AGzippedVolumeBeyondItIsWholeToo) {
  const TemporaryFolder folder;
  writeSeries(folder);
  const auto plain = test::loadedVolumeAt(folder.path());
  ASSERT_TRUE(plain);
  VolumeFileOptions options;
  ASSERT_TRUE(writeVolume(folder / "v.nii.gz", plain->values(), plain->info().affine, options));
  const BoundFor bound(1 << 20);
  const auto volume = test::loadedVolumeAt(folder / "v.nii.gz");
  ASSERT_TRUE(volume);
  expectAllVoxels(*volume);
}

TEST(MemoryBound, SizesAreReadAsPeopleWriteThem) {
  EXPECT_EQ(parseSize("3G"), std::int64_t{3} << 30);
  EXPECT_EQ(parseSize("800MB"), std::int64_t{800} << 20);
  EXPECT_EQ(parseSize("64k"), 64 << 10);
  EXPECT_EQ(parseSize("1000"), 1000);
  for (const char* wrong : {"", "-1", "0", "G", "3X", "3GiB", "99999999999G"}) EXPECT_FALSE(parseSize(wrong)) << wrong;
}

}  // namespace
}  // namespace fiducial::media
