// The panels on a real project: what they show follows the workspace, and what is done in them becomes its edits.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QSlider>
#include <QTest>
#include <QTreeView>

#include "panels/annotation_panel.h"
#include "panels/attribute_panel.h"
#include "panels/class_panel.h"
#include "panels/form_controls.h"
#include "panels/geometry_section.h"
#include "panels/job_progress.h"
#include "panels/label_text.h"
#include "panels/media_panel.h"
#include "panels/message_strip.h"
#include "panels/status_line.h"
#include "panels/tool_bar.h"
#include "panels/tool_options.h"
#include "panels/top_bar.h"
#include "support/temporary_folder.h"
#include "text.h"

namespace fiducial::ui {
namespace {

using workspace::Message;

constexpr int kWidth = 200;
constexpr int kHeight = 100;
constexpr int kGray = 100;

class Panels : public ::testing::Test {
 protected:
  /// A project with one gray picture of 200 x 100 pixels, which is shown.
  void openPicture(const char* name = "thorax.png") {
    const auto project = folder_ / "labels.fiducial";
    if (!workspace_.project()) {
      const Status made = workspace_.newProject(project);
      ASSERT_TRUE(made) << made.error().text();
    }
    QImage image(kWidth, kHeight, QImage::Format_Grayscale8);
    image.fill(static_cast<uint>(kGray));
    image.setPixel(0, 0, static_cast<uint>(name[0]));  // no two pictures are the same medium
    const auto file = folder_ / name;
    ASSERT_TRUE(image.save(fromPath(file)));
    workspace_.openPaths({file});
    settle();
    ASSERT_FALSE(workspace_.media().empty());
    workspace_.showMedium(MediumId{workspace_.media().front().medium.id});
    settle();
    ASSERT_NE(workspace_.currentMedium(), nullptr);
  }

  /// Everything loading or saving is done, and the widgets have heard of it.
  void settle() {
    EXPECT_TRUE(dispatcher_.runUntil([this] { return workspace_.isIdle(); }));
    for (int n = 0; n < 3; ++n) {
      dispatcher_.runPending();
      QCoreApplication::processEvents();
    }
  }

  ClassId addClass(const std::string& name) {
    const Status added = workspace_.addClass(name);
    EXPECT_TRUE(added) << added.error().text();
    settle();
    for (const auto& [id, stored] : workspace_.labels().classes())
      if (stored.value.name == name) return id;
    ADD_FAILURE() << "no class " << name;
    return {};
  }

  edit::LabelRef addBox(ClassId labelClass, Box box) {
    const MediumId medium{workspace_.currentMedium()->medium.id};
    std::vector<RawId> made;
    workspace_.apply({"Draw box", {create(Annotation{medium, 0, 0, labelClass, box, {}, {}})}, {}},
                     [&](const AppliedEdit& applied) { made = applied.created; });
    settle();
    EXPECT_EQ(made.size(), 1U);
    return {RecordKind::Annotation, made.empty() ? 0 : made.front()};
  }

  const Annotation& annotation(edit::LabelRef label) {
    return workspace_.labels().annotations().at(AnnotationId{label.id}).value;
  }

  template <class Panel>
  std::unique_ptr<Panel> show(QSize size = {280, 400}) {
    auto panel = std::make_unique<Panel>(context_);
    panel->resize(size);
    panel->show();
    settle();
    return panel;
  }

  template <class Widget>
  Widget* find(QWidget& panel, const char* name) {
    auto* widget = panel.findChild<Widget*>(QString::fromLatin1(name));
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }

  static void clickRow(QAbstractItemView* view, const QModelIndex& index,
                       Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, view->visualRect(index).center());
  }

  fiducial::test::TemporaryFolder folder_;
  workspace::ManualDispatcher dispatcher_;
  workspace::Workspace workspace_{dispatcher_.dispatcher()};
  Theme theme_ = Theme::load(QStringLiteral("dark"));
  IconSet icons_{theme_};
  ActionTable actions_{workspace_, icons_, nullptr};
  UiContext context_{workspace_, theme_, icons_, actions_};
};

TEST_F(Panels, MediaListWithoutMediaTeachesAndOffersToOpen) {
  bool asked = false;
  actions_.setHandler(QStringLiteral("file.open"), [&] { asked = true; });
  auto panel = show<MediaPanel>();
  EXPECT_FALSE(find<QListView>(*panel, "mediaList")->isVisible());
  QTest::mouseClick(find<QAbstractButton>(*panel, "offer.file.open"), Qt::LeftButton);
  EXPECT_TRUE(asked);
}

TEST_F(Panels, ClickOnAMediumShowsItAndTheFilterNarrowsTheList) {
  openPicture("thorax.png");
  openPicture("knee.png");
  auto panel = show<MediaPanel>();
  auto* list = find<QListView>(*panel, "mediaList");
  ASSERT_EQ(list->model()->rowCount(), 3);  // a heading and two pictures
  for (const int row : {2, 1}) {
    const QModelIndex index = list->model()->index(row, 0);
    clickRow(list, index);
    settle();
    EXPECT_EQ(qt(workspace_.currentMedium()->medium.value.name), index.data().toString());
  }
  find<QLineEdit>(*panel, "mediaFilter")->setText(QStringLiteral("KNEE"));
  ASSERT_EQ(list->model()->rowCount(), 2);
  EXPECT_TRUE(list->model()->index(1, 0).data().toString().contains(QStringLiteral("knee")));
  find<QLineEdit>(*panel, "mediaFilter")->setText(QStringLiteral("nowhere"));
  EXPECT_FALSE(list->isVisible());
}

TEST_F(Panels, AClassIsAddedByItsNameAndBecomesCurrent) {
  openPicture();
  auto panel = show<ClassPanel>();
  QTest::mouseClick(find<QAbstractButton>(*panel, "addClass"), Qt::LeftButton);
  auto* name = find<QLineEdit>(*panel, "newClassName");
  ASSERT_TRUE(name->isVisible());
  QTest::keyClicks(name, QStringLiteral("nodule"));
  QTest::keyClick(name, Qt::Key_Return);
  settle();
  const LabelClass* current = workspace_.labels().findClass(workspace_.currentClass());
  ASSERT_NE(current, nullptr);
  EXPECT_EQ(current->name, "nodule");
  EXPECT_EQ(find<QTreeView>(*panel, "classTree")->model()->rowCount(), 1);
}

TEST_F(Panels, ClickMakesAClassCurrentAndRenamingIsOneUndoableEdit) {
  openPicture();
  const ClassId first = addClass("nodule");
  addClass("rib");
  auto panel = show<ClassPanel>();
  auto* tree = find<QTreeView>(*panel, "classTree");
  clickRow(tree, tree->model()->index(0, 0));
  settle();
  EXPECT_EQ(workspace_.currentClass(), first);
  tree->model()->setData(tree->model()->index(0, 0), QStringLiteral("node"), Qt::EditRole);
  settle();
  EXPECT_EQ(workspace_.labels().findClass(first)->name, "node");
  workspace_.undo();
  settle();
  EXPECT_EQ(tree->model()->index(0, 0).data().toString(), QStringLiteral("nodule"));
}

TEST_F(Panels, ANameThatIsTakenIsRefusedInTheStrip) {
  openPicture();
  addClass("nodule");
  addClass("rib");
  auto panel = show<ClassPanel>();
  auto* tree = find<QTreeView>(*panel, "classTree");
  EXPECT_FALSE(tree->model()->setData(tree->model()->index(1, 0), QStringLiteral("nodule"), Qt::EditRole));
  ASSERT_TRUE(workspace_.message());
  EXPECT_EQ(workspace_.message()->kind, Message::Kind::Error);
}

TEST_F(Panels, LabelListTeachesWhereNothingIsLabelled) {
  openPicture();
  auto panel = show<AnnotationPanel>();
  EXPECT_FALSE(find<QListView>(*panel, "labelList")->isVisible());
  EXPECT_TRUE(find<QLabel>(*panel, "emptyStateText")->text().contains(QStringLiteral("Shift+Enter")));
}

TEST_F(Panels, SelectionIsTheSameInTheListAndInTheWindow) {
  openPicture();
  const ClassId nodule = addClass("nodule");
  const edit::LabelRef a = addBox(nodule, {10, 10, 20, 20});
  const edit::LabelRef b = addBox(nodule, {50, 10, 20, 20});
  auto panel = show<AnnotationPanel>();
  auto* list = find<QListView>(*panel, "labelList");
  ASSERT_EQ(list->model()->rowCount(), 2);

  workspace_.select({b});
  settle();
  ASSERT_EQ(list->selectionModel()->selectedIndexes().size(), 1);
  EXPECT_EQ(list->selectionModel()->selectedIndexes().front().row(), 1);

  clickRow(list, list->model()->index(0, 0));
  settle();
  EXPECT_EQ(std::vector(workspace_.selection().begin(), workspace_.selection().end()), std::vector{a});
  clickRow(list, list->model()->index(1, 0), Qt::ControlModifier);
  settle();
  EXPECT_EQ(workspace_.selection().size(), 2U);

  workspace_.deleteSelection();
  settle();
  EXPECT_FALSE(list->isVisible());
  workspace_.undo();
  settle();
  EXPECT_EQ(list->model()->rowCount(), 2);
}

TEST_F(Panels, TheEyeHidesALabelAndLeavesTheSelection) {
  openPicture();
  const edit::LabelRef box = addBox(addClass("nodule"), {10, 10, 20, 20});
  workspace_.select({});
  auto panel = show<AnnotationPanel>();
  auto* list = find<QListView>(*panel, "labelList");
  const QRect row = list->visualRect(list->model()->index(0, 0));
  const QPoint eye(row.right() - 36, row.center().y());
  QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, eye);
  EXPECT_TRUE(workspace_.isHidden(box));
  EXPECT_TRUE(workspace_.selection().empty());
  QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, eye);
  EXPECT_FALSE(workspace_.isHidden(box));
}

TEST_F(Panels, ATypedWidthReshapesTheBoxInOneEdit) {
  openPicture();
  const edit::LabelRef box = addBox(addClass("nodule"), {10, 12.25, 20, 30});
  workspace_.select({box});
  auto panel = show<AttributePanel>();
  auto* width = find<NumberField>(*panel, "shapeNumber2");
  ASSERT_TRUE(width->isVisible());
  EXPECT_EQ(width->value(), 20);
  width->setFocus();
  width->selectAll();
  QTest::keyClicks(width, QStringLiteral("44"));
  EXPECT_EQ(std::get<Box>(annotation(box).shape).width, 20) << "nothing is written while typing";
  QTest::keyClick(width, Qt::Key_Return);
  settle();
  EXPECT_EQ(std::get<Box>(annotation(box).shape), (Box{10, 12.25, 44, 30}));
  workspace_.undo();
  settle();
  EXPECT_EQ(std::get<Box>(annotation(box).shape), (Box{10, 12.25, 20, 30}));
}

TEST_F(Panels, ANoteStillBeingTypedGoesToItsOwnLabel) {
  openPicture();
  const ClassId nodule = addClass("nodule");
  const edit::LabelRef a = addBox(nodule, {10, 10, 20, 20});
  const edit::LabelRef b = addBox(nodule, {50, 10, 20, 20});
  workspace_.select({a});
  auto panel = show<AttributePanel>();
  panel->activateWindow();
  auto* note = find<QLineEdit>(*panel, "labelNote");
  note->setFocus();
  QTest::keyClicks(note, QStringLiteral("calcified"));
  workspace_.select({b});
  settle();
  EXPECT_EQ(annotation(a).note, "calcified");
  EXPECT_EQ(annotation(b).note, "");
  EXPECT_EQ(note->text(), QString());
}

AttributeSpec attribute(const char* name, AttributeType type) {
  AttributeSpec spec;
  spec.name = name;
  spec.type = type;
  return spec;
}

TEST_F(Panels, AttributesOfTheClassAndItsParentAreOfferedByType) {
  openPicture();
  const ClassId finding = addClass("finding");
  const ClassId mass = addClass("mass");
  LabelClass parent = *workspace_.labels().findClass(finding);
  parent.attributes = {attribute("certain", AttributeType::Bool)};
  ASSERT_TRUE(workspace_.updateClass(finding, parent));
  LabelClass child = *workspace_.labels().findClass(mass);
  child.parent = finding;
  AttributeSpec millimetres = attribute("size", AttributeType::Number);
  millimetres.max = 300;
  AttributeSpec side = attribute("side", AttributeType::Choice);
  side.choices = {"left", "right"};
  child.attributes = {millimetres, side};
  ASSERT_TRUE(workspace_.updateClass(mass, child));
  settle();
  const edit::LabelRef box = addBox(mass, {10, 10, 20, 20});
  workspace_.select({box});
  auto panel = show<AttributePanel>();

  find<QAbstractButton>(*panel, "attribute.certain")->click();
  settle();
  EXPECT_EQ(annotation(box).attributes.at("certain"), AttributeValue(true));

  auto* size = find<QLineEdit>(*panel, "attribute.size");
  QTest::keyClicks(size, QStringLiteral("12.5"));
  QTest::keyClick(size, Qt::Key_Return);
  settle();
  EXPECT_EQ(annotation(box).attributes.at("size"), AttributeValue(12.5));
  size->selectAll();
  QTest::keyClicks(size, QStringLiteral("400"));
  QTest::keyClick(size, Qt::Key_Return);
  settle();
  EXPECT_EQ(annotation(box).attributes.at("size"), AttributeValue(12.5)) << "out of range";
  EXPECT_EQ(size->text(), QStringLiteral("12.5"));
  ASSERT_TRUE(workspace_.message());
  EXPECT_EQ(workspace_.message()->kind, Message::Kind::Error);
}

TEST_F(Panels, MessageStripShowsOneMessageAndItsButtonActs) {
  auto strip = std::make_unique<MessageStrip>(context_);
  EXPECT_FALSE(strip->isVisible());
  bool acted = false;
  Message message;
  message.kind = Message::Kind::Error;
  message.text = "the disk is full";
  message.actionText = "Elsewhere...";
  message.action = [&] { acted = true; };
  workspace_.say(message);
  settle();
  ASSERT_TRUE(strip->isVisible());
  EXPECT_EQ(strip->height(), 32);
  QTest::mouseClick(find<QAbstractButton>(*strip, "messageAction"), Qt::LeftButton);
  settle();
  EXPECT_TRUE(acted);
  EXPECT_FALSE(strip->isVisible());
}

TEST_F(Panels, WhatTheStripOnlyCountsIsAListBehindItsButton) {
  auto strip = std::make_unique<MessageStrip>(context_);
  strip->resize(600, 32);
  Message message;
  message.kind = Message::Kind::Warning;
  message.text = "Exported 3 labels. a.png: left out; and 2 more";
  message.details = {"a.png: left out", "b.png: left out", "c.png: left out"};
  workspace_.say(message);
  settle();
  QTest::mouseClick(find<QAbstractButton>(*strip, "messageDetails"), Qt::LeftButton);
  settle();
  QWidget* list = QApplication::activePopupWidget();
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->objectName(), QStringLiteral("messageDetailsList"));
  EXPECT_EQ(list->findChild<QListWidget*>()->count(), 3);
  QTest::mouseClick(list->findChild<QAbstractButton*>(QStringLiteral("messageDetailsList.copy")), Qt::LeftButton);
  EXPECT_EQ(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 2);
  QTest::keyClick(list, Qt::Key_Escape);
  settle();
  EXPECT_EQ(QApplication::activePopupWidget(), nullptr);
  EXPECT_TRUE(strip->isVisible()) << "reading is not dismissing";
  message.details.clear();
  workspace_.say(message);
  settle();
  EXPECT_FALSE(find<QAbstractButton>(*strip, "messageDetails")->isVisible());
}

TEST_F(Panels, ANarrowStatusLineAndToolRowDropPartsInsteadOfCuttingThem) {
  openPicture();
  auto line = show<StatusLine>({1366, 24});
  EXPECT_TRUE(find<QLabel>(*line, "probePatient")->isVisible());
  line->resize(420, 24);
  settle();
  EXPECT_FALSE(find<QLabel>(*line, "probePatient")->isVisible());
  EXPECT_TRUE(find<QLabel>(*line, "savedState")->isVisible());
  EXPECT_LE(line->minimumWidth(), 400);
  workspace_.setTool("brush");
  auto options = show<ToolOptions>({800, 32});
  EXPECT_TRUE(find<QSlider>(*options, "brushSlider")->isVisible());
  options->resize(220, 32);
  settle();
  EXPECT_FALSE(find<QSlider>(*options, "brushSlider")->isVisible());
  options->resize(800, 32);
  settle();
  EXPECT_TRUE(find<QSlider>(*options, "brushSlider")->isVisible());
}

TEST_F(Panels, StatusLineReadsTheProbeAndKeepsItsPlaces) {
  openPicture();
  auto line = show<StatusLine>({1366, 24});
  const int before = find<QLabel>(*line, "zoom")->x();
  line->setProbe(0, ImagePoint{3.5, 4.5});
  settle();
  EXPECT_EQ(find<QLabel>(*line, "probeValue")->text(), QStringLiteral("100"));
  EXPECT_EQ(find<QLabel>(*line, "zoom")->x(), before);
  line->setProbe(0, std::nullopt);
  EXPECT_TRUE(find<QLabel>(*line, "probeValue")->text().isEmpty());
}

TEST_F(Panels, ToolButtonsChooseTheToolAndItsOptionsFollow) {
  openPicture();
  auto bar = show<ToolBar>({40, 400});
  auto options = show<ToolOptions>({800, 32});
  QTest::mouseClick(find<QAbstractButton>(*bar, "button.tool.brush"), Qt::LeftButton);
  settle();
  EXPECT_EQ(workspace_.tool().id, "brush");
  EXPECT_TRUE(find<QAbstractButton>(*bar, "button.tool.brush")->isChecked());
  auto* diameter = find<NumberField>(*options, "brushDiameter");
  ASSERT_TRUE(diameter->isVisible());
  diameter->setValue(30);
  EXPECT_EQ(workspace_.toolSettings().brushRadiusPx, 15);
  workspace_.setTool("box");
  settle();
  EXPECT_FALSE(diameter->isVisible());
  EXPECT_TRUE(find<QAbstractButton>(*bar, "button.tool.box")->isChecked());
}

template <class Widget>
void expectNames(const QWidget& panel) {
  for (const Widget* control : panel.findChildren<Widget*>()) {
    if (control->objectName().startsWith(QStringLiteral("qt_")) || qobject_cast<QLineEdit*>(control->parentWidget()))
      continue;  // parts of Qt's own controls
    EXPECT_FALSE(control->objectName().isEmpty()) << utf8(control->accessibleName());
    EXPECT_FALSE(control->accessibleName().isEmpty()) << utf8(control->objectName());
    EXPECT_FALSE(control->toolTip().isEmpty()) << utf8(control->objectName());
  }
}

TEST_F(Panels, EveryControlHasANameForScreenReadersAndATooltip) {
  openPicture();
  workspace_.select({addBox(addClass("nodule"), {10, 10, 20, 20})});
  std::vector<std::unique_ptr<QWidget>> panels;
  panels.push_back(show<MediaPanel>());
  panels.push_back(show<ClassPanel>());
  panels.push_back(show<AnnotationPanel>());
  panels.push_back(show<AttributePanel>());
  panels.push_back(show<StatusLine>());
  panels.push_back(show<ToolBar>());
  panels.push_back(show<ToolOptions>());
  panels.push_back(show<TopBar>());
  for (const auto& panel : panels) {
    expectNames<QAbstractButton>(*panel);
    expectNames<QComboBox>(*panel);
    expectNames<QAbstractSpinBox>(*panel);
    expectNames<QLineEdit>(*panel);
  }
}

TEST(PanelTexts, TimeLeftIsSaidAfterASecondOfKnownWork) {
  const workspace::JobState job{1, "Loading", 25, 100, 10'000};
  EXPECT_EQ(timeLeft(job, 10'500), QString());
  EXPECT_EQ(timeLeft(job, 12'000), QStringLiteral("6 s left"));
  EXPECT_EQ(timeLeft(job, 70'000), QStringLiteral("3 min left"));
  EXPECT_EQ(timeLeft({1, "Loading", 25, 0, 10'000}, 12'000), QString());
}

TEST(PanelTexts, VolumesAreInMillilitresWhereTheGridIsInPatientSpace) {
  MediumInfo info;
  EXPECT_EQ(volumeText(info, 1200), QStringLiteral("1,200 voxels"));
  info.hasGeometry = true;
  info.affine = Affine({{{0.5, 0, 0, 0}, {0, 0.5, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 1}}});  // 0.5 mm3 a voxel
  EXPECT_EQ(volumeText(info, 7), QStringLiteral("3.5 mm³"));
  EXPECT_EQ(volumeText(info, 24'600), QStringLiteral("12.3 ml"));
}

TEST(PanelTexts, MeasuresOfAnUncalibratedPictureSaySo) {
  MediumInfo info;
  EXPECT_TRUE(measuresText(Box{0, 0, 10, 20}, info).contains(QStringLiteral("uncalibrated")));
  info.spacing = {0.5, 0.25};
  const QString text = measuresText(Box{0, 0, 10, 20}, info);
  EXPECT_TRUE(text.contains(QStringLiteral("5.0 × 5.0 mm"))) << utf8(text);
  EXPECT_TRUE(text.contains(QStringLiteral("25.0 mm²"))) << utf8(text);
}

}  // namespace
}  // namespace fiducial::ui
