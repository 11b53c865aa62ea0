#include "dialogs/key_overlay.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "keys/key_router.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kMarginPx = 40;
constexpr int kGapPx = 16;  ///< between key and text, and three times that between columns
constexpr std::size_t kMostColumns = 5;

struct Row {
  QString key;
  QString text;  ///< a heading where `key` is empty
};
using Column = std::vector<Row>;

/// "Ctrl+Y  Ctrl+Shift+Z": at most two, each shown once; further ones are for other keyboards.
QString signsOf(const workspace::Command& command) {
  QStringList signs;
  const QStringList keys = qt(command.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts);
  for (const QString& key : keys)
    if (const QString sign = keySign(key); !signs.contains(sign) && signs.size() < 2) signs << sign;
  return signs.join(QStringLiteral("  "));
}

std::vector<Row> rowsOf(const ActionTable& actions) {
  std::vector<Row> rows;
  QString menu;
  for (const workspace::Command& command : workspace::commands()) {
    const QAction* action = actions.find(qt(command.id));
    if (command.keys.empty() || !action || !action->isVisible()) continue;
    if (!command.menu.empty() && qt(command.menu) != menu) rows.push_back({{}, menu = qt(command.menu)});
    rows.push_back({signsOf(command), action->text()});
  }
  return rows;
}

/// No heading at the foot of a column.
std::vector<Column> columnsOf(const std::vector<Row>& rows, std::size_t perColumn) {
  std::vector<Column> columns(1);
  for (const Row& row : rows) {
    const std::size_t room = perColumn - columns.back().size();
    if (room == 0 || (row.key.isEmpty() && room < 3)) columns.emplace_back();
    columns.back().push_back(row);
  }
  return columns;
}

struct ColumnWidth {
  int key = 0;
  int text = 0;
  [[nodiscard]] int whole() const { return key + kGapPx + text + 3 * kGapPx; }
};

ColumnWidth widthOf(const Column& column, const QFontMetrics& metrics) {
  ColumnWidth width;
  for (const Row& row : column) {
    width.key = std::max(width.key, metrics.horizontalAdvance(row.key));
    if (!row.key.isEmpty()) width.text = std::max(width.text, metrics.horizontalAdvance(row.text));
  }
  return width;
}

int widthOf(const std::vector<Column>& columns, const QFontMetrics& metrics) {
  int width = 0;
  for (const Column& column : columns) width += widthOf(column, metrics).whole();
  return width;
}

/// Short columns beside each other are read more easily than long ones: as many as the window is wide.
std::vector<Column> fittingColumns(const std::vector<Row>& rows, QSize room, int line, const QFontMetrics& metrics) {
  const auto most = static_cast<std::size_t>(std::max(4, room.height() / line));
  for (std::size_t count = kMostColumns; count > 1; --count) {
    const std::size_t perColumn = rows.size() / count + 2;  // headings that move to the next column leave gaps
    if (perColumn > most) continue;
    std::vector<Column> columns = columnsOf(rows, perColumn);
    if (widthOf(columns, metrics) <= room.width()) return columns;
  }
  return columnsOf(rows, most);
}

}  // namespace

KeyOverlay::KeyOverlay(const UiContext& context, QWidget* window) : QWidget(window), context_(context) {
  setObjectName(QStringLiteral("keyOverlay"));
  setAccessibleName(tr("Keys"));
  setFocusPolicy(Qt::StrongFocus);
  setProperty(kTakesKeys, true);
  hide();
}

void KeyOverlay::toggle() {
  if (isVisible()) return hide();
  setGeometry(parentWidget()->rect());
  raise();
  show();
  setFocus(Qt::PopupFocusReason);
}

void KeyOverlay::mousePressEvent(QMouseEvent*) { hide(); }

void KeyOverlay::keyPressEvent(QKeyEvent*) { hide(); }

void KeyOverlay::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QColor ground = context_.theme.color("ground");
  ground.setAlphaF(0.94F);
  painter.fillRect(rect(), ground);
  const int line = context_.theme.metric("rowHeight") - 4;
  const QSize room = size() - QSize(2 * kMarginPx, 2 * kMarginPx);
  const std::vector<Column> columns = fittingColumns(rowsOf(context_.actions), room, line, fontMetrics());
  std::size_t tallest = 0;
  for (const Column& column : columns) tallest = std::max(tallest, column.size());
  const int foot = height() - kMarginPx / 2;
  int left = std::max(kMarginPx, (width() - widthOf(columns, fontMetrics())) / 2);
  const int first = std::max(kMarginPx, (height() - static_cast<int>(tallest) * line) / 2);
  for (const Column& column : columns) {
    const ColumnWidth width = widthOf(column, fontMetrics());
    int top = first;
    for (const Row& row : column) {
      const QRect key(left, top, width.key, line);
      const QRect text(left + width.key + kGapPx, top, width.text, line);
      top += line;
      const bool heading = row.key.isEmpty();
      painter.setPen(context_.theme.color(heading ? "accent" : "overlayText"));
      painter.drawText(heading ? key.united(text) : key, Qt::AlignLeft | Qt::AlignVCenter,
                       heading ? row.text : row.key);
      if (heading) continue;
      painter.setPen(context_.theme.color("textSecondary"));
      painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, row.text);
    }
    left += width.whole();
  }
  painter.setPen(context_.theme.color("textSecondary"));
  painter.drawText(QRect(0, foot - line, width(), line), Qt::AlignCenter, tr("Any key closes this"));
}

}  // namespace fiducial::ui
