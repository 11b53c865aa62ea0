// The workspace's table of commands as QActions: menus, toolbars, palette and keys all use these.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>
#include <QString>
#include <functional>

#include "fiducial/workspace/command.h"
#include "fiducial/workspace/workspace.h"
#include "theme/icon_set.h"

class QMenuBar;

namespace fiducial::ui {

/// Commands without a `run` open something of the window: setHandler() says what.
class ActionTable final : public QObject {
  Q_OBJECT
 public:
  ActionTable(workspace::Workspace& workspace, const IconSet& icons, QObject* parent);

  /// Null if there is no such command.
  [[nodiscard]] QAction* find(const QString& id) const;
  void setHandler(const QString& id, std::function<void()> handler);
  /// Makes a command of the window checkable: `isOn` is asked at each refresh.
  void setCheck(const QString& id, std::function<bool()> isOn);
  /// Runs a command as its menu entry would; false where it is unknown or not enabled now.
  bool trigger(const QString& id);
  /// Enabled, checked and completed texts ("Undo Draw box").
  void refresh();
  void fillMenus(QMenuBar* bar) const;
  /// "Ctrl+K", "1", "[": the first key as people read it; empty where there is none.
  [[nodiscard]] static QString shownKey(const workspace::Command& command);

 private:
  void run(const workspace::Command& command);
  void namePresets();

  workspace::Workspace& workspace_;
  QHash<QString, QAction*> actions_;
  QHash<QString, std::function<void()>> handlers_;
  QHash<QString, std::function<bool()>> checks_;
};

/// "Digit1" -> "1", "BracketLeft" -> "[": names of keys that count by their place.
[[nodiscard]] QString keySign(const QString& key);

}  // namespace fiducial::ui
