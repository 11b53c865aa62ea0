// What can be done with one class: use it, rename, colour, key, delete.
#pragma once

#include <functional>

#include "ui_context.h"

class QMenu;
class QWidget;

namespace fiducial::ui {

/// Fills `menu` for the class; `rename` starts editing its name in place.
void fillClassMenu(QMenu& menu, UiContext context, ClassId id, std::function<void()> rename);
/// Lets the user choose any colour (a dialog of ours, not of the system, so that it looks alike everywhere).
void chooseColor(QWidget* parent, UiContext context, ClassId id);

}  // namespace fiducial::ui
