#include "coco/coco_document.h"

#include <simdjson.h>

#include <cstring>
#include <fstream>
#include <limits>

#include "coco/coco_fields.h"
#include "coco/json_pieces.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "fiducial/runtime/thread_pool.h"

namespace fiducial::exchange {
namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

// A file in huge pages with the padding that simdjson reads beyond the end.
struct PaddedFile {
  std::shared_ptr<std::byte[]> bytes;
  std::size_t size = 0;
};

Result<PaddedFile> readPadded(const std::filesystem::path& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return Error{ErrorCode::NotFound, "there is no such file", path.string(), {}};
  auto bytes = runtime::allocateBytes(size + simdjson::SIMDJSON_PADDING);
  if (!bytes) return bytes.error();
  std::ifstream file(path, std::ios::binary);
  if (!file.read(reinterpret_cast<char*>(bytes->get()), static_cast<std::streamsize>(size))) {
    return Error{ErrorCode::Unreadable, "cannot read the file", path.string(), "check its permissions"};
  }
  std::memset(bytes->get() + size, 0, simdjson::SIMDJSON_PADDING);
  return PaddedFile{std::move(*bytes), size};
}

// One piece of the document through the strict parser; a parser is kept for each thread.
class PieceParser {
 public:
  explicit PieceParser(std::string_view text) : text_(text) {}

  /// `read(object)` answers a simdjson error code. Errors: Damaged with the byte.
  template <class Read>
  Status object(std::string_view piece, const Read& read) const {
    thread_local od::parser parser;
    od::document document;
    const std::size_t readable = static_cast<std::size_t>(text_.data() + text_.size() - piece.data());
    error_code error =
        parser.iterate(simdjson::padded_string_view(piece.data(), piece.size(), readable + simdjson::SIMDJSON_PADDING))
            .get(document);
    const char* at = piece.data();
    if (!error) {
      od::object object;
      error = document.get_object().get(object);
      if (!error) error = read(object);
      const char* there = nullptr;
      if (error && !document.current_location().get(there) && there >= piece.data()) at = there;
    }
    return error ? Status(damaged(at, simdjson::error_message(error))) : Status();
  }

  [[nodiscard]] Error damaged(const char* at, std::string_view what) const {
    return {ErrorCode::Damaged,
            "the JSON is wrong at byte " + std::to_string(at - text_.data()) + ": " + std::string(what),
            {},
            "nothing was imported; write the file again from where it came"};
  }
  [[nodiscard]] Error damagedOutline(const JsonPieces& pieces, std::string_view text) const {
    return damaged(text.data() + pieces.wrongAt().value_or(0), "a bracket, comma or quote is missing or too many");
  }

 private:
  std::string_view text_;
};

// Where the three lists of a dataset lie.
struct Outline {
  std::optional<std::string_view> images;
  std::optional<std::string_view> categories;
  std::optional<std::string_view> annotations;
};

class DocumentReader {
 public:
  DocumentReader(std::string_view text, const CocoReader& reader, const std::stop_token& stop)
      : text_(text), parser_(text), reader_(reader), stop_(stop) {}

  Status read() {
    auto outline = findLists();
    if (!outline) return outline.error();
    Status status = eachObject<CocoImage>(*outline->images, readImage, unknown_.images, reader_.onImage);
    if (status && outline->categories) {
      status = eachObject<CocoCategory>(*outline->categories, readCategory, unknown_.categories, reader_.onCategory);
    }
    if (status) status = readAnnotations(*outline->annotations);
    if (status && reader_.onUnknownKeys) reader_.onUnknownKeys(unknown_);
    return status;
  }

 private:
  Result<Outline> findLists() {
    JsonPieces root(text_);
    if (text_.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      return Error{ErrorCode::Damaged, "the file is empty", {}, {}};
    }
    if (!root.isObject() && !root.wrongAt()) {
      return Error{ErrorCode::Invalid,
                   "this is no COCO dataset: its root must be an object with images, annotations and categories",
                   {},
                   "a list is a results file, which cannot be read without its dataset"};
    }
    Outline outline;
    while (const auto member = root.next()) {
      if (member->key == "images") {
        outline.images = member->value;
      } else if (member->key == "categories") {
        outline.categories = member->value;
      } else if (member->key == "annotations") {
        outline.annotations = member->value;
      } else if (member->key != "info" && member->key != "licenses" && member->key != "type") {
        if (member->value != "null" && member->value != "[]" && member->value != "{}") {
          ++unknown_.root[std::string(member->key)];
        }
      }
    }
    if (root.wrongAt()) return parser_.damagedOutline(root, text_);
    if (const auto more = root.rest().find_first_not_of(" \t\r\n"); more != std::string_view::npos) {
      return parser_.damaged(root.rest().data() + more, "more text follows the end");
    }
    const auto isList = [](const std::optional<std::string_view>& value) { return value && value->starts_with('['); };
    if (!isList(outline.images) || !isList(outline.annotations) ||
        (outline.categories && !isList(outline.categories))) {
      return Error{
          ErrorCode::Invalid, "this is no COCO dataset: it has no list of images or none of annotations", {}, {}};
    }
    return outline;
  }

  template <class T>
  Status eachObject(std::string_view list, error_code (*read)(od::object, T&, KeyCounts&), KeyCounts& unknown,
                    const std::function<Status(T)>& take) const {
    JsonPieces pieces(list);
    while (const auto piece = pieces.next()) {
      T value;
      auto status = parser_.object(piece->value, [&](od::object object) { return read(object, value, unknown); });
      if (status) status = take(std::move(value));
      if (!status) return status;
    }
    return pieces.wrongAt() ? Status(parser_.damagedOutline(pieces, list)) : Status();
  }

  // Parsed on all cores a batch at a time, handed on in their order.
  Status readAnnotations(std::string_view list) {
    JsonPieces pieces(list);
    std::vector<std::string_view> batch;
    for (;;) {
      if (stop_.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
      batch.clear();
      while (batch.size() < kBatch) {
        const auto piece = pieces.next();
        if (!piece) break;
        batch.push_back(piece->value);
      }
      if (pieces.wrongAt()) return parser_.damagedOutline(pieces, list);
      if (batch.empty()) return {};
      if (auto status = readBatch(batch); !status) return status;
    }
  }

  Status readBatch(const std::vector<std::string_view>& batch) {
    std::vector<CocoAnnotation> annotations(batch.size());
    const std::size_t shares = (batch.size() + kShare - 1) / kShare;
    std::vector<Status> results(shares);
    std::vector<KeyCounts> unknown(shares);  // each thread's own
    runtime::parallelFor(shares, [&](std::size_t share) {
      const std::size_t end = std::min(batch.size(), (share + 1) * kShare);
      for (std::size_t i = share * kShare; i < end && results[share]; ++i) {
        results[share] = parser_.object(
            batch[i], [&](od::object object) { return readAnnotation(object, annotations[i], unknown[share]); });
      }
    });
    for (Status& result : results) {
      if (!result) return std::move(result);
    }
    for (const KeyCounts& counts : unknown) {
      for (const auto& [key, count] : counts) unknown_.annotations[key] += count;
    }
    for (CocoAnnotation& annotation : annotations) {
      if (auto status = reader_.onAnnotation(std::move(annotation)); !status) return status;
    }
    return {};
  }

  static constexpr std::size_t kShare = 256;   // annotations that one thread reads at a time
  static constexpr std::size_t kBatch = 4096;  // and all of them together, a few megabytes of text

  std::string_view text_;
  PieceParser parser_;
  const CocoReader& reader_;
  const std::stop_token& stop_;
  UnknownKeys unknown_;
};

}  // namespace

Status readCoco(const std::filesystem::path& path, const CocoReader& reader, std::stop_token stop) {
  auto file = readPadded(path);
  if (!file) return file.error();
  std::string_view text(reinterpret_cast<const char*>(file->bytes.get()), file->size);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  auto status = DocumentReader(text, reader, stop).read();
  if (status || !status.error().path.empty()) return status;
  Error error = status.error();
  error.path = path.string();
  return error;
}

}  // namespace fiducial::exchange
