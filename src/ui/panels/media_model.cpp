#include "panels/media_model.h"

#include <QCoreApplication>
#include <QImage>
#include <map>

#include "panels/label_text.h"
#include "text.h"

namespace fiducial::ui {
namespace {

/// "20160503" as DICOM writes it: "2016-05-03"; other texts as they are.
QString dated(const QString& text) {
  bool isNumber = false;
  text.toInt(&isNumber);
  if (!isNumber || text.size() != 8) return text;
  return QStringLiteral("%1-%2-%3").arg(text.left(4), text.mid(4, 2), text.mid(6));
}

QString headingOf(const workspace::MediumItem& item) {
  QStringList parts;
  if (!item.subject.empty()) parts << qt(item.subject);
  if (!item.study.empty()) parts << dated(qt(item.study));
  return parts.join(QStringLiteral(" · "));
}

QImage imageOf(const ScalarBuffer& buffer) {
  const ImageSize size = buffer.imageSize();
  if (buffer.empty() || buffer.type() != ScalarType::UInt8 || buffer.components() < 3) return {};
  QImage image(size.columns, size.rows, QImage::Format_RGB32);
  const auto pixels = buffer.values<std::uint8_t>();
  const auto step = static_cast<std::size_t>(buffer.components());
  std::size_t at = 0;
  for (int y = 0; y < size.rows; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < size.columns; ++x, at += step) line[x] = qRgb(pixels[at], pixels[at + 1], pixels[at + 2]);
  }
  return image;
}

}  // namespace

QString extentText(const MediumInfo& info) {
  const auto translate = [](const char* text) { return QCoreApplication::translate("MediaModel", text); };
  switch (info.kind) {
    case MediumKind::Volume: {
      const QString slices = info.frames == 1 ? translate("1 slice") : translate("%1 slices").arg(info.frames);
      return info.times > 1 ? translate("%1 × %2").arg(slices).arg(info.times) : slices;
    }
    case MediumKind::Image:
      return QStringLiteral("%1×%2").arg(info.columns).arg(info.rows);
    case MediumKind::Cine:
    case MediumKind::Video:
      break;
  }
  const QString about = info.framesProvisional ? QStringLiteral("~") : QString();
  return info.frames == 1 ? translate("1 frame") : translate("%1%2 frames").arg(about).arg(info.frames);
}

QString kindIcon(MediumKind kind) {
  switch (kind) {
    case MediumKind::Volume:
      return QStringLiteral("volume");
    case MediumKind::Cine:
      return QStringLiteral("cine");
    case MediumKind::Video:
      return QStringLiteral("film");
    case MediumKind::Image:
      break;
  }
  return QStringLiteral("image");
}

MediaModel::MediaModel(const UiContext& context, QObject* parent) : QAbstractListModel(parent), context_(context) {
  rows_ = rowsOf();
}

void MediaModel::refresh() {
  std::vector<Row> rows = rowsOf();
  if (rows == rows_) {
    if (!rows_.empty()) Q_EMIT dataChanged(index(0), index(static_cast<int>(rows_.size()) - 1));
    return;
  }
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

void MediaModel::setFilter(const QString& text) {
  filter_ = text.trimmed();
  refresh();
}

bool MediaModel::passes(const workspace::MediumItem& item) const {
  if (filter_.isEmpty()) return true;
  const Medium& medium = item.medium.value;
  const MediumInfo& info = medium.info;
  for (const std::string* text : {&medium.name, &item.subject, &item.study, &info.modality, &info.patientName,
                                  &info.seriesDescription, &info.studyDescription})
    if (qt(*text).contains(filter_, Qt::CaseInsensitive)) return true;
  // The parts of a name are written with ^ and = between them and looked for with spaces.
  QString name = qt(info.patientName);
  name.replace(QLatin1Char('^'), QLatin1Char(' ')).replace(QLatin1Char('='), QLatin1Char(' '));
  return name.contains(filter_, Qt::CaseInsensitive);
}

std::vector<MediaModel::Row> MediaModel::rowsOf() const {
  struct Group {
    QString heading;
    std::vector<MediumId> media;
    int done = 0;
  };
  std::vector<Group> groups;  // in the order of their first medium
  std::map<QString, std::size_t> known;
  for (const workspace::MediumItem& item : context_.workspace.media()) {
    if (!passes(item)) continue;
    const QString heading = headingOf(item);
    const auto [at, isNew] = known.try_emplace(heading, groups.size());
    if (isNew) groups.push_back({heading, {}, 0});
    Group& group = groups[at->second];
    group.media.push_back(MediumId{item.medium.id});
    group.done += item.done ? 1 : 0;
  }
  std::vector<Row> rows;
  for (const Group& group : groups) {
    const QString heading = group.heading.isEmpty() ? tr("No patient named") : group.heading;
    rows.push_back({MediumId{}, heading, tr("%1/%2 done").arg(group.done).arg(group.media.size())});
    for (const MediumId id : group.media) rows.push_back({id, {}, {}});
  }
  return rows;
}

const workspace::MediumItem* MediaModel::itemAt(const QModelIndex& index) const {
  if (!index.isValid() || index.row() >= static_cast<int>(rows_.size())) return nullptr;
  const MediumId id = rows_[static_cast<std::size_t>(index.row())].medium;
  return isNone(id) ? nullptr : context_.workspace.findMedium(id);
}

QModelIndex MediaModel::indexOf(MediumId id) const {
  for (std::size_t n = 0; n < rows_.size(); ++n)
    if (!isNone(id) && rows_[n].medium == id) return index(static_cast<int>(n));
  return {};
}

QPixmap MediaModel::thumbnail(const workspace::MediumItem& item) const {
  if (item.thumbnail.empty()) return {};
  Thumbnail& kept = thumbnails_[item.medium.id];
  const std::byte* source = item.thumbnail.bytes().data();
  if (kept.source != source) kept = {source, QPixmap::fromImage(imageOf(item.thumbnail))};
  return kept.pixmap;
}

int MediaModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant MediaModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == HeadingRole) return row.heading;
  if (role == HeadingCountRole) return row.count;
  const workspace::MediumItem* item = itemAt(index);
  if (!item) return role == Qt::DisplayRole ? QVariant(row.heading) : QVariant();
  const Medium& medium = item->medium.value;
  if (role == Qt::DisplayRole) return qt(medium.name);
  if (role == Qt::AccessibleTextRole) {
    const QString state = !item->available ? tr("missing") : item->done ? tr("done") : tr("not done");
    return QStringList{qt(medium.name), extentText(medium.info), labelCountText(item->labels), state}.join(
        QStringLiteral(", "));
  }
  if (role == Qt::ToolTipRole) {
    if (!item->available) return tr("%1 is not where it was: %2").arg(qt(medium.name), qt(medium.path));
    return QStringLiteral("%1\n%2").arg(qt(medium.name), qt(medium.path));
  }
  return {};
}

Qt::ItemFlags MediaModel::flags(const QModelIndex& index) const {
  return itemAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                       : Qt::ItemNeverHasChildren | Qt::NoItemFlags;
}

}  // namespace fiducial::ui
