#include "theme/theme.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fiducial::ui {

Theme Theme::load(const QString& name) {
  const QString wanted = names().contains(name) ? name : QStringLiteral("dark");
  QFile file(QStringLiteral(":/themes/%1.json").arg(wanted));
  [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
  Q_ASSERT_X(opened, "Theme::load", "themes are compiled into the program");
  const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();

  Theme theme;
  theme.name_ = wanted;
  const QJsonObject colors = root.value(QStringLiteral("colors")).toObject();
  for (auto it = colors.begin(); it != colors.end(); ++it)
    theme.colors_.insert(it.key(), QColor(it.value().toString()));
  const QJsonObject metrics = root.value(QStringLiteral("metrics")).toObject();
  for (auto it = metrics.begin(); it != metrics.end(); ++it) theme.metrics_.insert(it.key(), it.value().toInt());
  for (const auto& color : root.value(QStringLiteral("labelPalette")).toArray())
    theme.labelPalette_.append(color.toString());
  return theme;
}

QStringList Theme::names() {
  return {QStringLiteral("dark"), QStringLiteral("light"), QStringLiteral("high-contrast")};
}

QColor Theme::color(const char* name) const {
  const auto it = colors_.constFind(QString::fromLatin1(name));
  Q_ASSERT_X(it != colors_.constEnd(), "Theme::color", name);
  return it == colors_.constEnd() ? QColor(Qt::magenta) : *it;
}

int Theme::metric(const char* name) const { return metrics_.value(QString::fromLatin1(name), 8); }

QPalette Theme::palette() const {
  QPalette palette;
  const auto set = [&](QPalette::ColorRole role, const char* name) { palette.setColor(role, color(name)); };
  set(QPalette::Window, "panel");
  set(QPalette::WindowText, "text");
  set(QPalette::Base, "field");
  set(QPalette::AlternateBase, "panel");
  set(QPalette::Text, "text");
  set(QPalette::PlaceholderText, "textSecondary");
  set(QPalette::Button, "raised");
  set(QPalette::ButtonText, "text");
  set(QPalette::BrightText, "danger");
  set(QPalette::Highlight, "selection");
  set(QPalette::HighlightedText, "textOnSelection");
  set(QPalette::ToolTipBase, "tooltip");
  set(QPalette::ToolTipText, "tooltipText");
  set(QPalette::Link, "accent");
  set(QPalette::LinkVisited, "accent");
  set(QPalette::Light, "hover");
  set(QPalette::Midlight, "hover");
  set(QPalette::Mid, "separator");
  set(QPalette::Dark, "separator");
  set(QPalette::Shadow, "ground");
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
    palette.setColor(QPalette::Disabled, role, color("textDisabled"));
  return palette;
}

}  // namespace fiducial::ui
