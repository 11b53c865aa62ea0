// What every panel is given: the state to show, the table of actions to offer, and how things look.
#pragma once

#include "actions.h"
#include "fiducial/workspace/workspace.h"
#include "theme/icon_set.h"
#include "theme/theme.h"

namespace fiducial::ui {

/// Borrowed by every widget; lives in MainWindow and outlives them.
struct UiContext {
  workspace::Workspace& workspace;
  const Theme& theme;
  const IconSet& icons;
  ActionTable& actions;
};

}  // namespace fiducial::ui
