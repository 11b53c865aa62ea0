// The classes as a tree by parent, with their number of labels on the current medium.
#pragma once

#include <QAbstractItemModel>
#include <map>
#include <vector>

#include "ui_context.h"

namespace fiducial::ui {

class ClassModel final : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Role { ColorRole = Qt::UserRole, HotkeyRole, CountRole, IsCurrentRole };

  explicit ClassModel(const UiContext& context, QObject* parent = nullptr);

  /// Another schema: rows are built again.
  void rebuild();
  /// Counts, and which class is current.
  void refreshValues();
  [[nodiscard]] ClassId classAt(const QModelIndex& index) const;
  [[nodiscard]] QModelIndex indexOf(ClassId id) const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  /// Renames; a refused name is said in the strip.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  struct Node {
    ClassId parent{};  ///< none: at the top
    int row = 0;       ///< among its siblings
    std::vector<ClassId> children;
  };
  [[nodiscard]] const Node* nodeOf(ClassId id) const;
  [[nodiscard]] ClassId shownParent(ClassId id) const;

  UiContext context_;
  std::map<ClassId, Node> nodes_;  ///< under the id 0: the top level
};

}  // namespace fiducial::ui
