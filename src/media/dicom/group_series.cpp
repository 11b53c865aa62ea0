#include "group_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "split_stacks.h"

namespace fiducial::media::dicom {
namespace {

using FilePointer = std::shared_ptr<const ImageFile>;

/// Pictures that are shadows, surfaces or movies: never slices of a volume, whatever positions their headers have.
bool isProjection(const std::string& modality) {
  static constexpr std::array kProjections{"CR", "DX", "MG", "XA", "RF", "PX",  "IO",  "RG", "US", "IVUS",
                                           "ES", "OP", "GM", "SM", "XC", "ECG", "OPM", "TG", "DG", "BI"};
  return std::any_of(kProjections.begin(), kProjections.end(), [&](const char* one) { return modality == one; });
}

bool isSliceModality(const std::string& modality) { return modality == "CT" || modality == "MR" || modality == "PT"; }

bool isPlaced(const FrameHeader& frame) { return frame.position && frame.orientation; }

bool isSlice(const ImageHeader& header) {
  if (isProjection(header.modality)) return false;
  return isPlaced(header.frame(0)) || isSliceModality(header.modality);
}

bool isLocalizer(const ImageHeader& header) {
  return std::find(header.imageType.begin(), header.imageType.end(), "LOCALIZER") != header.imageType.end();
}

std::string seriesKey(const ImageFile& file) {
  const ImageHeader& header = file.header();
  const PixelFormat& format = header.format;
  const std::string series = header.seriesUid.empty() ? file.path().parent_path().string() : header.seriesUid;
  return series + '|' + header.frameOfReference + '|' + std::to_string(format.columns) + 'x' +
         std::to_string(format.rows) + '|' + std::to_string(format.bitsAllocated) + (format.isSigned ? "s" : "u") +
         std::to_string(format.samples) + format.photometric + (header.modalityTable ? "t" : "") + '|' +
         (isLocalizer(header) ? "localizer" : "");
}

/// Splits by orientation within a tolerance, so that rounding never parts two slices of one stack.
std::vector<std::vector<FrameRef>> byGeometry(const std::vector<FrameRef>& frames) {
  std::vector<std::vector<FrameRef>> groups;
  const auto near = [](const FrameHeader& a, const FrameHeader& b) {
    if (isPlaced(a) != isPlaced(b) || a.stack != b.stack) return false;
    if (a.pixelSpacing.has_value() != b.pixelSpacing.has_value()) return false;
    for (std::size_t n = 0; a.pixelSpacing && n < 2; ++n) {
      if (std::abs((*a.pixelSpacing)[n] - (*b.pixelSpacing)[n]) > 1e-3 * (*a.pixelSpacing)[n]) return false;
    }
    if (!isPlaced(a)) return true;
    for (std::size_t n = 0; n < 3; ++n) {
      if (std::abs(a.orientation->row[n] - b.orientation->row[n]) > 2e-3) return false;
      if (std::abs(a.orientation->column[n] - b.orientation->column[n]) > 2e-3) return false;
    }
    return true;
  };
  for (const FrameRef& frame : frames) {
    const auto fits = [&](const auto& group) { return near(group.front().header(), frame.header()); };
    const auto at = std::find_if(groups.begin(), groups.end(), fits);
    if (at == groups.end()) {
      groups.push_back({frame});
    } else {
      at->push_back(frame);
    }
  }
  return groups;
}

SliceStack stackOf(std::vector<FrameRef> frames) {
  SliceStack stack;
  stack.frames = std::move(frames);
  return stack;
}

/// Frames, or the tiles of a mosaic.
std::vector<FrameRef> framesOf(const FilePointer& file) {
  std::vector<FrameRef> frames;
  for (int n = 0; n < file->header().mosaic.tiles; ++n) frames.push_back({file, 0, n});
  if (!frames.empty()) return frames;
  for (int n = 0; n < file->header().frames; ++n) frames.push_back({file, n});
  return frames;
}

SliceStack pictureOf(const FilePointer& file) {
  SliceStack stack = stackOf(framesOf(file));
  stack.kind = file->header().frames > 1 ? MediumKind::Cine : MediumKind::Image;
  return stack;
}

std::vector<SliceStack> stacksOf(const std::vector<FrameRef>& frames, std::vector<SkippedFile>& skipped) {
  std::vector<SliceStack> stacks;
  for (auto& group : byGeometry(frames)) {
    for (SliceStack& stack : splitStacks(std::move(group), skipped)) stacks.push_back(std::move(stack));
  }
  return stacks;
}

/// A file of several frames or tiles whose places in the patient are all known.
bool isPlacedStack(const FilePointer& file) {
  const ImageHeader& header = file->header();
  if (header.mosaic.tiles > 0) return true;
  if (!header.hasFrameGeometry) return false;
  const std::vector<FrameHeader>& frames = header.frameHeaders;
  return std::all_of(frames.begin(), frames.end(), isPlaced);
}

bool isSingleSlice(const ImageHeader& header) {
  return header.frames == 1 && header.mosaic.tiles == 0 && !header.hasFrameGeometry && isSlice(header);
}

/// Hundredths of a millimetre, as text.
std::string placeText(const FrameHeader& frame) {
  std::string text;
  for (std::size_t axis = 0; frame.position && axis < 3; ++axis) {
    text += std::to_string(std::lround((*frame.position)[axis] * 100)) + ' ';
  }
  return text;
}

/// Multi-frame files that are pieces of one object, or the same stack again and again, are one medium.
std::string poolKey(const FilePointer& file) {
  const ImageHeader& header = file->header();
  if (!isPlacedStack(file)) return {};
  if (!header.concatenation.empty()) return "concatenation " + header.concatenation;
  if (!isSliceModality(header.modality)) return "object " + file->path().string();
  return seriesKey(*file) + '|' + std::to_string(header.frameHeaders.size()) + '|' +
         placeText(header.frameHeaders.front()) + placeText(header.frameHeaders.back());
}

void numberSelectors(std::vector<SliceStack>& stacks) {
  for (std::size_t n = 0; stacks.size() > 1 && n < stacks.size(); ++n) {
    stacks[n].selector = "stack " + std::to_string(n);
  }
}

std::vector<SliceStack> stacksOfPool(const std::vector<FilePointer>& pool, std::vector<SkippedFile>& skipped) {
  if (pool.size() == 1) return stacksOfFile(pool.front());
  std::vector<FrameRef> frames;
  for (const FilePointer& file : pool) {
    for (const FrameRef& ref : framesOf(file)) frames.push_back(ref);
  }
  std::vector<SliceStack> stacks = stacksOf(frames, skipped);
  numberSelectors(stacks);
  return stacks;
}

/// Of the stacks in the files of a medium the one it was.
SliceStack stackLike(std::vector<SliceStack> stacks, const MediumInfo& info) {
  const std::size_t frames = std::size_t(info.frames) * std::size_t(info.times);
  const auto isLike = [&](const SliceStack& stack) {
    return stack.times == info.times && stack.frames.size() == frames;
  };
  const auto isIt = [&](const SliceStack& stack) { return stack.selector == info.selector && isLike(stack); };
  auto at = std::find_if(stacks.begin(), stacks.end(), isIt);
  if (at == stacks.end()) at = std::find_if(stacks.begin(), stacks.end(), isLike);
  return std::move(at == stacks.end() ? stacks.front() : *at);
}

/// Of one object. Its UID alone will not do: some anonymisers give all slices of a series the same.
std::string objectKey(const ImageHeader& header) {
  return header.sopInstance + '|' + std::to_string(header.instanceNumber) + '|' +
         placeText(header.frameHeaders.front()) + placeText(header.frameHeaders.back());
}

/// The same object twice is taken once.
std::vector<FilePointer> withoutCopies(std::span<const FilePointer> files, std::vector<SkippedFile>& skipped) {
  std::vector<FilePointer> kept;
  std::map<std::string, const ImageFile*> instances;
  for (const FilePointer& file : files) {
    const ImageHeader& header = file->header();
    const bool isStack = isSingleSlice(header) || isPlacedStack(file);
    if (isStack && !header.sopInstance.empty()) {
      const auto [first, isNew] = instances.emplace(objectKey(header), file.get());
      if (!isNew) {
        skipped.push_back({file->path(), "the same slice as " + first->second->path().string()});
        continue;
      }
    }
    kept.push_back(file);
  }
  return kept;
}

}  // namespace

std::vector<SliceStack> stacksOfFile(const FilePointer& file) {
  const ImageHeader& header = file->header();
  if (isSingleSlice(header)) return {stackOf(framesOf(file))};
  if (!isPlacedStack(file)) {
    // An enhanced CT or MR whose frames say nothing of their places, nor of time, is still a stack of slices.
    const bool isTimed = header.frameTimeMs > 0 || !header.frameTimesMs.empty();
    if (header.frames == 1 || !isSliceModality(header.modality) || isTimed) return {pictureOf(file)};
    return {stackOf(framesOf(file))};
  }
  std::vector<SkippedFile> doubles;
  std::vector<SliceStack> stacks = stacksOf(framesOf(file), doubles);
  const auto isLeftOver = [](const SliceStack& stack) { return stack.part.ends_with("repeated slices"); };
  if (std::any_of(stacks.begin(), stacks.end(), isLeftOver)) return {pictureOf(file)};  // over time, at uneven places
  numberSelectors(stacks);
  return stacks;
}

std::vector<SliceStack> groupFiles(std::span<const FilePointer> files, std::vector<SkippedFile>& skipped) {
  std::vector<SliceStack> stacks;
  std::map<std::string, std::vector<FrameRef>> series;
  std::map<std::string, std::vector<FilePointer>> pools;
  for (const FilePointer& file : withoutCopies(files, skipped)) {
    const std::string pool = poolKey(file);
    if (isSingleSlice(file->header())) {
      series[seriesKey(*file)].push_back({file, 0});
    } else if (!pool.empty()) {
      pools[pool].push_back(file);
    } else {
      for (SliceStack& stack : stacksOfFile(file)) stacks.push_back(std::move(stack));
    }
  }
  for (const auto& [key, pool] : pools) {
    for (SliceStack& stack : stacksOfPool(pool, skipped)) stacks.push_back(std::move(stack));
  }
  for (const auto& [key, frames] : series) {
    for (SliceStack& stack : stacksOf(frames, skipped)) stacks.push_back(std::move(stack));
  }
  return stacks;
}

SliceStack stackInOrder(std::span<const FilePointer> files, const MediumInfo& info) {
  if (files.size() == 1) {
    std::vector<SliceStack> stacks = stacksOfFile(files.front());
    for (SliceStack& stack : stacks) {
      if (stack.selector == info.selector) return std::move(stack);
    }
    return std::move(stacks.front());
  }
  if (std::any_of(files.begin(), files.end(), isPlacedStack)) {
    std::vector<SkippedFile> skipped;
    return stackLike(groupFiles(files, skipped), info);
  }
  SliceStack stack;
  for (const FilePointer& file : files) stack.frames.push_back({file, 0});
  const bool fits = info.times > 1 && files.size() % std::size_t(info.times) == 0;
  stack.times = fits ? info.times : 1;
  return stack;
}

}  // namespace fiducial::media::dicom
