// The tool in the hand: which one, its settings, the class of what comes next, and the gesture in progress.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "edit_references.h"
#include "fiducial/edit/registry.h"

namespace fiducial::workspace {

/// Thread: the owner's.
class ToolSession {
 public:
  ToolSession();
  [[nodiscard]] const edit::ToolInfo& info() const { return *info_; }
  [[nodiscard]] bool isCoding() const { return isCoding_; }
  [[nodiscard]] std::string_view id() const { return isCoding_ ? kCode : info_->id; }
  /// "code" is tag and event mode, in which the hand selects. False: there is no such tool.
  bool set(std::string_view id);
  /// The tool before `id`, if that is the one in the hand; else `id`.
  [[nodiscard]] std::string toggled(std::string_view id) const;
  /// The tool that a gesture in progress belongs to, else that of the hand.
  [[nodiscard]] edit::Tool& hand() { return *(grabbing_ ? tools_.at("select") : tools_.at(info_->id)); }
  [[nodiscard]] bool isBusy() const;
  /// A handle was pressed with another tool: this gesture is the select tool's.
  void grab() { grabbing_ = true; }
  void gestureEnded() { grabbing_ = false; }
  void renameLabels(const IdMapping& mapping);

  static constexpr std::string_view kCode = "code";
  edit::ToolSettings settings;
  ClassId currentClass{};
  SegmentationId activeSegment{};
  std::optional<edit::Preview> preview;

 private:
  std::map<std::string_view, std::unique_ptr<edit::Tool>> tools_;
  const edit::ToolInfo* info_ = nullptr;  ///< never null after construction
  std::string previous_ = "select";
  bool isCoding_ = false;
  bool grabbing_ = false;
};

}  // namespace fiducial::workspace
