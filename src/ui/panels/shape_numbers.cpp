#include "panels/shape_numbers.h"

#include <QCoreApplication>

namespace fiducial::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("ShapeNumbers", text); }

struct Named {
  const char* name;
  double* value;
  bool positive = false;
  bool angle = false;
};

/// Where the numbers stand in the shape: reading and writing go by the same list.
struct Places {
  std::vector<Named> operator()(Box& b) const {
    return {{"x", &b.x}, {"y", &b.y}, {"width", &b.width, true}, {"height", &b.height, true}};
  }
  std::vector<Named> operator()(RotatedBox& b) const {
    return {{"centre x", &b.center.x},
            {"centre y", &b.center.y},
            {"width", &b.width, true},
            {"height", &b.height, true},
            {"angle", &b.degrees, false, true}};
  }
  std::vector<Named> operator()(Ellipse& e) const {
    return {{"centre x", &e.center.x},
            {"centre y", &e.center.y},
            {"radius x", &e.radiusX, true},
            {"radius y", &e.radiusY, true},
            {"angle", &e.degrees, false, true}};
  }
  template <class Other>
  std::vector<Named> operator()(Other&) const {
    return {};
  }
};

}  // namespace

std::vector<ShapeNumber> numbersOf(const Shape& shape) {
  Shape copy = shape;
  std::vector<ShapeNumber> numbers;
  for (const Named& place : std::visit(Places{}, copy))
    numbers.push_back({tr(place.name), place.angle ? QStringLiteral("°") : tr(" px"), *place.value, place.positive});
  return numbers;
}

Shape withNumber(Shape shape, std::size_t n, double value) {
  const std::vector<Named> places = std::visit(Places{}, shape);
  if (n < places.size()) *places[n].value = value;
  return shape;
}

}  // namespace fiducial::ui
