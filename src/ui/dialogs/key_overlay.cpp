#include "dialogs/key_overlay.h"

#include <QKeyEvent>
#include <QPainter>

#include "keys/key_router.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kMarginPx = 40;
constexpr int kGapPx = 16;  ///< between key and text, and twice that between columns

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
  ground.setAlphaF(0.9F);
  painter.fillRect(rect(), ground);
  const int line = context_.theme.metric("rowHeight") - 4;
  const auto perColumn = static_cast<std::size_t>(std::max(4, (height() - 2 * kMarginPx) / line));
  int left = kMarginPx;
  for (const Column& column : columnsOf(rowsOf(context_.actions), perColumn)) {
    int keyWidth = 0;
    int textWidth = 0;
    for (const Row& row : column) {
      keyWidth = std::max(keyWidth, fontMetrics().horizontalAdvance(row.key));
      if (!row.key.isEmpty()) textWidth = std::max(textWidth, fontMetrics().horizontalAdvance(row.text));
    }
    int top = kMarginPx;
    for (const Row& row : column) {
      const QRect key(left, top, keyWidth, line);
      const QRect text(left + keyWidth + kGapPx, top, textWidth, line);
      top += line;
      const bool heading = row.key.isEmpty();
      painter.setPen(context_.theme.color(heading ? "accent" : "overlayText"));
      painter.drawText(heading ? key.united(text) : key, Qt::AlignLeft | Qt::AlignVCenter,
                       heading ? row.text : row.key);
      if (heading) continue;
      painter.setPen(context_.theme.color("textSecondary"));
      painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, row.text);
    }
    left += keyWidth + kGapPx + textWidth + 2 * kGapPx;
  }
}

}  // namespace fiducial::ui
