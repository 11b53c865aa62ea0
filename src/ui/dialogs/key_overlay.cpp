#include "dialogs/key_overlay.h"

#include <QKeyEvent>
#include <QPainter>

#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kColumnWidth = 330;
constexpr int kKeyWidth = 120;

struct Row {
  QString key;
  QString text;  ///< a heading where `key` is empty
};

std::vector<Row> rowsOf(const ActionTable& actions) {
  std::vector<Row> rows;
  QString menu;
  for (const workspace::Command& command : workspace::commands()) {
    const QAction* action = actions.find(qt(command.id));
    if (command.keys.empty() || !action || !action->isVisible()) continue;
    if (qt(command.menu) != menu) rows.push_back({{}, menu = qt(command.menu)});
    QStringList keys = qt(command.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (QString& key : keys) key = keySign(key);
    rows.push_back({keys.mid(0, 3).join(QStringLiteral("  ")), action->text()});
  }
  return rows;
}

}  // namespace

KeyOverlay::KeyOverlay(const UiContext& context, QWidget* window) : QWidget(window), context_(context) {
  setObjectName(QStringLiteral("keyOverlay"));
  setAccessibleName(tr("Keys"));
  setFocusPolicy(Qt::StrongFocus);
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
  const int perColumn = std::max(1, (height() - 80) / line);
  int index = 0;
  for (const Row& row : rowsOf(context_.actions)) {
    if (row.key.isEmpty() && index % perColumn != 0 && perColumn - index % perColumn < 4)
      index += perColumn - index % perColumn;  // no heading at the foot of a column
    const QRect cell(40 + index / perColumn * kColumnWidth, 40 + index % perColumn * line, kColumnWidth - 20, line);
    ++index;
    if (row.key.isEmpty()) {
      painter.setPen(context_.theme.color("accent"));
      painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, row.text);
      continue;
    }
    painter.setPen(context_.theme.color("overlayText"));
    painter.drawText(cell.adjusted(0, 0, -(kColumnWidth - 20 - kKeyWidth), 0), Qt::AlignLeft | Qt::AlignVCenter,
                     row.key);
    painter.setPen(context_.theme.color("textSecondary"));
    painter.drawText(cell.adjusted(kKeyWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.text);
  }
}

}  // namespace fiducial::ui
