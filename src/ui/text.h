// Between the engine's UTF-8 strings and Qt's.
#pragma once

#include <QString>
#include <filesystem>
#include <string>
#include <string_view>

namespace fiducial::ui {

inline QString qt(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }
inline std::string utf8(const QString& text) { return text.toStdString(); }
inline QString fromPath(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }
/// Errors begin with a small letter, to stand after a file's name as well; alone they are a sentence.
inline QString asSentence(QString text) {
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}
inline std::filesystem::path toPath(const QString& text) { return std::filesystem::path(text.toStdString()); }

}  // namespace fiducial::ui
