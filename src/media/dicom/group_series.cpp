#include "group_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>

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

std::string spacingKey(const FrameHeader& frame) {
  if (!frame.pixelSpacing) return "none";
  return std::to_string(std::lround((*frame.pixelSpacing)[0] * 1e4)) + ' ' +
         std::to_string(std::lround((*frame.pixelSpacing)[1] * 1e4));
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

/// Ascending along the normal; where there is no position, by instance number. Equal positions keep their times' order.
void sortSlices(std::vector<FrameRef>& frames) {
  const bool placed = isPlaced(frames.front().header());
  const Vector3 normal = placed ? normalOf(*frames.front().header().orientation) : Vector3{0, 0, 1};
  const auto key = [&](const FrameRef& ref) {
    // Rounded, so that the order of equal positions does not hang on the last digit.
    const double place = placed ? std::round(distanceAlongNormal(ref.header(), normal) * 1000) : 0;
    return std::tuple(place, ref.header().temporalIndex, ref.file->header().instanceNumber, ref.frame);
  };
  std::stable_sort(frames.begin(), frames.end(), [&](const FrameRef& a, const FrameRef& b) { return key(a) < key(b); });
}

/// How many frames share each position of a sorted group.
std::vector<std::size_t> countsAtPositions(const std::vector<FrameRef>& sorted) {
  const bool placed = isPlaced(sorted.front().header());
  if (!placed) return std::vector<std::size_t>(sorted.size(), 1);
  const Vector3 normal = normalOf(*sorted.front().header().orientation);
  std::vector<std::size_t> counts;
  double last = 0;
  for (const FrameRef& ref : sorted) {
    const double place = distanceAlongNormal(ref.header(), normal);
    if (counts.empty() || place - last > 0.005) {
      counts.push_back(1);
      last = place;
    } else {
      ++counts.back();
    }
  }
  return counts;
}

/// Slices with their times beside each other into one time point after the other.
std::vector<FrameRef> timesApart(const std::vector<FrameRef>& sorted, std::size_t times) {
  std::vector<FrameRef> frames;
  for (std::size_t t = 0; t < times; ++t) {
    for (std::size_t n = t; n < sorted.size(); n += times) frames.push_back(sorted[n]);
  }
  return frames;
}

using Discriminator = std::function<std::string(const FrameRef&)>;

/// What tells several pictures of one place apart, most telling first.
const std::vector<Discriminator>& discriminators() {
  static const std::vector<Discriminator> all{
      [](const FrameRef& ref) { return std::to_string(ref.file->header().echoTime); },
      [](const FrameRef& ref) { return std::to_string(ref.file->header().temporalPosition); },
      [](const FrameRef& ref) { return std::to_string(ref.file->header().acquisitionNumber); },
      [](const FrameRef& ref) {
        std::string type;
        for (const std::string& part : ref.file->header().imageType) type += part + '\\';
        return type;
      },
      [](const FrameRef& ref) { return spacingKey(ref.header()) + ref.file->path().parent_path().string(); },
  };
  return all;
}

/// The group cut by a discriminator into stacks without two slices at one place; empty where none does that.
std::vector<std::vector<FrameRef>> cutApart(const std::vector<FrameRef>& sorted, std::size_t most) {
  for (const Discriminator& tell : discriminators()) {
    std::map<std::string, std::vector<FrameRef>> parts;
    for (const FrameRef& ref : sorted) parts[tell(ref)].push_back(ref);
    if (parts.size() < 2 || parts.size() > most) continue;
    std::vector<std::vector<FrameRef>> cut;
    for (auto& [name, part] : parts) {
      const std::vector<std::size_t> counts = countsAtPositions(part);
      if (*std::max_element(counts.begin(), counts.end()) > 1) break;
      cut.push_back(std::move(part));
    }
    if (cut.size() == parts.size()) return cut;
  }
  return {};
}

SliceStack stackOf(std::vector<FrameRef> frames, int times = 1) {
  SliceStack stack;
  stack.frames = std::move(frames);
  stack.times = times;
  return stack;
}

bool isSamePlace(const FrameRef& a, const FrameRef& b) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (std::abs((*a.header().position)[axis] - (*b.header().position)[axis]) > 0.1) return false;
  }
  return true;
}

/// One slice a position; of the others those beside it in the same plane become stacks of their own, the rest is told.
std::vector<SliceStack> withoutDuplicates(const std::vector<FrameRef>& sorted, const std::vector<std::size_t>& counts,
                                          std::vector<SkippedFile>& skipped) {
  std::vector<SliceStack> stacks(1);
  std::size_t at = 0;
  std::size_t dropped = 0;
  for (const std::size_t count : counts) {
    const FrameRef& kept = sorted[at];
    stacks.front().frames.push_back(kept);
    for (std::size_t n = at + 1; n < at + count; ++n) {
      if (!isSamePlace(kept, sorted[n])) {
        stacks.push_back(stackOf({sorted[n]}));
        continue;
      }
      ++dropped;
      skipped.push_back({sorted[n].file->path(), "a second slice at the place of " +
                                                     kept.file->path().filename().string() +
                                                     "; only one of them can be part of the volume"});
    }
    at += count;
  }
  if (dropped > 0) {
    stacks.front().warnings.push_back(std::to_string(dropped) +
                                      (dropped == 1 ? " slice stands at the place of another and was left out"
                                                    : " slices stand at the place of others and were left out"));
  }
  return stacks;
}

std::vector<SliceStack> volumesOf(std::vector<FrameRef> group, std::vector<SkippedFile>& skipped) {
  sortSlices(group);
  const std::vector<std::size_t> counts = countsAtPositions(group);
  const std::size_t most = *std::max_element(counts.begin(), counts.end());
  if (most == 1) return {stackOf(std::move(group))};
  std::vector<SliceStack> stacks;
  for (auto& part : cutApart(group, most)) stacks.push_back(stackOf(std::move(part)));
  if (!stacks.empty()) return stacks;
  const bool isEven = std::all_of(counts.begin(), counts.end(), [&](std::size_t count) { return count == most; });
  if (isEven && counts.size() > 1) return {stackOf(timesApart(group, most), int(most))};
  return withoutDuplicates(group, counts, skipped);
}

std::vector<FrameRef> framesOf(const FilePointer& file) {
  std::vector<FrameRef> frames;
  for (int n = 0; n < file->header().frames; ++n) frames.push_back({file, n});
  return frames;
}

SliceStack pictureOf(const FilePointer& file) {
  SliceStack stack = stackOf(framesOf(file));
  stack.kind = file->header().frames > 1 ? MediumKind::Cine : MediumKind::Image;
  return stack;
}

}  // namespace

std::vector<SliceStack> stacksOfFile(const FilePointer& file) {
  const ImageHeader& header = file->header();
  if (header.frames == 1 && !header.hasFrameGeometry) {
    if (!isSlice(header)) return {pictureOf(file)};
    return {stackOf(framesOf(file))};
  }
  const std::vector<FrameRef> frames = framesOf(file);
  const bool placed =
      std::all_of(frames.begin(), frames.end(), [](const FrameRef& ref) { return isPlaced(ref.header()); });
  if (!header.hasFrameGeometry || !placed) {
    // An enhanced CT or MR whose frames say nothing of their places, nor of time, is still a stack of slices.
    const bool isTimed = header.frameTimeMs > 0 || !header.frameTimesMs.empty();
    if (!isSliceModality(header.modality) || isTimed) return {pictureOf(file)};
    return {stackOf(frames)};
  }
  std::vector<SliceStack> stacks;
  std::vector<SkippedFile> uneven;
  for (auto& group : byGeometry(frames)) {
    for (SliceStack& stack : volumesOf(std::move(group), uneven)) stacks.push_back(std::move(stack));
  }
  if (!uneven.empty() && stacks.size() == 1) return {pictureOf(file)};  // frames over time at uneven places
  for (std::size_t n = 0; stacks.size() > 1 && n < stacks.size(); ++n)
    stacks[n].selector = "stack " + std::to_string(n);
  return stacks;
}

std::vector<SliceStack> groupFiles(std::span<const FilePointer> files, std::vector<SkippedFile>& skipped) {
  std::vector<SliceStack> stacks;
  std::map<std::string, std::vector<FrameRef>> series;
  std::map<std::string, const ImageFile*> instances;
  for (const FilePointer& file : files) {
    const ImageHeader& header = file->header();
    if (header.frames == 1 && !header.hasFrameGeometry && isSlice(header)) {
      const auto [first, isNew] = instances.emplace(header.sopInstance, file.get());
      if (!isNew && !header.sopInstance.empty()) {
        skipped.push_back({file->path(), "the same slice as " + first->second->path().string()});
        continue;
      }
      series[seriesKey(*file)].push_back({file, 0});
    } else {
      for (SliceStack& stack : stacksOfFile(file)) stacks.push_back(std::move(stack));
    }
  }
  for (auto& [key, frames] : series) {
    for (auto& group : byGeometry(frames)) {
      for (SliceStack& stack : volumesOf(std::move(group), skipped)) stacks.push_back(std::move(stack));
    }
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
  SliceStack stack;
  for (const FilePointer& file : files) stack.frames.push_back({file, 0});
  const bool fits = info.times > 1 && files.size() % std::size_t(info.times) == 0;
  stack.times = fits ? info.times : 1;
  return stack;
}

}  // namespace fiducial::media::dicom
