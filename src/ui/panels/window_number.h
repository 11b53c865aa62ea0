// Width and level of a window as people read them: whole numbers where that is fine enough, else three digits.
#pragma once

#include <QLocale>
#include <cmath>

namespace fiducial::ui {

inline QString windowNumber(double value) {
  return std::abs(value) >= 100 || value == std::round(value) ? QLocale().toString(value, 'f', 0)
                                                              : QLocale().toString(value, 'g', 3);
}

}  // namespace fiducial::ui
