#include "panels/class_menu.h"

#include <QColorDialog>
#include <QCoreApplication>
#include <QMenu>

#include "panels/row_painting.h"
#include "panels/say_error.h"
#include "text.h"

namespace fiducial::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("ClassMenu", text); }

void update(UiContext context, ClassId id, const std::function<void(LabelClass&)>& change) {
  const LabelClass* known = context.workspace.labels().findClass(id);
  if (!known) return;
  LabelClass changed = *known;
  change(changed);
  if (changed == *known) return;
  if (const Status status = context.workspace.updateClass(id, changed); !status)
    sayError(context.workspace, status.error());
}

void setColor(UiContext context, ClassId id, const QString& color) {
  update(context, id, [&](LabelClass& changed) { changed.color = utf8(color); });
}

void setHotkey(UiContext context, ClassId id, const QString& digit) {
  update(context, id, [&](LabelClass& changed) { changed.hotkey = utf8(digit); });
}

void fillColors(QMenu* menu, UiContext context, ClassId id) {
  const LabelClass* known = context.workspace.labels().findClass(id);
  for (const QString& color : context.theme.labelPalette()) {
    QAction* action = menu->addAction(swatchIcon(context.theme, QColor(color), menu->devicePixelRatioF()), color);
    action->setCheckable(true);
    action->setChecked(known && qt(known->color) == color);
    QObject::connect(action, &QAction::triggered, menu, [context, id, color] { setColor(context, id, color); });
  }
}

void fillKeys(QMenu* menu, UiContext context, ClassId id) {
  const LabelClass* known = context.workspace.labels().findClass(id);
  for (const char digit : std::string_view("1234567890")) {
    const QString key = QString(QLatin1Char(digit));
    const auto holder = context.workspace.labels().classByHotkey(utf8(key));
    const LabelClass* other = holder && *holder != id ? context.workspace.labels().findClass(*holder) : nullptr;
    QAction* action = menu->addAction(other ? tr("&%1 (now %2)").arg(key, qt(other->name)) : QLatin1Char('&') + key);
    action->setCheckable(true);
    action->setChecked(known && known->hotkey == utf8(key));
    QObject::connect(action, &QAction::triggered, menu, [context, id, key] { setHotkey(context, id, key); });
  }
  menu->addSeparator();
  QAction* none = menu->addAction(tr("No key"), menu, [context, id] { setHotkey(context, id, {}); });
  none->setEnabled(known && !known->hotkey.empty());
}

}  // namespace

void chooseColor(QWidget* parent, UiContext context, ClassId id) {
  const LabelClass* known = context.workspace.labels().findClass(id);
  if (!known) return;
  auto* dialog = new QColorDialog(QColor(qt(known->color)), parent);
  dialog->setObjectName(QStringLiteral("classColor"));
  dialog->setOption(QColorDialog::DontUseNativeDialog);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Colour of %1").arg(qt(known->name)));
  const QStringList& palette = context.theme.labelPalette();
  for (int n = 0; n < std::min(static_cast<int>(palette.size()), QColorDialog::customCount()); ++n)
    QColorDialog::setCustomColor(n, QColor(palette.at(n)));
  QObject::connect(dialog, &QColorDialog::colorSelected, parent,
                   [context, id](const QColor& color) { setColor(context, id, color.name()); });
  dialog->open();
}

void fillClassMenu(QMenu& menu, UiContext context, ClassId id, std::function<void()> rename) {
  QAction* use = menu.addAction(context.icons.icon(QStringLiteral("class")), tr("Give this class to the selection"),
                                &menu, [context, id] { context.workspace.setClassOfSelection(id); });
  use->setEnabled(!context.workspace.selection().empty());
  menu.addSeparator();
  menu.addAction(tr("Rename"), &menu, std::move(rename))->setShortcut(QKeySequence(Qt::Key_F2));
  QMenu* colors = menu.addMenu(tr("Colour"));
  fillColors(colors, context, id);
  colors->addSeparator();
  colors->addAction(tr("Another colour..."), &menu,
                    [context, id, parent = menu.parentWidget()] { chooseColor(parent, context, id); });
  fillKeys(menu.addMenu(tr("Key")), context, id);
  menu.addSeparator();
  menu.addAction(context.icons.icon(QStringLiteral("trash")), tr("Delete"), &menu, [context, id] {
    if (const Status status = context.workspace.deleteClass(id); !status) sayError(context.workspace, status.error());
  });
}

}  // namespace fiducial::ui
