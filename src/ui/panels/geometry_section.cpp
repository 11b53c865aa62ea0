#include "panels/geometry_section.h"

#include <QLocale>
#include <QSignalBlocker>
#include <cmath>

#include "panels/shape_numbers.h"

namespace fiducial::ui {
namespace {

constexpr double kFarPx = 1e6;       ///< shapes may reach outside the image
constexpr double kSmallestPx = 0.1;  ///< a shape has a size

int pointCount(const Shape& shape) {
  int points = 0;
  if (const auto* polygon = std::get_if<Polygon>(&shape))
    for (const PolygonPart& part : polygon->parts)
      for (const Ring& ring : part) points += static_cast<int>(ring.size());
  if (const auto* line = std::get_if<Polyline>(&shape)) points = static_cast<int>(line->points.size());
  if (const auto* dots = std::get_if<Points>(&shape)) points = static_cast<int>(dots->points.size());
  return points;
}

QString number(double value) { return QLocale().toString(value, 'f', std::abs(value) < 100 ? 1 : 0); }

}  // namespace

QString measuresText(const Shape& shape, const MediumInfo& info) {
  QStringList lines;
  const bool calibrated = info.spacing.size() >= 2;
  if (const int points = pointCount(shape); points > 1) lines << GeometrySection::tr("%n points", nullptr, points);
  if (const auto bounds = boundsOf(shape)) {
    QString size = GeometrySection::tr("%1 × %2 px").arg(number(bounds->width), number(bounds->height));
    if (calibrated)
      size += GeometrySection::tr(", %1 × %2 mm")
                  .arg(number(bounds->width * info.spacing[0]), number(bounds->height * info.spacing[1]));
    lines << size;
  }
  if (const double area = areaOf(shape); area > 0) {
    QString text = GeometrySection::tr("area %1 px²").arg(number(area));
    if (calibrated) text += GeometrySection::tr(", %1 mm²").arg(number(area * info.spacing[0] * info.spacing[1]));
    lines << text;
  }
  if (!calibrated) lines << GeometrySection::tr("uncalibrated");
  return lines.join(QLatin1Char('\n'));
}

GeometrySection::GeometrySection(const UiContext& context, QWidget* parent)
    : FormSection(context, parent), measures_(secondaryLabel(context, {}, this)) {
  auto* grid = new QGridLayout;
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(context.theme.metric("padding"));
  grid->setVerticalSpacing(context.theme.metric("grid"));
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  for (std::size_t n = 0; n < kFields; ++n) {
    names_[n] = secondaryLabel(context, {}, this);
    fields_[n] = new NumberField(this);
    describe(fields_[n], QStringLiteral("shapeNumber%1").arg(n), tr("Number of the shape"));
    fields_[n]->setDecimals(1);
    names_[n]->setBuddy(fields_[n]);
    const int row = static_cast<int>(n / 2);
    const int column = static_cast<int>(n % 2) * 2;
    grid->addWidget(names_[n], row, column);
    grid->addWidget(fields_[n], row, column + 1);
    connect(fields_[n], &NumberField::valueChanged, this, [this, n](double value) { write(n, value); });
  }
  measures_->setObjectName(QStringLiteral("shapeMeasures"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(grid);
  layout->addWidget(measures_);
}

const edit::SceneShape* GeometrySection::shown() const {
  const auto label = shownLabel();
  if (!label || workspace().frame() != shownFrame()) return nullptr;
  for (const edit::SceneShape& shape : workspace().shapes())
    if (shape.ref == *label) return &shape;
  return nullptr;
}

void GeometrySection::refresh() {
  follow();
  const edit::SceneShape* scene = shown();
  const workspace::MediumItem* item = workspace().currentMedium();
  setVisible(scene && item);
  if (!scene || !item) return;
  showNumbers(scene->shape);
  measures_->setText(measuresText(scene->shape, item->medium.value.info));
  for (NumberField* field : fields_) field->setEnabled(!scene->locked);
}

void GeometrySection::showNumbers(const Shape& shape) {
  const std::vector<ShapeNumber> numbers = numbersOf(shape);
  for (std::size_t n = 0; n < kFields; ++n) {
    const bool used = n < numbers.size();
    names_[n]->setVisible(used);
    fields_[n]->setVisible(used);
    if (!used) continue;
    names_[n]->setText(numbers[n].name);
    fields_[n]->setSuffix(numbers[n].unit);
    fields_[n]->setAccessibleName(numbers[n].name);
    fields_[n]->setToolTip(tr("%1 in image pixels; Enter writes it").arg(numbers[n].name));
    if (numbers[n].unit == QStringLiteral("°"))
      fields_[n]->setToolTip(tr("Clockwise turn in degrees; Enter writes it"));
    const QSignalBlocker quiet(fields_[n]);
    fields_[n]->setRange(numbers[n].positive ? kSmallestPx : -kFarPx, kFarPx);
    fields_[n]->showValue(numbers[n].value);
  }
}

void GeometrySection::write(std::size_t field, double value) {
  const edit::SceneShape* scene = shown();
  const workspace::MediumItem* item = workspace().currentMedium();
  if (!scene || !item || scene->locked) return;
  edit::ToolContext where;
  where.medium = MediumId{item->medium.id};
  where.mediumKind = item->medium.value.info.kind;
  where.frame = workspace().frame();
  where.size = item->medium.value.info.imageSize();
  where.shapes = workspace().shapes();
  where.selection = workspace().selection();
  workspace().apply(edit::reshapeEdit(*scene, withNumber(scene->shape, field, value), where, "Type shape's numbers"));
}

}  // namespace fiducial::ui
