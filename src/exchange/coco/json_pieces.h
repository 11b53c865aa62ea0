// The outline of a large JSON document: where the members of its root and the elements of its lists lie, found by
// quotes and brackets alone. The pieces are then read one by one by a strict parser, so that memory and index stay
// small. Source: RFC 8259.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fiducial::exchange {

/// Walks over the members of an object or the elements of an array, each as its text. Owner: borrows the text.
class JsonPieces {
 public:
  /// `text` begins with `{` or `[` (after blanks); anything else gives no pieces and wrongAt() 0.
  explicit JsonPieces(std::string_view text);

  struct Piece {
    std::string_view key;    ///< as it stands between its quotes, with escapes; of arrays empty
    std::string_view value;  ///< without blanks around it; not checked inside
  };
  /// Nothing at the end, or where the outline is wrong: then wrongAt() says where.
  [[nodiscard]] std::optional<Piece> next();
  [[nodiscard]] bool isObject() const { return isObject_; }
  [[nodiscard]] std::optional<std::size_t> wrongAt() const { return wrongAt_; }
  /// What stands behind the closing bracket; meaningful once next() gave nothing.
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

 private:
  void skipBlanks();
  [[nodiscard]] bool skipString();
  [[nodiscard]] bool skipValue();
  std::optional<Piece> wrong();

  std::string_view text_;
  std::size_t at_ = 0;
  bool isObject_ = false;
  bool isFirst_ = true;
  bool isDone_ = false;
  std::optional<std::size_t> wrongAt_;
};

}  // namespace fiducial::exchange
