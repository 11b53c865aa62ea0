// A native CT series from the page cache beside reading the same bytes into fresh huge pages, in one run: the ratio is
// what the limit of 2 is about. FIDUCIAL_BENCH_DATA may name a folder with the series in `ct/native`; else one of 512 x
// 512 x 300 is made in the temporary folder.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "fiducial/media/find_media.h"
#include "fiducial/media/volume_source.h"
#include "fiducial/runtime/buffer_allocator.h"

namespace {

namespace fs = std::filesystem;
using namespace fiducial;
using namespace fiducial::media;

constexpr int kSide = 512;
constexpr int kSlices = 300;

void put(std::string& out, std::uint16_t group, std::uint16_t element, const char* vr, std::string value) {
  if (value.size() % 2 != 0) value += vr[0] == 'U' && vr[1] == 'I' ? '\0' : ' ';
  const auto word = [&](std::uint32_t v, int bytes) {
    for (int n = 0; n < bytes; ++n) out += char((v >> (8 * n)) & 0xFFu);
  };
  word(group, 2), word(element, 2);
  out += vr;
  if (vr[0] == 'O') {
    word(0, 2), word(std::uint32_t(value.size()), 4);
  } else {
    word(std::uint32_t(value.size()), 2);
  }
  out += value;
}

std::string us(unsigned value) { return {char(value & 0xFFu), char(value >> 8)}; }

void writeSlice(const fs::path& path, int k) {
  std::string file(128, '\0');
  file += "DICM";
  put(file, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
  put(file, 0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.2");
  put(file, 0x0008, 0x0018, "UI", "1.2.3.4." + std::to_string(k));
  put(file, 0x0008, 0x0060, "CS", "CT");
  put(file, 0x0020, 0x000E, "UI", "1.2.3.4");
  put(file, 0x0020, 0x0013, "IS", std::to_string(k));
  put(file, 0x0020, 0x0032, "DS", "-180\\-180\\" + std::to_string(k));
  put(file, 0x0020, 0x0037, "DS", "1\\0\\0\\0\\1\\0");
  put(file, 0x0028, 0x0002, "US", us(1));
  put(file, 0x0028, 0x0004, "CS", "MONOCHROME2");
  put(file, 0x0028, 0x0010, "US", us(kSide));
  put(file, 0x0028, 0x0011, "US", us(kSide));
  put(file, 0x0028, 0x0030, "DS", "0.7\\0.7");
  put(file, 0x0028, 0x0100, "US", us(16));
  put(file, 0x0028, 0x0101, "US", us(16));
  put(file, 0x0028, 0x0102, "US", us(15));
  put(file, 0x0028, 0x0103, "US", us(1));
  put(file, 0x0028, 0x1052, "DS", "-1024");
  put(file, 0x0028, 0x1053, "DS", "1");
  std::string pixels(std::size_t{kSide} * kSide * 2, '\0');
  for (std::size_t n = 0; n < pixels.size(); ++n) pixels[n] = char((n * 31 + std::size_t(k)) & 0x7Fu);
  put(file, 0x7FE0, 0x0010, "OW", pixels);
  std::ofstream(path, std::ios::binary).write(file.data(), std::streamsize(file.size()));
}

fs::path seriesFolder() {
  if (const char* data = std::getenv("FIDUCIAL_BENCH_DATA");
      data != nullptr && fs::exists(fs::path(data) / "ct/native")) {
    return fs::path(data) / "ct/native";
  }
  const fs::path folder = fs::temp_directory_path() / "fiducial_bench_native";
  if (fs::exists(folder / "299.dcm")) return folder;
  fs::create_directories(folder);
  for (int k = 0; k < kSlices; ++k) writeSlice(folder / (std::to_string(k) + ".dcm"), k);
  return folder;
}

const MediumLocation& series() {
  static const MediumLocation location = [] {
    auto listing = findMedia(seriesFolder());
    if (!listing || listing->media.empty()) std::abort();
    return listing->media.front().location;
  }();
  return location;
}

double seconds(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

double loadOnce(double* firstSlice) {
  runtime::trimBuffers();  // every round pays for its pages, as the plain read does
  const auto begin = std::chrono::steady_clock::now();
  auto source = openVolume(series());
  std::atomic<bool> isFirst = true;
  LoadOptions options;
  options.onSlice = [&](int) {
    if (isFirst.exchange(false)) *firstSlice = seconds(begin);
  };
  auto loaded = (*source)->load(options, {});
  if (!loaded) std::abort();
  return seconds(begin);
}

/// The limit: the same files' bytes, two threads, into memory of fresh huge pages.
double readOnce() {
  const MediumLocation& location = series();
  const std::size_t size = std::size_t(location.info.volumeSize().voxels()) * 2;
  constexpr std::size_t huge = std::size_t{2} << 20;
  const auto begin = std::chrono::steady_clock::now();
  void* raw = mmap(nullptr, size + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  auto* memory = reinterpret_cast<char*>((reinterpret_cast<std::uintptr_t>(raw) + huge - 1) / huge * huge);
  madvise(memory, size, MADV_HUGEPAGE);
  const std::size_t slice = size / location.files.size();
  const auto half = [&](std::size_t first) {
    for (std::size_t n = first; n < location.files.size(); n += 2) {
      const int file = ::open(location.files[n].c_str(), O_RDONLY);
      const auto at = std::int64_t(fs::file_size(location.files[n]) - slice);
      if (::pread(file, memory + n * slice, slice, at) < 0) std::abort();
      ::close(file);
    }
  };
  {
    const std::jthread other([&] { half(1); });
    half(0);
  }
  const double took = seconds(begin);
  munmap(raw, size + huge);
  return took;
}

void nativeSeries(benchmark::State& state) {
  double load = 1e9, read = 1e9, first = 1e9;
  for (auto _ : state) {
    double now = 0;
    load = std::min(load, loadOnce(&now));
    first = std::min(first, now);
    read = std::min(read, readOnce());
  }
  state.counters["load_s"] = load;
  state.counters["read_s"] = read;
  state.counters["first_slice_s"] = first;
  state.counters["x_limit"] = load / read;
  state.SetBytesProcessed(state.iterations() * series().info.volumeSize().voxels() * 2);
}
BENCHMARK(nativeSeries)->Iterations(7)->Unit(benchmark::kMillisecond);

}  // namespace
