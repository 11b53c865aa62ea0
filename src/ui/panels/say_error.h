// A refused intent, said in the message strip.
#pragma once

#include "fiducial/core/result.h"
#include "fiducial/workspace/workspace.h"

namespace fiducial::ui {

inline void sayError(workspace::Workspace& workspace, const Error& error) {
  workspace::Message message;
  message.kind = workspace::Message::Kind::Error;
  message.text = error.text();
  workspace.say(std::move(message));
}

}  // namespace fiducial::ui
