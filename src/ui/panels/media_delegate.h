// Draws a row of the media browser: thumbnail, name, kind and extent, labels, done or missing.
#pragma once

#include <QStyledItemDelegate>

#include "panels/media_model.h"

namespace fiducial::ui {

class MediaDelegate final : public QStyledItemDelegate {
  Q_OBJECT
 public:
  MediaDelegate(const UiContext& context, const MediaModel& model, QObject* parent = nullptr);

  /// The "Locate..." button of a missing medium's row; empty for others.
  [[nodiscard]] QRect locateButton(const QRect& row, const QModelIndex& index) const;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  void paintHeading(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
  void paintThumbnail(QPainter& painter, const QRect& rect, const workspace::MediumItem& item) const;
  void paintDuration(QPainter& painter, const QRect& thumbnail, const MediumInfo& info) const;
  void paintTexts(QPainter& painter, const QStyleOptionViewItem& option, const QRect& area,
                  const workspace::MediumItem& item) const;
  void paintState(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& area,
                  const workspace::MediumItem& item) const;

  UiContext context_;
  const MediaModel& model_;
};

}  // namespace fiducial::ui
