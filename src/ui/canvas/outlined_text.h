// Text over a picture: readable on any ground by a 1 px dark outline, no box.
#pragma once

#include <QColor>
#include <QPointF>
#include <QString>

#include "theme/theme.h"

class QPainter;

namespace fiducial::ui {

/// Draws `text` with its alignment point at `at` (Qt::AlignLeft: at is the left end, ...); lines separated by \n go
/// down.
void paintOutlinedText(QPainter& painter, const Theme& theme, QPointF at, Qt::Alignment alignment, const QString& text);

}  // namespace fiducial::ui
