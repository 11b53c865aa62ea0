// Choosing files and folders: one dialog for all of them, large enough to read names and dates.
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace fiducial::ui {

/// `place`: where it begins, a folder or a file in it; empty: the user's own. `filters` as QFileDialog writes them.
/// What SQLite and the lock keep beside a project is not shown. Empty answers: cancelled.
[[nodiscard]] QStringList chooseFiles(QWidget* parent, const QString& title, const QString& place,
                                      const QString& filters = {});
[[nodiscard]] QString chooseFile(QWidget* parent, const QString& title, const QString& place,
                                 const QString& filters = {});
[[nodiscard]] QString chooseFolder(QWidget* parent, const QString& title, const QString& place);
/// A file to be made; `place` may name it. `suffix` without a dot, added where none is typed.
[[nodiscard]] QString chooseNewFile(QWidget* parent, const QString& title, const QString& place, const QString& filters,
                                    const QString& suffix);

}  // namespace fiducial::ui
