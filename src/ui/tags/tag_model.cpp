#include "tags/tag_model.h"

#include "text.h"

namespace fiducial::ui {

using media::DicomElement;
using media::DicomItem;

/// An element, an item of a sequence (no element), or the root (neither).
struct TagModel::Node {
  Node* parent = nullptr;
  int row = 0;
  DicomItem item;  ///< that the element stands in; of an item row the item itself
  const DicomElement* element = nullptr;
  bool isExpanded = false;
  std::vector<std::unique_ptr<Node>> children;
};

TagModel::TagModel(QObject* parent) : QAbstractItemModel(parent), root_(std::make_unique<Node>()) {}
TagModel::~TagModel() = default;

void TagModel::show(std::shared_ptr<const media::DicomDataset> dataset) {
  beginResetModel();
  dataset_ = std::move(dataset);
  root_ = std::make_unique<Node>();
  root_->isExpanded = true;
  if (dataset_) {
    addElements(*root_, dataset_->meta());
    addElements(*root_, dataset_->root());
  }
  endResetModel();
}

void TagModel::addElements(Node& node, DicomItem item) const {
  for (const DicomElement& element : item.elements()) {
    auto child = std::make_unique<Node>();
    child->parent = &node;
    child->row = int(node.children.size());
    child->item = item;
    child->element = &element;
    node.children.push_back(std::move(child));
  }
}

void TagModel::expand(Node& node) const {
  if (node.isExpanded) return;
  node.isExpanded = true;
  if (node.element == nullptr) return addElements(node, node.item);
  for (std::uint32_t n = 0; n < node.element->itemCount; ++n) {
    auto child = std::make_unique<Node>();
    child->parent = &node;
    child->row = int(n);
    child->item = dataset_->itemOf(*node.element, n);
    node.children.push_back(std::move(child));
  }
}

TagModel::Node* TagModel::nodeOf(const QModelIndex& index) const {
  return index.isValid() ? static_cast<Node*>(index.internalPointer()) : root_.get();
}

QModelIndex TagModel::index(int row, int column, const QModelIndex& parent) const {
  Node* node = nodeOf(parent);
  expand(*node);
  if (row < 0 || row >= int(node->children.size()) || column < 0 || column >= ColumnCount) return {};
  return createIndex(row, column, node->children[std::size_t(row)].get());
}

QModelIndex TagModel::parent(const QModelIndex& child) const {
  Node* parent = nodeOf(child)->parent;
  return parent == nullptr || parent == root_.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int TagModel::rowCount(const QModelIndex& parent) const {
  if (parent.column() > 0) return 0;
  Node* node = nodeOf(parent);
  expand(*node);
  return int(node->children.size());
}

int TagModel::columnCount(const QModelIndex&) const { return ColumnCount; }

QVariant TagModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
  const Node& node = *nodeOf(index);
  if (node.element == nullptr) {
    if (index.column() == TagColumn) return tr("Item %1").arg(node.row + 1);
    return {};
  }
  switch (index.column()) {
    case TagColumn:
      return qt(media::dicomTagText(node.element->tag));
    case NameColumn:
      return qt(media::dicomName(node.item, *node.element));
    case TypeColumn:
      return qt(node.element->type());
    case ValueColumn:
      return qt(media::dicomShownValue(*dataset_, node.item, *node.element));
    default:
      return {};
  }
}

QString TagModel::wholeValue(const QModelIndex& index) const {
  if (!index.isValid()) return {};
  const Node& node = *nodeOf(index);
  if (node.element == nullptr) return data(index.siblingAtColumn(TagColumn), Qt::DisplayRole).toString();
  const std::string_view type = node.element->type();
  static constexpr std::string_view kText = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT";
  const bool isText = !node.element->isSequence && kText.find(type) != std::string_view::npos;
  return isText ? qt(dataset_->text(node.item, *node.element))
                : data(index.siblingAtColumn(ValueColumn), Qt::DisplayRole).toString();
}

QVariant TagModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case TagColumn:
      return tr("Tag");
    case NameColumn:
      return tr("Name");
    case TypeColumn:
      return tr("Type");
    default:
      return tr("Value");
  }
}

}  // namespace fiducial::ui
