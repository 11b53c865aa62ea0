#include "coco/json_pieces.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>

namespace fiducial::exchange {
namespace {

bool isStructural(char c) { return c == '"' || c == '{' || c == '}' || c == '[' || c == ']'; }

// The next quote or bracket at or behind `at`; the end of the text where there is none. Most of a dataset is numbers,
// so sixteen characters are looked at together where the machine can.
std::size_t nextStructural(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i lower = _mm_set1_epi8(0x20);  // makes [ and { the same, and ] and }
  const __m128i open = _mm_set1_epi8('{');
  const __m128i close = _mm_set1_epi8('}');
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i folded = _mm_or_si128(chunk, lower);
    const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(chunk, quote),
                                     _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close)));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < text.size() && !isStructural(text[at])) ++at;
  return at;
}

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
  while ((at_ = nextStructural(text_, at_)) < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
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
