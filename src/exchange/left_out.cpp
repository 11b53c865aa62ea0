#include "left_out.h"

#include <algorithm>
#include <array>

namespace fiducial::exchange {
namespace {

constexpr std::size_t kPlacesSaid = 2;   // media or files in one warning
constexpr std::size_t kNumbersSaid = 3;  // frames of each

// "rotated_box" and 2: "rotated boxes"; "value of x": "values of x".
std::string plural(const std::string& kind, std::int64_t count) {
  std::string text = kind;
  std::replace(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('"'), text.size())), '_',
               ' ');
  if (count == 1 || kind == "points") return text;
  const std::size_t end = std::min(text.find(" of "), text.size());
  const bool hisses = end > 0 && (text[end - 1] == 'x' || text[end - 1] == 's');
  return text.insert(end, hisses ? "es" : "s");
}

}  // namespace

void LeftOut::add(std::string_view kind, std::string_view why, const Place& place, std::int64_t count) {
  Entry& entry = entries_[{std::string(kind), std::string(why)}];
  entry.count += count;
  total_ += count;
  note(entry, place);
}

void LeftOut::note(Entry& entry, const Place& place) {
  if (place.name.empty()) return;
  auto where = std::ranges::find(entry.places, place.name, &Where::name);
  if (where == entry.places.end() && entry.places.size() < kPlacesSaid) {
    where = entry.places.insert(where, {std::string(place.name), {}, false});
  }
  if (where == entry.places.end()) {
    if (entry.lastName != place.name) ++entry.others;  // they come one after the other
    entry.lastName = place.name;
    return;
  }
  if (!place.number || std::ranges::find(where->numbers, *place.number) != where->numbers.end()) return;
  if (where->numbers.size() < kNumbersSaid) {
    where->numbers.push_back(*place.number);
  } else {
    where->hasMore = true;
  }
}

std::string LeftOut::placeText(const Where& where) const {
  std::string text;
  for (const std::int64_t number : where.numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
  if (where.hasMore) text += " and more";
  const std::string name = '"' + where.name + '"';
  if (text.empty()) return name;
  return std::string(numbered_) + (where.numbers.size() > 1 ? "s " : " ") + text + " of " + name;
}

std::string LeftOut::placesText(const Entry& entry) const {
  std::string text;
  for (const Where& where : entry.places) text += (text.empty() ? "" : "; ") + placeText(where);
  if (entry.others > 0) text += "; and " + std::to_string(entry.others) + " more";
  return text.empty() ? text : " (" + text + ')';
}

std::vector<std::string> LeftOut::warnings() const {
  std::vector<std::string> texts;
  for (const auto& [what, entry] : entries_) {
    texts.push_back(std::to_string(entry.count) + ' ' + plural(what.first, entry.count) + " left out: " + what.second +
                    placesText(entry));
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

Kinds kindOf(const Shape& shape) {
  constexpr std::array kKinds{Kinds::Box,    Kinds::RotatedBox, Kinds::Ellipse, Kinds::Polygon, Kinds::Polyline,
                              Kinds::Points, Kinds::Skeleton,   Kinds::Arrow,   Kinds::Note,    Kinds::Mask};
  static_assert(kKinds.size() == std::variant_size_v<Shape>);
  return kKinds[shape.index()];
}

std::string notHeldBy(const Format& format) { return std::string(format.name) + " does not hold them"; }

}  // namespace fiducial::exchange
