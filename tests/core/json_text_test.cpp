// JSON text against what the standard library reads back, and RFC 8259's escapes by hand.
#include "fiducial/core/json_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace fiducial {
namespace {

std::string number(double value) {
  std::string text;
  appendNumber(text, value);
  return text;
}

TEST(JsonText, NumbersAreShortAndReadBackTheSame) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(10), "10");
  EXPECT_EQ(number(-0.5), "-0.5");
  EXPECT_EQ(number(0.07), "0.07");
  EXPECT_EQ(number(1234.56), "1234.56");
  EXPECT_EQ(number(100000), "100000");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
  std::mt19937_64 random(20261123);
  for (int i = 0; i < 100000; ++i) {
    const double scale = std::pow(10.0, static_cast<double>(random() % 9));
    const double value = std::round(static_cast<double>(random() % 100000000) - 5e7) / scale;
    EXPECT_EQ(std::strtod(number(value).c_str(), nullptr), value) << "seed 20261123, " << value;
  }
}

TEST(JsonText, TextIsAsciiWhateverItHolds) {
  std::string text;
  appendString(text, "a\"\\\n\x01\xC3\xA4\xF0\x9F\x98\x80\xFF");
  EXPECT_EQ(text, "\"a\\\"\\\\\\n\\u0001\\u00e4\\ud83d\\ude00\\ufffd\"");
}

TEST(JsonText, Utf8StaysAsItIsUnlessItIsNone) {
  std::string text;
  appendString(text, "a\"\x01\x7F\xC3\xA4\xFC\xE2\x82", JsonText::Utf8);
  EXPECT_EQ(text, "\"a\\\"\\u0001\x7F\xC3\xA4\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace fiducial
