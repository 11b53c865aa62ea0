// Questions that need a file dialog, and the answers' way to the workspace.
#pragma once

#include "ui_context.h"

namespace fiducial::ui {

void askNewProject(const UiContext& context, QWidget* parent);
/// Projects and media files.
void askOpen(const UiContext& context, QWidget* parent);
/// A folder of media.
void askAddFolder(const UiContext& context, QWidget* parent);
void askLocate(const UiContext& context, QWidget* parent);
void askLoadSchema(const UiContext& context, QWidget* parent);
/// Ctrl+S: there is nothing to save; says where the project is.
void sayWhereSaved(const UiContext& context);

}  // namespace fiducial::ui
