#include "splits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "fiducial/project/unicode.h"

namespace fiducial::exchange {
namespace {

// Names become parts of file names.
Status checkName(const std::string& name) {
  const bool sound = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (sound) return {};
  return Error{ErrorCode::Invalid, "\"" + name + "\" is no name of a split", {}, "use letters, digits, - and _"};
}

// FNV-1a over the key, then the finisher of splitmix64: the same order on every machine and with every compiler.
std::uint64_t mixed(std::uint64_t seed, std::string_view key) {
  std::uint64_t h = 14695981039346656037ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
  for (const char c : key) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ULL;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBULL;
  return h ^ (h >> 31);
}

struct Group {
  std::uint64_t order = 0;
  std::string key;
  std::vector<MediumId> media;
};

std::vector<Group> groupsOf(const Selection& selection) {
  std::map<RawId, Group> bySubject;  // subject's id, or the medium's own: ids are unique over all kinds
  for (const auto& medium : selection.media()) {
    const SubjectId subject = selection.subjectOf(medium.value);
    Group& group = bySubject[isNone(subject) ? medium.id : raw(subject)];
    if (group.key.empty() || medium.uid < group.key) group.key = medium.uid;
    group.media.push_back(MediumId{medium.id});
  }
  std::vector<Group> groups;
  for (auto& [id, group] : bySubject) {
    group.order = mixed(selection.options().seed, group.key);
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return std::tie(a.order, a.key) < std::tie(b.order, b.key); });
  return groups;
}

// Whole numbers that add up to `count` and are nearest to the shares (largest remainders).
std::vector<std::size_t> quotas(const std::vector<std::pair<std::string, double>>& split, std::size_t count) {
  std::vector<std::size_t> quota;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::size_t given = 0;
  for (std::size_t i = 0; i < split.size(); ++i) {
    const double exact = split[i].second * static_cast<double>(count);
    quota.push_back(static_cast<std::size_t>(exact + 1e-9));
    remainders.emplace_back(static_cast<double>(quota.back()) - exact, i);
    given += quota.back();
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; given < count; ++i, ++given) ++quota[remainders[i % remainders.size()].second];
  return quota;
}

Result<Splits> byShares(const Selection& selection) {
  const auto& split = selection.options().split;
  Splits result;
  double sum = 0;
  for (const auto& [name, share] : split) {
    if (auto status = checkName(name); !status) return status.error();
    if (std::find(result.names.begin(), result.names.end(), name) != result.names.end()) {
      return Error{ErrorCode::Invalid, "the split \"" + name + "\" is named twice", {}, {}};
    }
    if (!(share > 0 && share <= 1)) {
      return Error{ErrorCode::Invalid, "the share of \"" + name + "\" must be above 0 and at most 1", {}, {}};
    }
    result.names.push_back(name);
    sum += share;
  }
  if (std::abs(sum - 1) > 1e-6) return Error{ErrorCode::Invalid, "the shares of the splits must add up to 1", {}, {}};
  const std::vector<Group> groups = groupsOf(selection);
  const std::vector<std::size_t> quota = quotas(split, groups.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < quota.size(); ++i) {
    for (std::size_t n = 0; n < quota[i]; ++n, ++next) {
      for (const MediumId medium : groups[next].media) result.indexOf[medium] = i;
    }
  }
  return result;
}

Result<Splits> byFile(const Selection& selection) {
  Splits result;
  for (const auto& [name, media] : selection.options().splitFile) {
    if (auto status = checkName(name); !status) return status.error();
    result.names.push_back(name);
    for (const std::string& asked : media) {
      const std::string wanted = project::toNfc(asked);
      const auto found = std::find_if(selection.media().begin(), selection.media().end(),
                                      [&](const auto& one) { return one.uid == wanted || one.value.name == wanted; });
      if (found == selection.media().end()) {
        if (!selection.options().media.empty()) continue;  // may be one that --media leaves out
        return Error{
            ErrorCode::NotFound, "the split file names \"" + wanted + "\", which is no medium of this project", {}, {}};
      }
      const auto [at, isNew] = result.indexOf.emplace(MediumId{found->id}, result.names.size() - 1);
      if (!isNew && at->second != result.names.size() - 1) {
        return Error{ErrorCode::Conflict, "the split file puts \"" + wanted + "\" into two splits", {}, {}};
      }
    }
  }
  return result;
}

}  // namespace

Result<Splits> makeSplits(const Selection& selection) {
  if (!selection.options().splitFile.empty()) return byFile(selection);
  if (!selection.options().split.empty()) return byShares(selection);
  Splits all;
  all.names.emplace_back("default");
  for (const auto& medium : selection.media()) all.indexOf[MediumId{medium.id}] = 0;
  return all;
}

}  // namespace fiducial::exchange
