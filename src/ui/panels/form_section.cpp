#include "panels/form_section.h"

#include <QApplication>

#include "panels/form_controls.h"

namespace fiducial::ui {
namespace {

constexpr int kNameWidthPx = 68;

}  // namespace

FormSection::FormSection(const UiContext& context, QWidget* parent) : QWidget(parent), context_(context) {}

QFormLayout* FormSection::makeForm() {
  auto* form = new QFormLayout;
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(context_.theme.metric("padding"));
  form->setVerticalSpacing(context_.theme.metric("grid"));
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  return form;
}

QLabel* FormSection::nameLabel(const QString& text, QWidget* parent) const {
  QLabel* label = secondaryLabel(context_, text, parent);
  label->setMinimumWidth(kNameWidthPx);
  return label;
}

void FormSection::follow() {
  const auto label = onlyLabel();
  const int frame = workspace().frame();
  if (label == shownLabel_ && frame == shownFrame_) return;
  QWidget* typing = QApplication::focusWidget();
  if (typing && isAncestorOf(typing)) typing->clearFocus();
  shownLabel_ = label;
  shownFrame_ = frame;
}

std::optional<edit::LabelRef> FormSection::onlyLabel() const {
  const auto selection = workspace().selection();
  return selection.size() == 1 ? std::optional(selection.front()) : std::nullopt;
}

}  // namespace fiducial::ui
