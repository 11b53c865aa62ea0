#include "actions.h"

#include <QMenu>
#include <QMenuBar>

#include "text.h"

namespace fiducial::ui {

QString keySign(const QString& key) {
  static const QHash<QString, QString> signs{
      {QStringLiteral("Comma"), QStringLiteral(",")},       {QStringLiteral("Period"), QStringLiteral(".")},
      {QStringLiteral("BracketLeft"), QStringLiteral("[")}, {QStringLiteral("BracketRight"), QStringLiteral("]")},
      {QStringLiteral("Minus"), QStringLiteral("-")},       {QStringLiteral("Equal"), QStringLiteral("=")},
      {QStringLiteral("Plus"), QStringLiteral("+")}};
  QStringList parts = key.split(QLatin1Char('+'), Qt::SkipEmptyParts);
  for (QString& part : parts) {
    if (part.startsWith(QLatin1String("Digit"))) part = part.mid(5);
    part = signs.value(part, part);
  }
  return parts.join(QLatin1Char('+'));
}

QString ActionTable::shownKey(const workspace::Command& command) {
  const QStringList keys = qt(command.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts);
  return keys.isEmpty() ? QString() : keySign(keys.front());
}

ActionTable::ActionTable(workspace::Workspace& workspace, const IconSet& icons, QObject* parent)
    : QObject(parent), workspace_(workspace) {
  for (const workspace::Command& command : workspace::commands()) {
    auto* action = new QAction(icons.icon(qt(command.icon)), tr(command.text.c_str()), this);
    const QString key = shownKey(command);
    action->setObjectName(qt(command.id));
    action->setCheckable(static_cast<bool>(command.checked));
    // Shown, never matched by Qt: one event filter resolves the keys (key_router.h).
    action->setShortcut(QKeySequence(key));
    action->setShortcutContext(Qt::WidgetShortcut);
    const QString hint = command.hint.empty() ? action->text() : tr(command.hint.c_str());
    action->setToolTip(key.isEmpty() ? hint : QStringLiteral("%1 (%2)").arg(hint, key));
    connect(action, &QAction::triggered, this, [this, &command] { run(command); });
    actions_.insert(qt(command.id), action);
  }
  refresh();
}

QAction* ActionTable::find(const QString& id) const { return actions_.value(id, nullptr); }

void ActionTable::setHandler(const QString& id, std::function<void()> handler) {
  handlers_.insert(id, std::move(handler));
  refresh();
}

void ActionTable::setCheck(const QString& id, std::function<bool()> isOn) {
  QAction* action = find(id);
  if (!action) return;
  action->setCheckable(true);
  action->setChecked(isOn());
  checks_.insert(id, std::move(isOn));
}

bool ActionTable::trigger(const QString& id) {
  const workspace::Command* command = workspace::findCommand(utf8(id));
  if (!command || (command->enabled && !command->enabled(workspace_))) return false;
  run(*command);
  return true;
}

void ActionTable::run(const workspace::Command& command) {
  const auto handler = handlers_.constFind(qt(command.id));
  if (handler != handlers_.constEnd())
    (*handler)();
  else if (command.run)
    command.run(workspace_);
  refresh();
}

void ActionTable::refresh() {
  for (const workspace::Command& command : workspace::commands()) {
    QAction* action = actions_.value(qt(command.id));
    if (!action) continue;
    const bool known = command.run || handlers_.contains(qt(command.id));
    action->setVisible(known);
    action->setEnabled(known && (!command.enabled || command.enabled(workspace_)));
    if (command.checked) action->setChecked(command.checked(workspace_));
    if (const auto check = checks_.constFind(qt(command.id)); check != checks_.constEnd())
      action->setChecked((*check)());
  }
  namePresets();
  const auto undo = workspace_.undoState();
  if (QAction* action = find(QStringLiteral("edit.undo")))
    action->setText(undo.undoName.empty() ? tr("Undo") : tr("Undo %1").arg(qt(undo.undoName)));
  if (QAction* action = find(QStringLiteral("edit.redo")))
    action->setText(undo.redoName.empty() ? tr("Redo") : tr("Redo %1").arg(qt(undo.redoName)));
}

void ActionTable::namePresets() {
  const std::vector<WindowLevel> presets = workspace_.windowPresets();
  for (int n = 0;; ++n) {
    QAction* action = find(QStringLiteral("view.preset%1").arg(n));
    if (!action) break;
    const auto index = static_cast<std::size_t>(n);
    action->setVisible(index < presets.size());  // a place in the list of the modality, which may be shorter
    if (index < presets.size()) action->setText(tr("Window: %1").arg(qt(presets[index].name)));
  }
}

void ActionTable::fillMenus(QMenuBar* bar) const {
  QHash<QString, QMenu*> menus;
  for (const workspace::Command& command : workspace::commands()) {
    if (command.menu.empty()) continue;
    QMenu*& menu = menus[qt(command.menu)];
    if (!menu) {
      menu = bar->addMenu(QLatin1Char('&') + tr(command.menu.c_str()));
      menu->setToolTipsVisible(true);
    }
    const QString family = qt(command.id).section(QLatin1Char('.'), 0, 0);
    if (!menu->isEmpty() && menu->property("family").toString() != family) menu->addSeparator();
    menu->setProperty("family", family);
    menu->addAction(actions_.value(qt(command.id)));
  }
}

}  // namespace fiducial::ui
