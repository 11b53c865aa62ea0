#include "split_stacks.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "kinds_apart.h"
#include "same_picture.h"

namespace fiducial::media::dicom {
namespace {

constexpr double kSamePlaceMm = 0.005;  // along the normal
constexpr double kBesideMm = 0.1;       // within the plane

bool isPlaced(const FrameHeader& frame) { return frame.position && frame.orientation; }

/// The frames at one place each, ascending along the normal, earlier ones first. Frames without a place: one each.
struct Places {
  std::vector<std::vector<FrameRef>> at;
  [[nodiscard]] std::size_t most() const {
    std::size_t count = 0;
    for (const auto& frames : at) count = std::max(count, frames.size());
    return count;
  }
  [[nodiscard]] std::size_t fewest() const {
    std::size_t count = at.front().size();
    for (const auto& frames : at) count = std::min(count, frames.size());
    return count;
  }
};

Places placesOf(std::vector<FrameRef> frames) {
  Places places;
  const bool placed = isPlaced(frames.front().header());
  const Vector3 normal = placed ? normalOf(*frames.front().header().orientation) : Vector3{0, 0, 1};
  const auto along = [&](const FrameRef& ref) {
    return placed ? distanceAlongNormal(ref.header(), normal) : double(ref.header().kind.inStack);
  };
  // Without places the numbers of the pictures are the best order there is.
  const auto isNumbered = [](const FrameRef& a, const FrameRef& b) {
    return std::pair(a.file->header().instanceNumber, a.frame) < std::pair(b.file->header().instanceNumber, b.frame);
  };
  std::stable_sort(frames.begin(), frames.end(), isEarlier);
  if (!placed) std::stable_sort(frames.begin(), frames.end(), isNumbered);
  std::stable_sort(frames.begin(), frames.end(), [&](const auto& a, const auto& b) { return along(a) < along(b); });
  double last = 0;
  for (FrameRef& ref : frames) {
    const bool isNew = !placed || places.at.empty() || along(ref) - last > kSamePlaceMm;
    if (isNew) {
      last = along(ref);
      places.at.emplace_back();
    }
    places.at.back().push_back(std::move(ref));
  }
  for (auto& at : places.at) std::stable_sort(at.begin(), at.end(), isEarlier);
  return places;
}

bool isEvenlySpaced(const Places& places) {
  if (!isPlaced(places.at.front().front().header())) return true;
  const Vector3 normal = normalOf(*places.at.front().front().header().orientation);
  double first = 0;
  for (std::size_t n = 1; n < places.at.size(); ++n) {
    const double gap = distanceAlongNormal(places.at[n].front().header(), normal) -
                       distanceAlongNormal(places.at[n - 1].front().header(), normal);
    if (n == 1) first = gap;
    if (std::abs(gap - first) > std::max(0.05 * first, 0.01)) return false;
  }
  return true;
}

/// Pictures side by side in one plane are stacks of their own (tiles of a whole-body plane, several small views).
std::vector<std::vector<FrameRef>> besideEachOther(const std::vector<FrameRef>& frames) {
  const Places places = placesOf(frames);
  const auto isBeside = [](const FrameRef& a, const FrameRef& b) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      if (std::abs((*a.header().position)[axis] - (*b.header().position)[axis]) > kBesideMm) return true;
    }
    return false;
  };
  const auto isMixed = [&](const std::vector<FrameRef>& at) {
    return isPlaced(at.front().header()) && isBeside(at.front(), at.back());
  };
  if (std::none_of(places.at.begin(), places.at.end(), isMixed)) return {frames};
  std::map<std::pair<long, long>, std::vector<FrameRef>> columns;  // by the place within the plane
  for (const FrameRef& ref : frames) {
    const auto& [row, column] = *frames.front().header().orientation;
    const Vector3& p = *ref.header().position;
    const auto along = [&](const Vector3& axis) {
      return std::lround((p[0] * axis[0] + p[1] * axis[1] + p[2] * axis[2]) / (2 * kBesideMm));
    };
    columns[{along(column), along(row)}].push_back(ref);
  }
  std::vector<std::vector<FrameRef>> apart;
  for (auto& [place, column] : columns) apart.push_back(std::move(column));
  return apart;
}

/// By one of image type, b-value or echo; one part where all of it is one even stack: there the values merely vary.
std::vector<Part> apartBy(const Telling& telling, Part part) {
  std::vector<Part> whole;
  if (!tellsApart(telling, part.frames)) {
    whole.push_back(std::move(part));
    return whole;
  }
  const Places places = placesOf(part.frames);
  std::vector<Part> cut = partsBy(telling, part.frames);
  const bool isOneStack = places.most() == 1 && isEvenlySpaced(places);
  if (isOneStack || cut.size() > std::max<std::size_t>(places.most(), 1 + part.frames.size() / 4)) {
    whole.push_back(std::move(part));
    return whole;
  }
  for (Part& piece : cut) {
    if (!part.label.empty()) piece.label = part.label + ", " + piece.label;
  }
  return cut;
}

std::vector<Part> kindsApart(std::vector<FrameRef> frames) {
  std::vector<Part> parts;
  parts.push_back({"", std::move(frames)});
  for (const Telling& telling : tellingKinds()) {
    std::vector<Part> finer;
    for (Part& part : parts) {
      for (Part& piece : apartBy(telling, std::move(part))) finer.push_back(std::move(piece));
    }
    parts = std::move(finer);
  }
  return parts;
}

/// Pictures that are there twice, so that none of them is taken for another time.
class Doubles {
 public:
  explicit Doubles(std::vector<SkippedFile>& skipped) : skipped_(skipped) {}
  /// Where every place has as many pictures, only whole repetitions count: single slices may well be alike (empty).
  void drop(Places& places) {
    const std::size_t fewest = places.fewest();
    if (fewest == places.most()) {
      for (std::size_t m = fewest - 1; m > 0; --m) dropRepetition(places, m);
      return;
    }
    for (auto& at : places.at) {
      for (std::size_t m = at.size() - 1; m > 0; --m) {
        const auto isOther = [&](const FrameRef& one) { return &one < &at[m] && isSamePicture(one, at[m]); };
        const auto same = std::find_if(at.begin(), at.end(), isOther);
        if (same != at.end()) dropOne(at, m, std::size_t(same - at.begin()));
      }
    }
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void dropRepetition(Places& places, std::size_t m) {
    for (const auto& at : places.at) {
      if (!isSamePicture(at[0], at[m])) return;
    }
    for (auto& at : places.at) dropOne(at, m, 0);
  }
  void dropOne(std::vector<FrameRef>& at, std::size_t m, std::size_t kept) {
    if (at[kept].file != at[m].file) {
      skipped_.push_back({at[m].file->path(), "the same picture at the place of " +
                                                  at[kept].file->path().filename().string() +
                                                  "; only one of them can be part of the volume"});
    }
    at.erase(at.begin() + std::ptrdiff_t(m));
    ++count_;
  }

  std::vector<SkippedFile>& skipped_;
  std::size_t count_ = 0;
};

SliceStack stackOf(std::string part, std::vector<FrameRef> frames, std::size_t times = 1) {
  SliceStack stack;
  stack.part = std::move(part);
  stack.frames = std::move(frames);
  stack.times = int(times);
  return stack;
}

/// The n-th frame of every place that has so many.
std::vector<FrameRef> layer(const Places& places, std::size_t n) {
  std::vector<FrameRef> frames;
  for (const auto& at : places.at) {
    if (n < at.size()) frames.push_back(at[n]);
  }
  return frames;
}

/// Times that cover all places make one stack over time, the others stacks of their own; empty where `telling` does not
/// leave one frame a place.
std::vector<SliceStack> timesBy(const Telling& telling, const Places& places, const std::vector<FrameRef>& frames) {
  std::vector<Part> parts = partsBy(telling, frames);
  if (parts.size() < 2) return {};
  std::vector<SliceStack> stacks;
  std::vector<FrameRef> whole;
  std::size_t times = 0;
  for (Part& part : parts) {
    const Places own = placesOf(std::move(part.frames));
    if (own.most() > 1) return {};
    std::vector<FrameRef> slices = layer(own, 0);
    if (slices.size() != places.at.size()) {
      stacks.push_back(stackOf(part.label, std::move(slices)));
      continue;
    }
    whole.insert(whole.end(), slices.begin(), slices.end());
    ++times;
  }
  if (times > 0) stacks.insert(stacks.begin(), stackOf("", std::move(whole), times));
  return stacks;
}

std::vector<FrameRef> allOf(const Places& places) {
  std::vector<FrameRef> frames;
  for (const auto& at : places.at) frames.insert(frames.end(), at.begin(), at.end());
  return frames;
}

/// Nothing tells the repetitions apart: complete ones are times, what is left over are stacks of their own.
std::vector<SliceStack> timesByOrder(const Places& places) {
  const std::size_t times = places.fewest();
  std::vector<FrameRef> whole;
  for (std::size_t n = 0; n < times; ++n) {
    for (const auto& at : places.at) whole.push_back(at[n]);
  }
  std::vector<SliceStack> stacks;
  stacks.push_back(stackOf("", std::move(whole), times));
  for (std::size_t n = times; n < places.most(); ++n) {
    stacks.push_back(stackOf("repeated slices", layer(places, n)));
    stacks.back().warnings.emplace_back("these slices stand at the places of others that have another picture");
  }
  if (stacks.size() > 1) {
    stacks.front().warnings.push_back(
        "some of its places have several pictures; the further ones are media of their own");
  }
  return stacks;
}

std::vector<SliceStack> stacksOfKind(std::vector<FrameRef> frames, std::vector<SkippedFile>& skipped) {
  Places places = placesOf(std::move(frames));
  if (places.most() == 1) return {stackOf("", allOf(places))};
  Doubles doubles(skipped);
  doubles.drop(places);
  const std::vector<FrameRef> kept = allOf(places);
  std::vector<SliceStack> stacks;
  if (places.most() == 1) {
    stacks.push_back(stackOf("", kept));
  } else if (places.fewest() == places.most()) {
    for (std::size_t t = 0; t < tellingTimes().size() && stacks.size() != 1; ++t) {
      stacks = timesBy(tellingTimes()[t], places, kept);
    }
    if (stacks.size() != 1) stacks = timesByOrder(places);
  } else {
    for (std::size_t t = 0; t < tellingTimes().size() && stacks.empty(); ++t) {
      stacks = timesBy(tellingTimes()[t], places, kept);
    }
    if (stacks.empty()) stacks = timesByOrder(places);
  }
  if (doubles.count() > 0) {
    stacks.front().warnings.push_back(std::to_string(doubles.count()) +
                                      (doubles.count() == 1
                                           ? " slice stands at the place of another and was left out"
                                           : " slices stand at the place of others and were left out"));
  }
  return stacks;
}

}  // namespace

std::vector<SliceStack> splitStacks(std::vector<FrameRef> frames, std::vector<SkippedFile>& skipped) {
  std::vector<SliceStack> all;
  for (std::vector<FrameRef>& beside : besideEachOther(frames)) {
    for (Part& kind : kindsApart(std::move(beside))) {
      for (SliceStack& stack : stacksOfKind(std::move(kind.frames), skipped)) {
        if (!kind.label.empty()) stack.part = kind.label + (stack.part.empty() ? "" : ", " + stack.part);
        all.push_back(std::move(stack));
      }
    }
  }
  return all;
}

}  // namespace fiducial::media::dicom
