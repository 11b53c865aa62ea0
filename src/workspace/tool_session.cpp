#include "tool_session.h"

namespace fiducial::workspace {

ToolSession::ToolSession() : info_(&edit::tools().front()) {
  for (const edit::ToolInfo& info : edit::tools()) tools_[info.id] = info.make();
}

bool ToolSession::set(std::string_view id) {
  const bool isCode = id == kCode;
  const edit::ToolInfo* info = edit::findTool(isCode ? "select" : id);
  if (!info) return false;
  if (id != this->id()) previous_ = this->id();
  info_ = info;
  isCoding_ = isCode;
  return true;
}

std::string ToolSession::toggled(std::string_view id) const { return std::string(id == this->id() ? previous_ : id); }

bool ToolSession::isBusy() const { return (grabbing_ ? tools_.at("select") : tools_.at(info_->id))->isBusy(); }

void ToolSession::renameLabels(const IdMapping& mapping) {
  for (auto& [id, tool] : tools_) tool->renameLabels(mapping);
  currentClass = ClassId{mapping(raw(currentClass))};
  activeSegment = SegmentationId{mapping(raw(activeSegment))};
  if (!preview) return;
  if (preview->replaces) preview->replaces->id = mapping(preview->replaces->id);
  for (auto& [ref, shape] : preview->moved) ref.id = mapping(ref.id);
  for (auto& [id, voxels] : preview->segments) id = SegmentationId{mapping(raw(id))};
}

}  // namespace fiducial::workspace
