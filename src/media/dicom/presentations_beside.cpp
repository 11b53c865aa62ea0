#include "presentations_beside.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <unordered_set>

#include "fiducial/media/presentation_state.h"
#include "presented_window.h"

namespace fiducial::media::dicom {
namespace {

namespace fs = std::filesystem;

using Names = std::unordered_set<std::string>;  // comparing paths takes far longer

constexpr int kFilesLookedAt = 3000;
constexpr std::uintmax_t kLargestState = std::uintmax_t{2} << 20;

/// Its SOP class stands in the first kilobyte, in the meta header or the data set.
bool looksLikeState(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string head(1024, '\0');
  file.read(head.data(), std::streamsize(head.size()));
  head.resize(std::size_t(file.gcount()));
  return head.find("1.2.840.10008.5.1.4.1.1.11.") != std::string::npos;
}

std::vector<fs::path> statesIn(const fs::path& folder, const Names& known) {
  std::vector<fs::path> states;
  std::error_code error;
  int looked = 0;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (known.contains(at->path().native()) || !at->is_regular_file(error)) continue;
    const std::uintmax_t size = at->file_size(error);
    if (error || size < 256 || size > kLargestState) continue;
    if (++looked > kFilesLookedAt) break;
    if (looksLikeState(at->path())) states.push_back(at->path());
  }
  std::sort(states.begin(), states.end());
  return states;
}

/// What the state says of the stack; nothing where it is for none of its pictures.
std::optional<PresentationView> viewFor(const PresentationState& state, const SliceStack& stack,
                                        const MediumInfo& info) {
  std::optional<PresentationView> view;
  std::vector<int> pictures;
  for (std::size_t n = 0; n < std::size_t(info.frames); ++n) {
    const FrameRef& ref = stack.frames[n];
    const std::string& instance = ref.file->header().sopInstance;
    if (!state.isFor(instance)) continue;
    if (!view) {
      view = state.viewOf(instance, ref.frame);
      if (info.components == 1) {
        fitWindow(state, ref, info, *view);
      } else {
        view->window.reset();  // colour has none
      }
    }
    pictures.push_back(int(n));
  }
  if (!view) return view;
  if (pictures.size() < std::size_t(info.frames)) view->pictures = std::move(pictures);
  return view;
}

}  // namespace

std::vector<PresentationView> presentationsBeside(const SliceStack& stack, const MediumInfo& info) {
  Names files;
  std::set<fs::path> folders;
  const fs::path* last = nullptr;
  for (const FrameRef& ref : stack.frames) {
    if (!files.insert(ref.file->path().native()).second) continue;
    if (last == nullptr || last->parent_path() != ref.file->path().parent_path()) {
      folders.insert(ref.file->path().parent_path());
    }
    last = &ref.file->path();
  }
  std::vector<PresentationView> views;
  for (const fs::path& folder : folders) {
    for (const fs::path& path : statesIn(folder.empty() ? fs::path(".") : folder, files)) {
      auto state = readPresentationState(path);
      if (!state) continue;  // listed as a file that is no medium already
      auto view = viewFor(*state, stack, info);
      if (!view) continue;
      if (view->name.empty() || view->name == "UNNAMED") view->name = path.stem().string();
      views.push_back(std::move(*view));
    }
  }
  std::ranges::stable_sort(views, {}, &PresentationView::name);
  return views;
}

}  // namespace fiducial::media::dicom
