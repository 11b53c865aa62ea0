#include "panels/tool_options.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <cmath>

#include "canvas/overlay_painter.h"
#include "panels/elided_label.h"
#include "panels/fitting_row.h"
#include "panels/form_controls.h"
#include "panels/row_painting.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::Topic;

namespace {

constexpr double kSmallestPx = 1;  ///< diameter
constexpr double kLargestPx = 400;
constexpr int kSliderSteps = 100;  ///< logarithmic: a step is the same factor everywhere
constexpr int kSliderWidthPx = 96;
constexpr int kSegmentChars = 9;
constexpr int kNarrowestPx = 200;
constexpr int kLayerChars = 20;  ///< "phases (one at a time)"

int toSlider(double diameter) {
  return qRound(kSliderSteps * std::log(diameter / kSmallestPx) / std::log(kLargestPx / kSmallestPx));
}

double toDiameter(int slider) {
  return std::round(kSmallestPx * std::pow(kLargestPx / kSmallestPx, double(slider) / kSliderSteps));
}

QWidget* named(const UiContext& context, const QString& text, QWidget* field, QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(context.theme.metric("grid"));
  row->addWidget(secondaryLabel(context, text, box));
  row->addWidget(field);
  return box;
}

}  // namespace

ToolOptions::ToolOptions(UiContext context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      hint_(new ElidedLabel(this)),
      size_(new QWidget(this)),
      slider_(new QSlider(Qt::Horizontal, size_)),
      diameter_(new NumberField(size_)),
      millimetres_(secondaryLabel(context, {}, size_)),
      sphere_(addCheck(QStringLiteral("brushSphere"), tr("Sphere"),
                       tr("The brush works in all three directions (Shift+S)"))),
      overlap_(addCheck(QStringLiteral("allowOverlap"), tr("Allow overlap"),
                        tr("Painting leaves the voxels of other segments where they are"))),
      tracks_(addCheck(QStringLiteral("drawTracks"), tr("Draw tracks"),
                       tr("A new shape is followed over the frames: its key frames are interpolated"))),
      segment_(new ChoiceField(this)),
      layer_(new ChoiceField(this)) {
  setObjectName(QStringLiteral("toolOptions"));
  setAccessibleName(tr("Tool options"));
  setFont(listFont(context.theme, font()));
  setFixedHeight(context.theme.metric("button"));
  build();
  new WorkspaceWatch(context.workspace, this,
                     topicsOf(Topic::Project, Topic::Tool, Topic::Medium, Topic::Labels, Topic::Schema),
                     [this](workspace::Topics) { refresh(); });
  refresh();
}

void ToolOptions::build() {
  buildSize();
  hint_->setColor(context_.theme.color("textSecondary"));
  hint_->setObjectName(QStringLiteral("toolHint"));
  describe(segment_, QStringLiteral("activeSegment"), tr("Segment"), tr("The segment that brush and eraser change"));
  segment_->setMinimumContentsLength(kSegmentChars);
  segmentBox_ = named(context_, tr("Segment"), segment_, this);
  connect(segment_, &QComboBox::activated, this, [this](int index) {
    context_.workspace.setActiveSegment(SegmentationId{segment_->itemData(index).toLongLong()});
  });
  describe(layer_, QStringLiteral("eventLayer"), tr("Layer"), tr("The layer of the next event"));
  layer_->setMinimumContentsLength(kLayerChars);
  layerBox_ = named(context_, tr("Layer"), layer_, this);
  connect(layer_, &QComboBox::activated, this,
          [this](int index) { context_.workspace.setCurrentLayer(LayerId{layer_->itemData(index).toLongLong()}); });
  connect(sphere_, &QCheckBox::clicked, this,
          [this](bool on) { change([on](edit::ToolSettings& settings) { settings.sphere = on; }); });
  connect(overlap_, &QCheckBox::clicked, this,
          [this](bool on) { change([on](edit::ToolSettings& settings) { settings.allowOverlap = on; }); });
  connect(tracks_, &QCheckBox::clicked, this, [this](bool on) { context_.workspace.setDrawsTracks(on); });
  auto* row = new QHBoxLayout(this);
  const int padding = context_.theme.metric("padding");
  row->setContentsMargins(padding, 0, padding, 0);
  row->setSpacing(padding + context_.theme.metric("grid"));
  for (QWidget* part : {size_, segmentBox_, static_cast<QWidget*>(sphere_), static_cast<QWidget*>(overlap_),
                        static_cast<QWidget*>(tracks_), layerBox_})
    row->addWidget(part);
  row->addWidget(hint_, 1);
  fitting_ = new FittingRow(this, row, {hint_, overlap_, sphere_, tracks_, segmentBox_, layerBox_, size_});
}

QSize ToolOptions::minimumSizeHint() const { return {kNarrowestPx, context_.theme.metric("button")}; }

void ToolOptions::buildSize() {
  describe(slider_, QStringLiteral("brushSlider"), tr("Size of the brush"), tr("Size of the brush ([ and ])"));
  slider_->setRange(0, kSliderSteps);
  slider_->setFixedWidth(kSliderWidthPx);
  slider_->setFocusPolicy(Qt::TabFocus);
  describe(diameter_, QStringLiteral("brushDiameter"), tr("Diameter of the brush in pixels"),
           tr("Diameter of the brush in pixels ([ and ])"));
  diameter_->setDecimals(0);
  diameter_->setRange(kSmallestPx, kLargestPx);
  diameter_->setSuffix(tr(" px"));
  millimetres_->setObjectName(QStringLiteral("brushMillimetres"));
  millimetres_->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("123.4 mm")));
  const auto resize = [this](double diameter) {
    change([diameter](edit::ToolSettings& settings) { settings.brushRadiusPx = diameter / 2; });
  };
  connect(slider_, &QSlider::valueChanged, this, [resize](int value) { resize(toDiameter(value)); });
  connect(diameter_, &NumberField::valueChanged, this, resize);
  auto* row = new QHBoxLayout(size_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(context_.theme.metric("padding"));
  row->addWidget(secondaryLabel(context_, tr("Size"), size_));
  row->addWidget(slider_);
  row->addWidget(diameter_);
  row->addWidget(millimetres_);
}

QCheckBox* ToolOptions::addCheck(const QString& name, const QString& text, const QString& hint) {
  auto* box = new QCheckBox(text, this);
  describe(box, name, text, hint);
  box->setFocusPolicy(Qt::TabFocus);
  return box;
}

void ToolOptions::change(const std::function<void(edit::ToolSettings&)>& change) {
  edit::ToolSettings settings = context_.workspace.toolSettings();
  change(settings);
  context_.workspace.setToolSettings(settings);
}

bool ToolOptions::onVolume() const {
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  return item && item->medium.value.info.kind == MediumKind::Volume;
}

bool ToolOptions::onMovingPictures() const {
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  if (!item) return false;
  const MediumKind kind = item->medium.value.info.kind;
  return kind == MediumKind::Video || kind == MediumKind::Cine;
}

void ToolOptions::refresh() {
  const workspace::Workspace& workspace = context_.workspace;
  const edit::ToolInfo& tool = workspace.tool();
  const bool coding = workspace.isCoding();
  const bool paints = tool.usesSize && !coding;
  hint_->setText(!workspace.currentMedium() ? QString()
                 : coding                   ? tr("Tags and events: a digit starts, ends or answers")
                                            : qt(tool.hint));
  fitting_->setWanted(size_, paints);
  fitting_->setWanted(sphere_, paints && onVolume());
  fitting_->setWanted(overlap_, paints && onVolume());
  fitting_->setWanted(segmentBox_, paints && onVolume());
  fitting_->setWanted(tracks_, !paints && !coding && tool.needsClass && onMovingPictures());
  fitting_->setWanted(layerBox_, coding && !workspace.labels().layers().empty());
  sphere_->setChecked(workspace.toolSettings().sphere);
  overlap_->setChecked(workspace.toolSettings().allowOverlap);
  tracks_->setChecked(workspace.drawsTracks());
  if (paints) showSize();
  if (paints && onVolume()) showSegments();
  if (coding) showLayers();
  fitting_->fit();
}

void ToolOptions::showSize() {
  const double diameter = 2 * context_.workspace.toolSettings().brushRadiusPx;
  const QSignalBlocker quietSlider(slider_);
  slider_->setValue(toSlider(std::clamp(diameter, kSmallestPx, kLargestPx)));
  diameter_->showValue(diameter);
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  if (!item || item->medium.value.info.spacing.empty()) return millimetres_->setText(tr("uncalibrated"));
  millimetres_->setText(
      tr("%1 mm").arg(QLocale().toString(diameter * item->medium.value.info.spacing.front(), 'f', 1)));
}

void ToolOptions::showSegments() {
  const workspace::LabelStore& labels = context_.workspace.labels();
  const QSignalBlocker quiet(segment_);
  segment_->clear();
  const LabelClass* next = labels.findClass(context_.workspace.currentClass());
  segment_->addItem(context_.icons.icon(QStringLiteral("add")),
                    next ? tr("New: %1").arg(qt(next->name)) : tr("New segment"), qlonglong(0));
  for (const auto& [id, entry] : labels.segments()) {
    const ClassId classId = entry.segmentation.value.labelClass;
    const LabelClass* labelClass = labels.findClass(classId);
    segment_->addItem(swatchIcon(context_.theme, classColor(context_, classId), devicePixelRatioF()),
                      labelClass ? qt(labelClass->name) : tr("no class"), qlonglong(raw(id)));
  }
  segment_->setCurrentIndex(segment_->findData(qlonglong(raw(context_.workspace.activeSegment()))));
}

void ToolOptions::showLayers() {
  const QSignalBlocker quiet(layer_);
  layer_->clear();
  layer_->addItem(tr("Free events"), qlonglong(0));
  for (const auto& [id, layer] : context_.workspace.labels().layers())
    layer_->addItem(layer.value.exclusive ? tr("%1 (one at a time)").arg(qt(layer.value.name)) : qt(layer.value.name),
                    qlonglong(raw(id)));
  layer_->setCurrentIndex(layer_->findData(qlonglong(raw(context_.workspace.currentLayer()))));
}

}  // namespace fiducial::ui
