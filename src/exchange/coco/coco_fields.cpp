#include "coco/coco_fields.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "coco/coco_runs.h"

namespace fiducial::exchange {
namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

// Writers differ: 1, 1.0 and "1" all occur as ids. Null counts as not said.
error_code readInteger(od::value value, std::int64_t& out) {
  od::json_type type{};
  if (auto error = value.type().get(type)) return error;
  if (type == od::json_type::null) return simdjson::SUCCESS;
  if (type == od::json_type::string) {
    std::string_view text;
    if (auto error = value.get_string().get(text)) return error;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
  }
  if (type == od::json_type::boolean) {
    bool truth = false;
    if (auto error = value.get_bool().get(truth)) return error;
    out = truth ? 1 : 0;
    return simdjson::SUCCESS;
  }
  double number = 0;
  if (!value.get_int64().get(out)) return simdjson::SUCCESS;
  if (auto error = value.get_double().get(number)) return error;
  if (std::nearbyint(number) != number || std::abs(number) > 9e15) return simdjson::NUMBER_ERROR;
  out = static_cast<std::int64_t>(number);
  return simdjson::SUCCESS;
}

error_code readInt(od::value value, int& out) {
  std::int64_t wide = 0;
  if (auto error = readInteger(value, wide)) return error;
  if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) return simdjson::NUMBER_ERROR;
  out = static_cast<int>(wide);
  return simdjson::SUCCESS;
}

// Anything but a string (null, a number) counts as no text.
error_code readText(od::value value, std::string& out) {
  od::json_type type{};
  if (auto error = value.type().get(type)) return error;
  if (type != od::json_type::string) return simdjson::SUCCESS;
  std::string_view text;
  if (auto error = value.get_string().get(text)) return error;
  out = text;
  return simdjson::SUCCESS;
}

error_code readNumbers(od::array array, std::vector<double>& out) {
  out.clear();
  for (auto element : array) {
    double number = 0;
    if (auto error = element.get_double().get(number)) return error;
    out.push_back(number);
  }
  return simdjson::SUCCESS;
}

// Calls field(key, value) for each member of an object.
template <class Field>
error_code eachField(od::object object, const Field& field) {
  for (auto member : object) {
    std::string_view key;
    if (auto error = member.unescaped_key().get(key)) return error;
    od::value value;
    if (auto error = member.value().get(value)) return error;
    if (auto error = field(key, value)) return error;
  }
  return simdjson::SUCCESS;
}

// Counts a key that is not known, unless its value says nothing. Of images, 0 says nothing either ("license":0).
enum class Zero : bool { Counts, SaysNothing };
error_code takeUnknown(std::string_view key, od::value value, Zero zero, KeyCounts& unknown) {
  std::string_view text;
  if (auto error = simdjson::to_json_string(value).get(text)) return error;
  constexpr std::string_view kBlanks = " \t\r\n";
  if (const auto last = text.find_last_not_of(kBlanks); last != std::string_view::npos) text = text.substr(0, last + 1);
  const bool isEmpty =
      (text.starts_with('[') || text.starts_with('{')) && text.find_first_not_of(kBlanks, 1) == text.size() - 1;
  if (isEmpty || text == "null" || text == "\"\"" || (zero == Zero::SaysNothing && text == "0")) {
    return simdjson::SUCCESS;
  }
  const auto known = unknown.find(key);
  ++(known == unknown.end() ? unknown.emplace(std::string(key), 0).first : known)->second;
  return simdjson::SUCCESS;
}

error_code readRational(od::value value, Rational& out) {
  std::vector<double> numbers;
  od::array array;
  if (value.get_array().get(array)) return simdjson::SUCCESS;
  if (auto error = readNumbers(array, numbers)) return error;
  if (numbers.size() == 2 && numbers[1] >= 1) {
    out = {static_cast<std::int64_t>(numbers[0]), static_cast<std::int64_t>(numbers[1])};
  }
  return simdjson::SUCCESS;
}

error_code readCode(od::value value, Code& code) {
  od::object object;
  if (value.get_object().get(object)) return simdjson::SUCCESS;
  return eachField(object, [&](std::string_view key, od::value member) -> error_code {
    if (key == "scheme") return readText(member, code.scheme);
    if (key == "value") return readText(member, code.value);
    return key == "meaning" ? readText(member, code.meaning) : simdjson::SUCCESS;
  });
}

// Reads annotations; keeps its number buffer from one to the next.
class AnnotationReader {
 public:
  error_code read(od::object object, CocoAnnotation& out, KeyCounts& unknown) {
    return eachField(object, [&](std::string_view key, od::value value) -> error_code {
      if (key == "id") return readInteger(value, out.id.emplace());
      if (key == "image_id") return readInteger(value, out.imageId);
      if (key == "category_id") return readInteger(value, out.categoryId);
      if (key == "segmentation") return readSegmentation(value, out);
      if (key == "bbox") return readBox(value, out);
      if (key == "iscrowd") return readCrowd(value, out);
      if (key == "attributes") return readAttributes(value, out);
      if (key == "shape") return readShape(value, out);
      if (key == "note") return readText(value, out.note);
      if (key == "keypoints") return readKeypoints(value, out);
      const bool isDerived = key == "area" || key == "num_keypoints";  // follows from the others
      return isDerived ? simdjson::SUCCESS : takeUnknown(key, value, Zero::Counts, unknown);
    });
  }

 private:
  error_code readRing(od::array array, Ring& ring) {
    double x = 0;
    bool isX = true;
    ring.reserve(lastRing_);
    for (auto element : array) {
      double number = 0;
      if (auto error = element.get_double().get(number)) return error;
      if (isX) {
        x = number;
      } else {
        ring.push_back({x, number});
      }
      isX = !isX;
    }
    lastRing_ = ring.size();
    if (!isX) ring.clear();                                               // an odd number of them
    if (ring.size() > 3 && ring.front() == ring.back()) ring.pop_back();  // our rings close themselves
    return simdjson::SUCCESS;
  }

  error_code readSegmentation(od::value value, CocoAnnotation& out) {
    od::json_type type{};
    if (auto error = value.type().get(type)) return error;
    if (type == od::json_type::object) return readMask(value.get_object(), out);
    if (type != od::json_type::array) return simdjson::SUCCESS;
    for (auto element : value.get_array()) {
      od::array array;
      if (element.get_array().get(array)) {
        ++out.badRings;
        continue;
      }
      Ring ring;
      if (auto error = readRing(array, ring)) return error;
      if (ring.size() < 3) {
        if (lastRing_ > 0) ++out.badRings;  // [[]] says that there is only a box
      } else {
        out.rings.push_back(std::move(ring));
      }
    }
    return simdjson::SUCCESS;
  }

  error_code readMask(od::object object, CocoAnnotation& out) {
    std::vector<std::uint32_t> counts;
    int rows = 0;
    int columns = 0;
    bool isSound = true;
    const auto error = eachField(object, [&](std::string_view key, od::value value) -> error_code {
      if (key == "counts") return readCounts(value, counts, isSound);
      if (key != "size") return simdjson::SUCCESS;
      if (auto wrong = readNumbers(value.get_array(), numbers_)) return wrong;
      isSound = isSound && numbers_.size() == 2 && numbers_[0] >= 1 && numbers_[1] >= 1 && numbers_[0] < 1e6 &&
                numbers_[1] < 1e6;
      if (isSound) {
        rows = static_cast<int>(numbers_[0]);
        columns = static_cast<int>(numbers_[1]);
      }
      return simdjson::SUCCESS;
    });
    if (error) return error;
    RunMask mask{{columns, rows}, std::move(counts)};
    out.hasBadMask = !isSound || !check(mask);
    if (!out.hasBadMask) out.mask = std::move(mask);
    return simdjson::SUCCESS;
  }

  error_code readCounts(od::value value, std::vector<std::uint32_t>& counts, bool& isSound) {
    od::json_type type{};
    if (auto error = value.type().get(type)) return error;
    if (type == od::json_type::string) {
      std::string_view text;
      if (auto error = value.get_string().get(text)) return error;
      auto decoded = decodeRunText(text);
      isSound = isSound && decoded.has_value();
      if (decoded) counts = std::move(*decoded);
      return simdjson::SUCCESS;
    }
    for (auto element : value.get_array()) {
      od::value one;
      if (auto error = element.get(one)) return error;
      std::int64_t count = 0;
      if (auto error = readInteger(one, count)) return error;
      isSound = isSound && count >= 0 && count <= std::numeric_limits<std::uint32_t>::max();
      counts.push_back(isSound ? static_cast<std::uint32_t>(count) : 0U);
    }
    return simdjson::SUCCESS;
  }

  error_code readBox(od::value value, CocoAnnotation& out) {
    od::array array;
    if (value.get_array().get(array)) return simdjson::SUCCESS;
    if (auto error = readNumbers(array, numbers_)) return error;
    if (numbers_.size() == 4) out.bbox = Box{numbers_[0], numbers_[1], numbers_[2], numbers_[3]};
    return simdjson::SUCCESS;
  }

  static error_code readCrowd(od::value value, CocoAnnotation& out) {
    std::int64_t crowd = 0;
    if (auto error = readInteger(value, crowd)) return error;
    out.isCrowd = crowd != 0;
    return simdjson::SUCCESS;
  }

  error_code readKeypoints(od::value value, CocoAnnotation& out) {
    od::array array;
    if (value.get_array().get(array)) return simdjson::SUCCESS;
    if (auto error = readNumbers(array, numbers_)) return error;
    for (std::size_t i = 2; i < numbers_.size(); i += 3) out.keypoints += numbers_[i] > 0 ? 1 : 0;
    return simdjson::SUCCESS;
  }

  error_code readAttributes(od::value value, CocoAnnotation& out) {
    od::object object;
    if (value.get_object().get(object)) return simdjson::SUCCESS;
    return eachField(object, [&](std::string_view key, od::value member) -> error_code {
      od::json_type type{};
      if (auto error = member.type().get(type)) return error;
      if (key == "track_id" && type == od::json_type::number) {
        std::int64_t id = 0;
        if (auto error = readInteger(member, id)) return error;
        out.trackId = id;
        return simdjson::SUCCESS;
      }
      std::string name(key);
      return readAttribute(type, member, std::move(name), out);
    });
  }

  static error_code readAttribute(od::json_type type, od::value value, std::string name, CocoAnnotation& out) {
    if (type == od::json_type::boolean) {
      bool truth = false;
      if (auto error = value.get_bool().get(truth)) return error;
      if (name == "keyframe") out.isKeyframe = truth;
      if (name == "occluded") out.isOccluded = truth;
      out.attributes[std::move(name)] = truth;
    } else if (type == od::json_type::number) {
      double number = 0;
      if (auto error = value.get_double().get(number)) return error;
      out.attributes[std::move(name)] = number;
    } else if (type == od::json_type::string) {
      std::string_view text;
      if (auto error = value.get_string().get(text)) return error;
      out.attributes[std::move(name)] = std::string(text);
    } else if (type != od::json_type::null) {
      std::string_view text;
      if (auto error = simdjson::to_json_string(value).get(text)) return error;
      out.attributes[std::move(name)] = std::string(text);
    }
    return simdjson::SUCCESS;
  }

  error_code readShape(od::value value, CocoAnnotation& out) {
    od::object object;
    if (value.get_object().get(object)) return simdjson::SUCCESS;
    return eachField(object, [&](std::string_view key, od::value member) -> error_code {
      od::array array;
      if (member.get_array().get(array)) return simdjson::SUCCESS;
      if (key == "polygon") return readPolygon(array, out);
      const std::string kind(key);
      const bool isKnown = kind == "box" || kind == "rotated_box" || kind == "ellipse";
      if (!isKnown) return simdjson::SUCCESS;
      if (auto error = readNumbers(array, numbers_)) return error;
      const auto& n = numbers_;
      if (kind == "box" && n.size() == 4) out.original = Box{n[0], n[1], n[2], n[3]};
      if (kind == "rotated_box" && n.size() == 5) out.original = RotatedBox{{n[0], n[1]}, n[2], n[3], n[4]};
      if (kind == "ellipse" && n.size() == 5) out.original = Ellipse{{n[0], n[1]}, n[2], n[3], n[4]};
      return simdjson::SUCCESS;
    });
  }

  error_code readPolygon(od::array parts, CocoAnnotation& out) {
    Polygon polygon;
    for (auto part : parts) {
      auto& rings = polygon.parts.emplace_back();
      for (auto ring : part.get_array()) {
        if (auto error = readRing(ring.get_array(), rings.emplace_back())) return error;
      }
    }
    out.original = std::move(polygon);
    return simdjson::SUCCESS;
  }

  std::vector<double> numbers_;
  std::size_t lastRing_ = 0;
};

}  // namespace

error_code readImage(od::object object, CocoImage& image, KeyCounts& unknown) {
  return eachField(object, [&](std::string_view key, od::value value) -> error_code {
    if (key == "id") return readInteger(value, image.id);
    if (key == "file_name") return readText(value, image.fileName);
    if (key == "width") return readInt(value, image.columns);
    if (key == "height") return readInt(value, image.rows);
    if (key == "medium_uid") return readText(value, image.mediumUid);
    if (key == "medium_name") return readText(value, image.mediumName);
    if (key == "medium_hash") return readText(value, image.mediumHash);
    if (key == "medium_kind") return readText(value, image.mediumKind);
    if (key == "medium_frames") return readInt(value, image.mediumFrames);
    if (key == "time_base") return readRational(value, image.timeBase);
    if (key == "frame") {
      int frame = 0;
      if (auto error = readInt(value, frame)) return error;
      image.frame = frame;
      return simdjson::SUCCESS;
    }
    if (key == "pts") return simdjson::SUCCESS;  // of its frame, as the medium says it too
    return takeUnknown(key, value, Zero::SaysNothing, unknown);
  });
}

error_code readCategory(od::object object, CocoCategory& category, KeyCounts& unknown) {
  return eachField(object, [&](std::string_view key, od::value value) -> error_code {
    if (key == "id") return readInteger(value, category.id);
    if (key == "name") return readText(value, category.name);
    if (key == "supercategory") return readText(value, category.supercategory);
    if (key == "color") return readText(value, category.color);
    if (key == "code") return readCode(value, category.code);
    return takeUnknown(key, value, Zero::Counts, unknown);
  });
}

error_code readAnnotation(od::object object, CocoAnnotation& annotation, KeyCounts& unknown) {
  thread_local AnnotationReader reader;  // for its buffers
  return reader.read(object, annotation, unknown);
}

}  // namespace fiducial::exchange
