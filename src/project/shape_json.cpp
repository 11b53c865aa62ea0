#include "shape_json.h"

#include "fiducial/project/record_json.h"

namespace fiducial::project {
namespace {

/// One shape's JSON: the failure, if there is one, is kept in `status`.
struct ShapeReader {
  const std::string& path;
  Status status{};

  void fail(const std::string& what) {
    if (status) status = fieldError(path, what);
  }
  std::vector<double> numbers(const Json& json, std::size_t count, const char* what) {
    auto values = finiteNumbers(json);
    if (values && values->size() == count) return std::move(*values);
    fail(std::string(what) + " is a list of " + std::to_string(count) + " finite numbers");
    return std::vector<double>(count);
  }
  std::vector<ImagePoint> points(const Json& json) {
    const auto values = finiteNumbers(json);
    if (!values || values->size() % 2 != 0) {
      fail("points are a list of finite numbers, x and y in turn");
      return {};
    }
    std::vector<ImagePoint> result(values->size() / 2);
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = {(*values)[2 * i], (*values)[2 * i + 1]};
    return result;
  }
  Polygon polygon(const Json& json) {
    Polygon result;
    if (!json.is_array()) fail("a polygon is a list of parts");
    for (const Json& part : json) {
      auto& rings = result.parts.emplace_back();
      if (!part.is_array()) {
        fail("a part of a polygon is a list of rings");
        break;
      }
      for (const Json& ring : part) rings.push_back(points(ring));
    }
    return result;
  }
  Skeleton skeleton(const Json& json) {
    JsonFields fields(json, path + ".skeleton.");
    Skeleton result;
    result.templateName = fields.text("template");
    const Json* list = fields.get("points");
    const auto values = list != nullptr ? finiteNumbers(*list) : std::nullopt;
    if (!values || values->size() % 3 != 0) fields.fail("points", "is a list of finite numbers, x, y and v in turn");
    for (std::size_t i = 0; fields.ok() && i < values->size(); i += 3) {
      const double v = (*values)[i + 2];
      if (v != 0 && v != 1 && v != 2) fields.fail("points", "v is 0, 1 or 2");
      result.points.push_back({{(*values)[i], (*values)[i + 1]}, static_cast<Visibility>(static_cast<int>(v))});
    }
    if (Status done = fields.finish(); !done && status) status = done;
    return result;
  }
  RunMask mask(const Json& json) {
    JsonFields fields(json, path + ".mask.");
    RunMask result;
    const Json* size = fields.get("size");
    const auto extent = size != nullptr ? finiteNumbers(*size) : std::nullopt;
    const auto isSize = [](double v) { return v >= 1 && v <= 1e9 && v == static_cast<int>(v); };
    if (!extent || extent->size() != 2 || !isSize((*extent)[0]) || !isSize((*extent)[1])) {
      fields.fail("size", "is [columns, rows]");
    } else {
      result.size = {static_cast<int>((*extent)[0]), static_cast<int>((*extent)[1])};
    }
    const Json* counts = fields.get("counts");
    if (counts != nullptr && !counts->is_array()) fields.fail("counts", "is a list of run lengths");
    for (std::size_t i = 0; fields.ok() && i < counts->size(); ++i) {
      const Json& run = (*counts)[i];
      if (!run.is_number_unsigned() || run.get<std::uint64_t>() > 0xFFFFFFFFU) {
        fields.fail("counts", "a run length is a whole number, not negative");
        break;
      }
      result.counts.push_back(run.get<std::uint32_t>());
    }
    if (Status done = fields.finish(); !done && status) status = done;
    return result;
  }
  Shape any(const std::string& kind, const Json& json) {
    if (kind == "box") {
      const auto v = numbers(json, 4, "a box");
      return Box{v[0], v[1], v[2], v[3]};
    }
    if (kind == "rotated_box") {
      const auto v = numbers(json, 5, "a rotated box");
      return RotatedBox{{v[0], v[1]}, v[2], v[3], v[4]};
    }
    if (kind == "ellipse") {
      const auto v = numbers(json, 5, "an ellipse");
      return Ellipse{{v[0], v[1]}, v[2], v[3], v[4]};
    }
    if (kind == "arrow") {
      const auto v = numbers(json, 4, "an arrow");
      return Arrow{{v[0], v[1]}, {v[2], v[3]}};
    }
    if (kind == "note") {
      const auto v = numbers(json, 2, "a note");
      return NoteAnchor{{v[0], v[1]}};
    }
    if (kind == "polygon") return polygon(json);
    if (kind == "polyline") return Polyline{points(json)};
    if (kind == "points") return Points{points(json)};
    if (kind == "skeleton") return skeleton(json);
    if (kind == "mask") return mask(json);
    fail("'" + kind + "' is not a shape");
    return Box{};
  }
};

struct ShapeWriter {
  JsonWriter& out;

  void list(std::initializer_list<double> values) const {
    out.beginArray();
    for (const double value : values) out.value(value);
    out.endArray();
  }
  void points(const std::vector<ImagePoint>& points) const {
    out.beginArray();
    for (const ImagePoint p : points) out.value(p.x).value(p.y);
    out.endArray();
  }
  void operator()(const Box& s) const { list({s.x, s.y, s.width, s.height}); }
  void operator()(const RotatedBox& s) const { list({s.center.x, s.center.y, s.width, s.height, s.degrees}); }
  void operator()(const Ellipse& s) const { list({s.center.x, s.center.y, s.radiusX, s.radiusY, s.degrees}); }
  void operator()(const Polygon& s) const {
    out.beginArray();
    for (const PolygonPart& part : s.parts) {
      out.beginArray();
      for (const Ring& ring : part) points(ring);
      out.endArray();
    }
    out.endArray();
  }
  void operator()(const Polyline& s) const { points(s.points); }
  void operator()(const Points& s) const { points(s.points); }
  void operator()(const Skeleton& s) const {
    out.beginObject().field("template", s.templateName).key("points").beginArray();
    for (const SkeletonPoint& p : s.points) out.value(p.at.x).value(p.at.y).value(static_cast<int>(p.visibility));
    out.endArray().endObject();
  }
  void operator()(const Arrow& s) const { list({s.from.x, s.from.y, s.to.x, s.to.y}); }
  void operator()(const NoteAnchor& s) const { list({s.at.x, s.at.y}); }
  void operator()(const RunMask& s) const {
    out.beginObject().key("size").beginArray().value(s.size.columns).value(s.size.rows).endArray();
    out.key("counts").beginArray();
    for (const std::uint32_t run : s.counts) out.value(run);
    out.endArray().endObject();
  }
};

}  // namespace

Result<Shape> shapeFrom(const Json& json, const std::string& path) {
  if (!json.is_object() || json.size() != 1)
    return fieldError(path, "is an object of one shape, as {\"box\":[x,y,w,h]}");
  ShapeReader reader{path};
  Shape shape = reader.any(json.begin().key(), json.begin().value());
  if (!reader.status) return reader.status.error();
  return shape;
}

Result<Attributes> attributesFrom(const Json& json, const std::string& path) {
  Attributes attributes;
  if (json.is_null()) return attributes;
  if (!json.is_object()) return fieldError(path, "is an object of names and values");
  for (const auto& [name, value] : json.items()) {
    if (value.is_null()) continue;  // as if it were not there
    if (value.is_boolean()) {
      attributes[name] = value.get<bool>();
    } else if (value.is_number()) {
      attributes[name] = value.get<double>();
    } else if (value.is_string()) {
      attributes[name] = value.get<std::string>();
    } else {
      return fieldError(path + "." + name, "is a text, a number, true or false");
    }
  }
  return attributes;
}

Result<std::vector<PatientPoint>> pointsFrom(const Json& json, bool isVolume, const std::string& path) {
  const std::size_t dimensions = isVolume ? 3 : 2;
  const Error wrong = fieldError(path, isVolume ? "is a list of finite numbers, x, y and z in millimetres in turn"
                                                : "is a list of finite numbers, x and y in turn");
  Json flat = json;
  if (json.is_array() && !json.empty() && json.front().is_array()) {
    flat = Json::array();
    for (const Json& point : json) {
      if (!point.is_array() || point.size() != dimensions) return wrong;
      for (const Json& number : point) flat.push_back(number);
    }
  }
  const auto values = finiteNumbers(flat);
  if (!values || values->size() % dimensions != 0) return wrong;
  std::vector<PatientPoint> points;
  for (std::size_t i = 0; i < values->size(); i += dimensions) {
    points.push_back({(*values)[i], (*values)[i + 1], isVolume ? (*values)[i + 2] : 0});
  }
  return points;
}

void write(JsonWriter& out, const Shape& shape) {
  out.beginObject().key(kindName(shape));
  std::visit(ShapeWriter{out}, shape);
  out.endObject();
}

void write(JsonWriter& out, const AttributeValue& value) {
  std::visit([&](const auto& v) { out.value(v); }, value);
}

void write(JsonWriter& out, const Attributes& attributes) {
  out.beginObject();
  for (const auto& [name, value] : attributes) {
    out.key(name);
    write(out, value);
  }
  out.endObject();
}

std::string shapeJson(const Shape& shape) {
  JsonWriter out;
  write(out, shape);
  return out.take();
}

std::string attributesJson(const Attributes& attributes) {
  JsonWriter out;
  write(out, attributes);
  return out.take();
}

}  // namespace fiducial::project
