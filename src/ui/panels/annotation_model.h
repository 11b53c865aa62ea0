// The labels of this frame or of the whole medium as rows, in the order of their frames.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <vector>

#include "ui_context.h"

namespace fiducial::ui {

/// Rows hold no texts: they are made for what is drawn, so that a list of thousands costs what is seen of it.
class AnnotationModel final : public QAbstractListModel {
  Q_OBJECT
 public:
  enum class Extent { ThisFrame, All };
  /// OnPictureRole: it has a shape or voxels, so that hiding and locking it mean something.
  enum Role { ColorRole = Qt::UserRole, IconRole, WhereRole, HiddenRole, LockedRole, OnPictureRole };

  explicit AnnotationModel(const UiContext& context, QObject* parent = nullptr);

  void setExtent(Extent extent);
  [[nodiscard]] Extent extent() const { return extent_; }
  /// `labelsChanged`: volumes of segments are measured again. True where rows came, went or moved.
  bool refresh(bool labelsChanged);
  [[nodiscard]] edit::LabelRef labelAt(int row) const { return rows_[static_cast<std::size_t>(row)].label; }
  /// -1 where the label is not in the list.
  [[nodiscard]] int rowOf(edit::LabelRef label) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  struct Row {
    int frame = -1;  ///< -1: the whole medium
    edit::LabelRef label;
    auto operator<=>(const Row&) const = default;
  };
  [[nodiscard]] std::vector<Row> rowsOfFrame() const;
  [[nodiscard]] std::vector<Row> rowsOfMedium() const;
  [[nodiscard]] QString whereOf(edit::LabelRef label) const;

  UiContext context_;
  Extent extent_ = Extent::ThisFrame;
  std::vector<Row> rows_;
  mutable QHash<RawId, QString> volumes_;  ///< counting voxels takes milliseconds: once a change
};

}  // namespace fiducial::ui
