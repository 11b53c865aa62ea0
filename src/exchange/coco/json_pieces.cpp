#include "coco/json_pieces.h"

#include <algorithm>
#include <array>

namespace fiducial::exchange {
namespace {

constexpr auto kIsStructural = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '{', '}', '[', ']'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

JsonPieces::JsonPieces(std::string_view text) : text_(text) {
  skipBlanks();
  if (at_ < text_.size() && (text_[at_] == '{' || text_[at_] == '[')) {
    isObject_ = text_[at_++] == '{';
  } else {
    wrongAt_ = at_;
    isDone_ = true;
  }
}

void JsonPieces::skipBlanks() {
  while (at_ < text_.size() && isBlank(text_[at_])) ++at_;
}

// `at_` stands on the opening quote; then behind the closing one.
bool JsonPieces::skipString() {
  for (++at_;;) {
    at_ = text_.find_first_of("\"\\", at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      return false;
    }
    if (text_[at_] == '"') {
      ++at_;
      return true;
    }
    at_ += 2;  // the escaped character, whatever it is
    if (at_ >= text_.size()) return false;
  }
}

bool JsonPieces::skipValue() {
  if (at_ >= text_.size()) return false;
  if (text_[at_] == '"') return skipString();
  if (text_[at_] != '{' && text_[at_] != '[') {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != ']' && text_[at_] != '}' && !isBlank(text_[at_]))
      ++at_;
    return at_ > start;
  }
  std::size_t depth = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (!kIsStructural[static_cast<unsigned char>(c)]) {
      ++at_;
    } else if (c == '"') {
      if (!skipString()) return false;
    } else {
      ++at_;
      depth = c == '{' || c == '[' ? depth + 1 : depth - 1;
      if (depth == 0) return true;
    }
  }
  return false;
}

std::optional<JsonPieces::Piece> JsonPieces::wrong() {
  wrongAt_ = std::min(at_, text_.size());
  isDone_ = true;
  return std::nullopt;
}

std::optional<JsonPieces::Piece> JsonPieces::next() {
  if (isDone_) return std::nullopt;
  skipBlanks();
  if (at_ >= text_.size()) return wrong();
  if (text_[at_] == (isObject_ ? '}' : ']')) {
    ++at_;
    isDone_ = true;
    return std::nullopt;
  }
  if (!isFirst_) {
    if (text_[at_] != ',') return wrong();
    ++at_;
    skipBlanks();
  }
  isFirst_ = false;
  Piece piece;
  if (isObject_) {
    const std::size_t start = at_;
    if (at_ >= text_.size() || text_[at_] != '"' || !skipString()) return wrong();
    piece.key = text_.substr(start + 1, at_ - start - 2);
    skipBlanks();
    if (at_ >= text_.size() || text_[at_] != ':') return wrong();
    ++at_;
    skipBlanks();
  }
  const std::size_t start = at_;
  if (!skipValue()) return wrong();
  piece.value = text_.substr(start, at_ - start);
  return piece;
}

}  // namespace fiducial::exchange
