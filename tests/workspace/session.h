// A window's session without a window: the workspace on a queue that the test runs by hand.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "fiducial/workspace/workspace.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::workspace::test {

class Session {
 public:
  explicit Session(std::filesystem::path settings = {}) : workspace(queue.dispatcher(), std::move(settings)) {}

  /// Runs what is queued until nothing is loading, applying or queued.
  void settle() {
    ASSERT_TRUE(queue.runUntil([this] { return workspace.isIdle(); }, 60'000)) << "the workspace never came to rest";
    queue.runPending();
  }
  void open(const std::filesystem::path& path) {
    workspace.openPaths({path});
    settle();
  }
  void press(double x, double y, int view = 0) { send(edit::PointerEvent::Kind::Press, x, y, view); }
  void move(double x, double y, int view = 0) { send(edit::PointerEvent::Kind::Move, x, y, view); }
  void release(double x, double y, int view = 0) { send(edit::PointerEvent::Kind::Release, x, y, view); }
  void drag(const std::vector<ImagePoint>& path, int view = 0) {
    press(path.front().x, path.front().y, view);
    for (const ImagePoint p : path) move(p.x, p.y, view);
    release(path.back().x, path.back().y, view);
  }
  void click(double x, double y) {
    press(x, y);
    release(x, y);
  }
  void run(std::string_view command) {
    const Command* found = findCommand(command);
    ASSERT_NE(found, nullptr) << command;
    ASSERT_TRUE(found->run) << command;
    if (!found->enabled || found->enabled(workspace)) found->run(workspace);
  }
  [[nodiscard]] std::string message() const { return workspace.message() ? workspace.message()->text : ""; }

  ManualDispatcher queue;
  Workspace workspace;

 private:
  void send(edit::PointerEvent::Kind kind, double x, double y, int view) {
    workspace.pointer(view, {.kind = kind, .at = {x, y}, .button = edit::Button::Primary});
  }
};

}  // namespace fiducial::workspace::test
