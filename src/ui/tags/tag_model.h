// A DICOM data set as a tree of rows: tag, name, type, value.
#pragma once

#include <QAbstractItemModel>
#include <memory>
#include <vector>

#include "fiducial/media/dicom_dataset.h"

namespace fiducial::ui {

/// Rows below a sequence are made when a view asks for them. Thread: the application's.
class TagModel final : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { TagColumn, NameColumn, TypeColumn, ValueColumn, ColumnCount };

  explicit TagModel(QObject* parent);
  ~TagModel() override;
  /// May be null: no rows.
  void show(std::shared_ptr<const media::DicomDataset> dataset);
  /// The whole value, where the cell shows only its beginning.
  [[nodiscard]] QString wholeValue(const QModelIndex& index) const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Node;
  [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
  void expand(Node& node) const;
  void addElements(Node& node, media::DicomItem item) const;

  std::shared_ptr<const media::DicomDataset> dataset_;
  std::unique_ptr<Node> root_;
};

}  // namespace fiducial::ui
