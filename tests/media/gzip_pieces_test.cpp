// Label volumes compressed run by run: one gzip member that zlib (by its own program, python3) unpacks to the same
// bytes, for every run length, voxel size and mixture with noise.
#include "gzip/gzip_pieces.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

#include "deflate/prefix_code.h"
#include "fiducial/runtime/atomic_file.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

std::vector<std::byte> joined(const std::vector<std::vector<std::byte>>& pieces) {
  std::vector<std::byte> all;
  for (const auto& piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
  return all;
}

/// What zlib makes of one gzip member; empty where it is damaged or something follows it.
std::vector<std::byte> unpacked(std::span<const std::byte> member, std::size_t size) {
  std::vector<std::byte> bytes(size + 1);
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(member.data()));
  stream.avail_in = uInt(member.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = uInt(bytes.size());
  const int code = inflate(&stream, Z_FINISH);  // at Z_STREAM_END the checksum and the size were right
  bytes.resize(code == Z_STREAM_END && stream.avail_in == 0 ? bytes.size() - stream.avail_out : 0);
  inflateEnd(&stream);
  return bytes;
}

std::vector<std::byte> packed(std::span<const std::byte> head, std::span<const std::byte> samples, std::size_t voxel) {
  auto pieces = gzipPieces(head, samples, voxel);
  EXPECT_TRUE(pieces);
  return pieces ? joined(*pieces) : std::vector<std::byte>();
}

/// Runs of every length from 1 to 700 voxels, with values of which each byte is used.
std::vector<std::byte> everyRun(std::size_t voxel) {
  std::vector<std::byte> bytes;
  std::mt19937 random(11);
  for (std::size_t length = 1; length <= 700; ++length) {
    std::vector<std::byte> value(voxel);
    for (std::byte& byte : value) byte = std::byte(random() & 0xFFU);
    for (std::size_t n = 0; n < length; ++n) bytes.insert(bytes.end(), value.begin(), value.end());
  }
  return bytes;
}

std::vector<std::byte> someHead() {
  std::vector<std::byte> head(352);
  for (std::size_t n = 0; n < 80; ++n) head[n * 3] = std::byte(n * 37);
  return head;
}

TEST(GzipPieces, RunsOfEveryLengthAndVoxelSizeUnpackToTheSameBytes) {
  for (const std::size_t voxel : {1, 2, 3, 4, 8}) {
    SCOPED_TRACE(voxel);
    const auto head = someHead();
    const auto samples = everyRun(voxel);
    const auto member = packed(head, samples, voxel);
    EXPECT_LT(member.size(), samples.size() / 20);
    std::vector<std::byte> whole = head;
    whole.insert(whole.end(), samples.begin(), samples.end());
    EXPECT_EQ(unpacked(member, whole.size()), whole);
  }
}

TEST(GzipPieces, EmptyUniformTinyAndNoisyVolumesUnpackToTheSameBytes) {
  std::mt19937 random(5);
  std::vector<std::byte> noise(300'000);
  for (std::byte& byte : noise) byte = std::byte(random() & 0xFFU);
  std::vector<std::byte> noiseInside(8 << 20);
  std::copy(noise.begin(), noise.end(), noiseInside.begin() + (3 << 20) + 12'345);
  const std::vector<std::vector<std::byte>> volumes = {std::vector<std::byte>(5'000'000),
                                                       std::vector<std::byte>(1, std::byte{7}),
                                                       std::vector<std::byte>(2),
                                                       std::vector<std::byte>(259, std::byte{3}),
                                                       noise,
                                                       noiseInside};
  for (const auto& volume : volumes) {
    SCOPED_TRACE(volume.size());
    EXPECT_EQ(unpacked(packed({}, volume, 1), volume.size()), volume);
    EXPECT_EQ(packed({}, volume, 1), packed({}, volume, 1));
  }
  EXPECT_LT(packed({}, volumes[0], 1).size(), 8'000U);
}

TEST(GzipPieces, PythonFindsOneMemberAndNothingBehindIt) {
  const test::TemporaryFolder folder;
  const auto member = packed(someHead(), everyRun(2), 2);
  ASSERT_TRUE(runtime::writeFile(folder / "a.gz", member));
  ASSERT_TRUE(runtime::writeFile(folder / "a.raw", everyRun(2)));
  const std::string script = "import gzip, zlib\nraw = open('" + (folder / "a.raw").string() +
                             "', 'rb').read()\nd = open('" + (folder / "a.gz").string() +
                             "', 'rb').read()\nz = zlib.decompressobj(31)\nout = z.decompress(d)\n"
                             "assert z.eof and z.unused_data == b'' and out[352:] == raw\n"
                             "assert gzip.decompress(d) == out\n";
  ASSERT_TRUE(runtime::writeFile(folder / "check.py", script));
  EXPECT_EQ(std::system((test::pythonProgram().string() + " " + (folder / "check.py").string()).c_str()), 0);
}

TEST(PrefixCode, OfTheExampleInTheStandardIsTheStandards) {
  // RFC 1951, 3.2.2: lengths (3,3,3,3,3,2,4,4) give 010 011 100 101 110 00 1110 1111; here the first bit is lowest.
  const std::vector<std::uint8_t> lengths = {3, 3, 3, 3, 3, 2, 4, 4};
  EXPECT_EQ(codesOf(lengths), (std::vector<std::uint16_t>{0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111}));
}

TEST(PrefixCode, IsNeverLongerThanItsLimitAndAlwaysComplete) {
  std::vector<std::uint32_t> counts(30, 1);  // Fibonacci counts make the deepest trees
  for (std::size_t n = 2; n < counts.size(); ++n) counts[n] = counts[n - 1] + counts[n - 2];
  for (const int limit : {5, 7, 15}) {
    const auto lengths = codeLengths(counts, limit);
    double sum = 0;
    for (const std::uint8_t length : lengths) {
      EXPECT_LE(length, limit);
      sum += 1.0 / (1 << length);
    }
    EXPECT_EQ(sum, 1.0);
  }
}

}  // namespace
}  // namespace fiducial::media
