#include "recent_projects.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fiducial/runtime/atomic_file.h"

namespace fiducial::workspace {
namespace {

constexpr std::size_t kMost = 12;
constexpr std::size_t kLimitBytes = 1 << 20;

}  // namespace

RecentProjects::RecentProjects(std::filesystem::path settingsFolder) {
  if (settingsFolder.empty()) return;
  file_ = settingsFolder / "recent.json";
  const Result<std::string> text = runtime::readText(file_, kLimitBytes);
  if (!text) return;
  const nlohmann::json list = nlohmann::json::parse(*text, nullptr, false);
  if (!list.is_array()) return;
  for (const auto& entry : list) {
    if (entry.is_string() && projects_.size() < kMost) projects_.emplace_back(entry.get<std::string>());
  }
}

void RecentProjects::opened(const std::filesystem::path& project) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(project, error);
  std::erase(projects_, path);
  projects_.insert(projects_.begin(), path);
  if (projects_.size() > kMost) projects_.resize(kMost);
  if (file_.empty()) return;
  nlohmann::json list = nlohmann::json::array();
  for (const auto& entry : projects_) list.push_back(entry.string());
  using nlohmann::json;
  (void)runtime::writeFile(file_, std::string_view(list.dump(1, ' ', false, json::error_handler_t::replace)));
}

std::vector<std::filesystem::path> RecentProjects::list() const {
  std::vector<std::filesystem::path> there;
  std::error_code error;
  std::ranges::copy_if(projects_, std::back_inserter(there),
                       [&](const auto& path) { return std::filesystem::exists(path, error); });
  return there;
}

}  // namespace fiducial::workspace
