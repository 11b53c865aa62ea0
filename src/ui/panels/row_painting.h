// What rows of the lists have in common: ground, swatch of a class, key chip, icons in two weights.
#pragma once

#include <QIcon>
#include <QRect>
#include <QString>
#include <QStyle>
#include <cstdint>

#include "theme/icon_set.h"
#include "theme/theme.h"

class QAbstractItemView;
class QPainter;
class QStyleOptionViewItem;

namespace fiducial::ui {

/// Selection, hover or nothing behind a row.
void paintRowGround(QPainter& painter, const Theme& theme, const QStyleOptionViewItem& option);
[[nodiscard]] QColor rowTextColor(const Theme& theme, const QStyleOptionViewItem& option, bool secondary = false);
void paintSwatch(QPainter& painter, const Theme& theme, const QRect& rect, const QColor& color);
/// A key as a small bordered box, centred in `rect`.
void paintKeyChip(QPainter& painter, const Theme& theme, const QRect& rect, const QString& key, const QColor& text);
/// `quiet` icons are drawn in the colour of disabled things: a state that is the usual one.
enum class IconLook : std::uint8_t { Plain, Quiet, OnSelection };
void paintIcon(QPainter& painter, const IconSet& icons, const QString& name, const QRect& rect,
               IconLook look = IconLook::Plain);
/// A class's colour as an icon for combo boxes and menus.
[[nodiscard]] QIcon swatchIcon(const Theme& theme, const QColor& color, qreal devicePixelRatio);
/// The font of lists: 12 px.
[[nodiscard]] QFont listFont(const Theme& theme, const QFont& from);
/// What all lists share. They get the focus by Tab only, so that a click on a row leaves the keys with the picture.
void setUpRows(QAbstractItemView* view, const Theme& theme, const QString& objectName, const QString& accessibleName);

}  // namespace fiducial::ui
