#include "theme/fiducial_style.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPolygonF>
#include <QStyleOption>

namespace fiducial::ui {
namespace {

void drawRounded(QPainter* painter, QRect rect, const QColor& fill, const QColor& edge, int radius) {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
  painter->setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
  painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
  painter->restore();
}

}  // namespace

FiducialStyle::FiducialStyle(const Theme& theme)
    : QProxyStyle(QStringLiteral("Fusion")), theme_(theme), icons_(theme) {}

int FiducialStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
      return theme_.metric("icon");
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
      return theme_.metric("padding");
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
      return theme_.metric("grid") * 2;
    case PM_ToolBarItemSpacing:
      return 2;
    case PM_ToolBarItemMargin:
    case PM_ToolBarFrameWidth:
      return 2;
    case PM_DockWidgetSeparatorExtent:
    case PM_SplitterWidth:
      return 1;
    case PM_DockWidgetFrameWidth:
    case PM_DefaultFrameWidth:
      return widget && widget->inherits("QAbstractItemView") ? 0 : 1;
    case PM_DockWidgetTitleMargin:
      return theme_.metric("grid");
    case PM_ScrollBarExtent:
      return 10;
    case PM_ToolTipLabelFrameWidth:
      return theme_.metric("grid");
    default:
      return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int FiducialStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* returnData) const {
  switch (hint) {
    case SH_ToolTip_WakeUpDelay:
      return 500;
    case SH_ItemView_ActivateItemOnSingleClick:
      return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
      return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
      return 1;
    default:
      return QProxyStyle::styleHint(hint, option, widget, returnData);
  }
}

void FiducialStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const {
  const bool enabled = option->state.testFlag(State_Enabled);
  const int radius = theme_.metric("radius");
  switch (element) {
    case PE_PanelButtonTool: {
      const bool down = option->state.testFlag(State_Sunken) || option->state.testFlag(State_On);
      const bool over = option->state.testFlag(State_MouseOver) && enabled;
      if (down)
        drawRounded(painter, option->rect, theme_.color("selection"), {}, radius);
      else if (over)
        drawRounded(painter, option->rect, theme_.color("hover"), {}, radius);
      return;
    }
    case PE_PanelButtonCommand: {
      const char* fill = option->state.testFlag(State_Sunken)      ? "pressed"
                         : option->state.testFlag(State_MouseOver) ? "hover"
                                                                   : "raised";
      drawRounded(painter, option->rect, theme_.color(enabled ? fill : "panel"), theme_.color("fieldEdge"), radius);
      return;
    }
    case PE_IndicatorCheckBox:
      drawCheckBox(*option, painter);
      return;
    case PE_PanelLineEdit:
      // The line inside a spin box: the box around it has drawn the field.
      if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth <= 0)
        return;
      drawRounded(painter, option->rect, theme_.color("field"),
                  option->state.testFlag(State_HasFocus) ? theme_.color("focusRing") : theme_.color("fieldEdge"),
                  radius);
      return;
    case PE_FrameFocusRect:
      // The ring belongs to the keyboard: a click does not draw it.
      if (option->state.testFlag(State_KeyboardFocusChange) && !(widget && widget->inherits("QAbstractItemView"))) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(theme_.color("focusRing"), theme_.metric("focusRing")));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), radius, radius);
        painter->restore();
      }
      return;
    case PE_Frame:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameTabWidget:
    case PE_FrameGroupBox:
      return;  // no frames in frames
    case PE_IndicatorDockWidgetResizeHandle:
      painter->fillRect(option->rect, theme_.color("separator"));
      return;
    case PE_IndicatorToolBarSeparator: {
      QRect line = option->rect;
      if (option->state.testFlag(State_Horizontal))
        line = QRect(line.center().x(), line.top() + 6, 1, line.height() - 12);
      else
        line = QRect(line.left() + 6, line.center().y(), line.width() - 12, 1);
      painter->fillRect(line, theme_.color("separator"));
      return;
    }
    default:
      QProxyStyle::drawPrimitive(element, option, painter, widget);
  }
}

void FiducialStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
  switch (element) {
    case CE_ToolBar:
      painter->fillRect(option->rect, theme_.color("panel"));
      if (const auto* bar = qstyleoption_cast<const QStyleOptionToolBar*>(option);
          bar && bar->toolBarArea == Qt::TopToolBarArea)
        painter->fillRect(QRect(0, option->rect.bottom(), option->rect.width(), 1), theme_.color("separator"));
      return;
    case CE_MenuBarEmptyArea:
      painter->fillRect(option->rect, theme_.color("panel"));
      return;
    case CE_ToolButtonLabel: {
      const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
      if (!button || !option->state.testFlag(State_On)) break;
      QStyleOptionToolButton on(*button);  // its ground is the colour of the selection
      on.palette.setColor(QPalette::ButtonText, theme_.color("textOnSelection"));
      return QProxyStyle::drawControl(element, &on, painter, widget);
    }
    case CE_Splitter:
      painter->fillRect(option->rect, theme_.color("separator"));
      return;
    default:
      break;
  }
  QProxyStyle::drawControl(element, option, painter, widget);
}

QIcon FiducialStyle::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const {
  switch (which) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
      return icons_.icon(QStringLiteral("close"));
    case SP_TitleBarNormalButton:
      return icons_.icon(QStringLiteral("float"));
    case SP_LineEditClearButton:
      return icons_.icon(QStringLiteral("close"));
    default:
      return QProxyStyle::standardIcon(which, option, widget);
  }
}

void FiducialStyle::drawCheckBox(const QStyleOption& option, QPainter* painter) const {
  const bool on = option.state.testFlag(State_On);
  const bool enabled = option.state.testFlag(State_Enabled);
  QRect box(0, 0, std::min(option.rect.width(), option.rect.height()), 0);
  box.setHeight(box.width());
  box.moveCenter(option.rect.center());
  const QColor edge = theme_.color(on ? "accent" : "fieldEdge");
  drawRounded(painter, box, theme_.color(on && enabled ? "accent" : "field"), edge, theme_.metric("radius") - 1);
  if (!on) return;
  const QRectF inner = QRectF(box).adjusted(3, 3, -3, -3);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(
      QPen(theme_.color(enabled ? "textOnAccent" : "textDisabled"), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter->drawPolyline(QPolygonF({{inner.left(), inner.center().y()},
                                   {inner.left() + inner.width() * 0.4, inner.bottom() - 0.5},
                                   {inner.right(), inner.top() + 0.5}}));
  painter->restore();
}

void FiducialStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                       const QWidget* widget) const {
  const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
  if (control != CC_SpinBox || !spin || spin->buttonSymbols != QAbstractSpinBox::NoButtons)
    return QProxyStyle::drawComplexControl(control, option, painter, widget);
  const bool focused = option->state.testFlag(State_HasFocus);
  drawRounded(painter, option->rect, theme_.color("field"), theme_.color(focused ? "focusRing" : "fieldEdge"),
              theme_.metric("radius"));
}

}  // namespace fiducial::ui
