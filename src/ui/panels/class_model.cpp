#include "panels/class_model.h"

#include <QColor>

#include "panels/label_text.h"
#include "panels/say_error.h"
#include "text.h"

namespace fiducial::ui {

ClassModel::ClassModel(const UiContext& context, QObject* parent) : QAbstractItemModel(parent), context_(context) {
  rebuild();
}

ClassId ClassModel::shownParent(ClassId id) const {
  const auto& classes = context_.workspace.labels().classes();
  const ClassId parent = classes.at(id).value.parent;
  // A parent that is gone, or a ring of parents, must not hide a class: it is shown at the top.
  ClassId above = parent;
  for (std::size_t steps = 0; !isNone(above); ++steps) {
    const auto it = classes.find(above);
    if (it == classes.end() || above == id || steps > classes.size()) return ClassId{};
    above = it->second.value.parent;
  }
  return parent;
}

void ClassModel::rebuild() {
  beginResetModel();
  nodes_.clear();
  nodes_[ClassId{}];
  for (const auto& [id, stored] : context_.workspace.labels().classes()) {
    const ClassId parent = shownParent(id);
    Node& above = nodes_[parent];
    Node& node = nodes_[id];
    node.parent = parent;
    node.row = static_cast<int>(above.children.size());
    above.children.push_back(id);
  }
  endResetModel();
}

void ClassModel::refreshValues() {
  for (const auto& [id, node] : nodes_) {
    if (node.children.empty()) continue;
    const QModelIndex above = indexOf(id);
    Q_EMIT dataChanged(index(0, 0, above), index(static_cast<int>(node.children.size()) - 1, 0, above));
  }
}

const ClassModel::Node* ClassModel::nodeOf(ClassId id) const {
  const auto it = nodes_.find(id);
  return it == nodes_.end() ? nullptr : &it->second;
}

ClassId ClassModel::classAt(const QModelIndex& index) const {
  return index.isValid() ? ClassId{static_cast<RawId>(index.internalId())} : ClassId{};
}

QModelIndex ClassModel::indexOf(ClassId id) const {
  const Node* node = nodeOf(id);
  return node && !isNone(id) ? createIndex(node->row, 0, static_cast<quintptr>(raw(id))) : QModelIndex();
}

QModelIndex ClassModel::index(int row, int column, const QModelIndex& parent) const {
  const Node* above = nodeOf(classAt(parent));
  if (!above || column != 0 || row < 0 || row >= static_cast<int>(above->children.size())) return {};
  return createIndex(row, 0, static_cast<quintptr>(raw(above->children[static_cast<std::size_t>(row)])));
}

QModelIndex ClassModel::parent(const QModelIndex& child) const {
  const Node* node = nodeOf(classAt(child));
  return node && child.isValid() ? indexOf(node->parent) : QModelIndex();
}

int ClassModel::rowCount(const QModelIndex& parent) const {
  const Node* node = nodeOf(classAt(parent));
  return node ? static_cast<int>(node->children.size()) : 0;
}

int ClassModel::columnCount(const QModelIndex&) const { return 1; }

QVariant ClassModel::data(const QModelIndex& index, int role) const {
  const ClassId id = classAt(index);
  const LabelClass* value = context_.workspace.labels().findClass(id);
  if (!value) return {};
  const QString key = qt(value->hotkey);
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return qt(value->name);
    case ColorRole:
      return QColor(qt(value->color));
    case HotkeyRole:
      return key;
    case CountRole:
      return context_.workspace.labels().countOf(id);
    case IsCurrentRole:
      return context_.workspace.currentClass() == id;
    case Qt::AccessibleTextRole:
      return tr("%1, %2 here").arg(qt(value->name), labelCountText(context_.workspace.labels().countOf(id)));
    case Qt::ToolTipRole: {
      QStringList lines{key.isEmpty() ? qt(value->name) : QStringLiteral("%1 (%2)").arg(qt(value->name), key)};
      if (!value->code.value.empty())
        lines << QStringLiteral("%1 %2 %3").arg(qt(value->code.scheme), qt(value->code.value), qt(value->code.meaning));
      return lines.join(QLatin1Char('\n'));
    }
    default:
      return {};
  }
}

bool ClassModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const LabelClass* known = context_.workspace.labels().findClass(classAt(index));
  if (!known || role != Qt::EditRole) return false;
  LabelClass renamed = *known;
  renamed.name = utf8(value.toString().trimmed());
  if (renamed.name == known->name) return true;
  const Status status = context_.workspace.updateClass(classAt(index), renamed);
  if (!status) sayError(context_.workspace, status.error());
  return status.ok();
}

Qt::ItemFlags ClassModel::flags(const QModelIndex&) const {
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable;
}

}  // namespace fiducial::ui
