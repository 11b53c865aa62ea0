#include "dialogs/filter_popup.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fiducial::ui {
namespace {

constexpr int kMaxRows = 12;
constexpr int kTextMarginPx = 6;
constexpr int kTextGapPx = 12;
enum Role { SecondaryRole = Qt::UserRole, SwatchRole };

/// Swatch, text, and a key or count at the right end.
class RowDelegate final : public QStyledItemDelegate {
 public:
  RowDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {100, theme_.metric("rowHeight") + 4};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    if (selected) painter->fillRect(option.rect, theme_.color("selection"));
    QRect text = option.rect.adjusted(theme_.metric("padding"), 0, -theme_.metric("padding"), 0);
    if (const auto color = index.data(SwatchRole).value<QColor>(); color.isValid()) {
      painter->fillRect(QRect(text.left(), text.center().y() - 5, 11, 11), color);
      text.setLeft(text.left() + 20);
    }
    painter->setPen(theme_.color(selected ? "textOnSelection" : enabled ? "text" : "textDisabled"));
    const QString secondary = index.data(SecondaryRole).toString();
    const QFontMetrics metrics = painter->fontMetrics();
    const int room = text.width() - (secondary.isEmpty() ? 0 : metrics.horizontalAdvance(secondary) + kTextGapPx);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                      metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, room));
    painter->setPen(theme_.color(selected ? "textOnSelection" : enabled ? "textSecondary" : "textDisabled"));
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, secondary);
  }

 private:
  const Theme& theme_;
};

/// The letters of a word in order; below 0: not all are there.
int lettersScore(const QString& word, const QString& text) {
  int score = 0;
  qsizetype at = -1;
  for (const QChar letter : word) {
    const qsizetype next = text.indexOf(letter, at + 1, Qt::CaseInsensitive);
    if (next < 0) return -1;
    if (next == at + 1) score += 4;
    if (next == 0 || !text[next - 1].isLetterOrNumber()) score += 6;
    at = next;
  }
  return score;
}

}  // namespace

int matchScore(const QString& typed, const QString& text) {
  if (typed.isEmpty()) return 0;
  int score = 0;
  const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  for (const QString& word : words) {
    const int one = lettersScore(word, text);
    if (one < 0) return -1;
    score += one;
  }
  if (text.contains(typed, Qt::CaseInsensitive)) score += 20;
  if (text.startsWith(typed, Qt::CaseInsensitive)) score += 20;
  return std::max(0, score * 4 - static_cast<int>(text.size()) / 4);
}

FilterPopup::FilterPopup(const UiContext& context, QWidget* window, const QString& name, const QString& placeholder)
    : QFrame(window, Qt::Popup), context_(context), field_(new QLineEdit(this)), list_(new QListWidget(this)) {
  setObjectName(name);
  setAccessibleName(placeholder);
  setAutoFillBackground(true);
  setFrameShape(QFrame::NoFrame);
  field_->setObjectName(name + QStringLiteral(".field"));
  field_->setAccessibleName(placeholder);
  field_->setPlaceholderText(placeholder);
  field_->setMinimumHeight(context_.theme.metric("button"));
  field_->setTextMargins(kTextMarginPx, 0, kTextMarginPx, 0);
  list_->setObjectName(name + QStringLiteral(".list"));
  list_->setAccessibleName(tr("Matches"));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setItemDelegate(new RowDelegate(context_.theme, list_));
  auto* column = new QVBoxLayout(this);
  column->addWidget(field_);
  column->addWidget(list_);
  field_->installEventFilter(this);
  connect(field_, &QLineEdit::textChanged, this, &FilterPopup::refill);
  connect(list_, &QListWidget::itemClicked, this, &FilterPopup::take);
}

void FilterPopup::openAt(QPoint topLeft, int width) {
  width_ = width;
  field_->clear();
  refill();
  move(topLeft);
  show();
  field_->setFocus(Qt::PopupFocusReason);
}

void FilterPopup::refill() {
  entries_ = entriesFor(field_->text());
  list_->clear();
  for (const Entry& entry : entries_) {
    auto* item = new QListWidgetItem(entry.text, list_);
    item->setToolTip(entry.text);
    item->setData(SecondaryRole, entry.secondary);
    item->setData(SwatchRole, entry.swatch);
    if (!entry.enabled) item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
  }
  if (entries_.empty()) (new QListWidgetItem(tr("Nothing is called that"), list_))->setFlags(Qt::NoItemFlags);
  for (int row = 0; row < list_->count(); ++row) {
    if (!list_->item(row)->flags().testFlag(Qt::ItemIsEnabled)) continue;
    list_->setCurrentRow(row);
    break;
  }
  const int rows = std::clamp(list_->count(), 1, kMaxRows);
  list_->setFixedHeight(rows * (context_.theme.metric("rowHeight") + 4) + 2);
  layout()->activate();
  resize(width_, sizeHint().height());
}

void FilterPopup::take() {
  const int row = list_->currentRow();
  if (row < 0 || row >= static_cast<int>(entries_.size()) || !entries_[static_cast<std::size_t>(row)].enabled) return;
  const auto chosen = entries_[static_cast<std::size_t>(row)].take;
  hide();
  if (chosen) chosen();
}

void FilterPopup::hideEvent(QHideEvent* event) {
  // Without a window manager nobody else gives the keyboard back.
  if (QWidget* parent = parentWidget()) parent->window()->activateWindow();
  QFrame::hideEvent(event);
}

bool FilterPopup::eventFilter(QObject* watched, QEvent* event) {
  if (watched != field_ || event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const auto step = [&](int by) {
    const int count = list_->count();
    for (int tries = 0, row = list_->currentRow(); tries < count; ++tries) {
      row = (row + by + count) % count;
      if (!list_->item(row)->flags().testFlag(Qt::ItemIsEnabled)) continue;
      list_->setCurrentRow(row);
      break;
    }
    return true;
  };
  switch (key->key()) {
    case Qt::Key_Down:
      return step(1);
    case Qt::Key_Up:
      return step(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      take();
      return true;
    case Qt::Key_Escape:
      hide();
      return true;
    default:
      return QFrame::eventFilter(watched, event);
  }
}

}  // namespace fiducial::ui
