// The rows of the media browser: a heading for each subject and study, under it its media.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QPixmap>
#include <vector>

#include "ui_context.h"

namespace fiducial::ui {

class MediaModel final : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { HeadingRole = Qt::UserRole, HeadingCountRole };

  explicit MediaModel(const UiContext& context, QObject* parent = nullptr);

  /// Reads the workspace's list again; keeps the rows where only their contents changed.
  void refresh();
  /// Shows the media whose name, subject, study or modality contains the text.
  void setFilter(const QString& text);
  /// Null for headings.
  [[nodiscard]] const workspace::MediumItem* itemAt(const QModelIndex& index) const;
  [[nodiscard]] QModelIndex indexOf(MediumId id) const;
  /// At most 96x96 logical pixels; null until it is made.
  [[nodiscard]] QPixmap thumbnail(const workspace::MediumItem& item) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  struct Row {
    MediumId medium{};  ///< none: a heading
    QString heading;
    QString count;  ///< "2 of 3 done"
    bool operator==(const Row&) const = default;
  };
  struct Thumbnail {
    const std::byte* source = nullptr;  ///< of the buffer it was made of
    QPixmap pixmap;
  };
  [[nodiscard]] std::vector<Row> rowsOf() const;
  [[nodiscard]] bool passes(const workspace::MediumItem& item) const;

  UiContext context_;
  QString filter_;
  std::vector<Row> rows_;
  mutable QHash<RawId, Thumbnail> thumbnails_;
};

/// "24 slices", "300 frames", "1024×768".
[[nodiscard]] QString extentText(const MediumInfo& info);
/// resources/icons name of a kind of medium.
[[nodiscard]] QString kindIcon(MediumKind kind);

}  // namespace fiducial::ui
