#include "left_out.h"

#include <array>

namespace fiducial::exchange {
namespace {

std::string plural(const std::string& kind, std::int64_t count) {
  if (count == 1 || kind == "points") return kind;
  std::string text = kind;
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text + (text.ends_with('x') || text.ends_with('s') ? "es" : "s");
}

template <class Labels>
Status countLabels(const Result<Labels>& labels, const Selection& selection, std::string_view kind,
                   const Format& format, LeftOut& leftOut) {
  if (!labels) return labels.error();
  for (const auto& label : *labels) {
    if (selection.takesClass(label.value.labelClass)) leftOut.add(kind, notHeldBy(format));
  }
  return {};
}

}  // namespace

void LeftOut::add(std::string_view kind, std::string_view why, std::int64_t count) {
  counts_[{std::string(kind), std::string(why)}] += count;
  total_ += count;
}

std::vector<std::string> LeftOut::warnings() const {
  std::vector<std::string> texts;
  for (const auto& [what, count] : counts_) {
    texts.push_back(std::to_string(count) + ' ' + plural(what.first, count) + " left out: " + what.second);
  }
  return texts;
}

Status LeftOut::asError() const {
  if (total_ == 0) return {};
  std::string all;
  for (const std::string& text : warnings()) all += (all.empty() ? "" : "; ") + text;
  return Error{
      ErrorCode::Invalid, "nothing was written, for not everything can be: " + all, {}, "export without --strict"};
}

Status countUnheld(const project::Project& project, const Selection& selection, MediumId medium, const Format& format,
                   LeftOut& leftOut) {
  project::LabelQuery query;
  query.medium = medium;
  Status status;
  if (!holds(format.kinds, Kinds::Track)) {
    status = countLabels(project.tracks(query), selection, "track", format, leftOut);
    if (!status) return status;
  }
  if (!holds(format.kinds, Kinds::Segmentation)) {
    status = countLabels(project.segmentations(query), selection, "segmentation", format, leftOut);
    if (!status) return status;
  }
  if (!holds(format.kinds, Kinds::Event)) {
    status = countLabels(project.events(query), selection, "event", format, leftOut);
    if (!status) return status;
  }
  if (!holds(format.kinds, Kinds::Tag)) {
    status = countLabels(project.tags(query), selection, "tag", format, leftOut);
    if (!status) return status;
  }
  if (!holds(format.kinds, Kinds::Measurement)) {
    status = countLabels(project.measurements(query), selection, "measurement", format, leftOut);
  }
  return status;
}

Kinds kindOf(const Shape& shape) {
  constexpr std::array kKinds{Kinds::Box,    Kinds::RotatedBox, Kinds::Ellipse, Kinds::Polygon, Kinds::Polyline,
                              Kinds::Points, Kinds::Skeleton,   Kinds::Arrow,   Kinds::Note,    Kinds::Mask};
  static_assert(kKinds.size() == std::variant_size_v<Shape>);
  return kKinds[shape.index()];
}

std::string notHeldBy(const Format& format) { return std::string(format.name) + " does not hold them"; }

}  // namespace fiducial::exchange
