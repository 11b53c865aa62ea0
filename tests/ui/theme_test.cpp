// The tables of colours: text can be read in each theme, and every theme has the same names.
#include "theme/theme.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

#include "text.h"

namespace fiducial::ui {
namespace {

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(const QColor& color) {
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double lighter = std::max(luminance(a), luminance(b));
  const double darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}

struct Pair {
  const char* text;
  const char* ground;
};

TEST(Themes, TextHasAContrastOfFourAndAHalfOnEveryGroundItStandsOn) {
  constexpr Pair kPairs[] = {{"text", "panel"},
                             {"text", "raised"},
                             {"text", "field"},
                             {"text", "hover"},
                             {"textSecondary", "panel"},
                             {"textSecondary", "raised"},
                             {"textSecondary", "field"},
                             {"textOnSelection", "selection"},
                             {"textOnAccent", "accent"},
                             {"tooltipText", "tooltip"},
                             {"timelineText", "timeline"},
                             {"timelineText", "panel"},
                             {"danger", "panel"},
                             {"warning", "raised"},
                             {"overlayText", "overlayOutline"},
                             {"overlayText", "ground"}};
  for (const QString& name : Theme::names()) {
    const Theme theme = Theme::load(name);
    for (const Pair& pair : kPairs)
      EXPECT_GE(contrast(theme.color(pair.text), theme.color(pair.ground)), 4.5)
          << utf8(name) << ": " << pair.text << " on " << pair.ground;
  }
}

TEST(Themes, EdgesOfControlsAndMarksHaveAContrastOfThree) {
  constexpr Pair kPairs[] = {{"fieldEdge", "panel"},   {"fieldEdge", "raised"}, {"fieldEdge", "field"},
                             {"accent", "panel"},      {"focusRing", "panel"},  {"success", "panel"},
                             {"info", "raised"},       {"danger", "raised"},    {"playhead", "timeline"},
                             {"timelineTick", "panel"}};
  for (const QString& name : Theme::names()) {
    const Theme theme = Theme::load(name);
    for (const Pair& pair : kPairs)
      EXPECT_GE(contrast(theme.color(pair.text), theme.color(pair.ground)), 3.0)
          << utf8(name) << ": " << pair.text << " on " << pair.ground;
  }
}

TEST(Themes, AllHaveTheSameColoursSizesAndALabelPalette) {
  const auto names = [](const QString& theme, const char* part) {
    QFile file(QStringLiteral(":/themes/%1.json").arg(theme));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String(part)).toObject().keys();
  };
  for (const QString& name : Theme::names()) {
    EXPECT_EQ(names(name, "colors"), names(QStringLiteral("dark"), "colors")) << utf8(name);
    EXPECT_EQ(names(name, "metrics"), names(QStringLiteral("dark"), "metrics")) << utf8(name);
    EXPECT_GE(Theme::load(name).labelPalette().size(), 12) << utf8(name);
  }
}

}  // namespace
}  // namespace fiducial::ui
