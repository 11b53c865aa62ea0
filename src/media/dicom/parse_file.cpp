// The bounded header parser: never deeper than kDepthLimit, never beyond the bytes that are there, never into pixels.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "data_set.h"
#include "element_head.h"

namespace fiducial::media::dicom {
namespace {

constexpr int kDepthLimit = 32;
constexpr std::size_t kUsualElements = 64;                      // of those known, in a header
constexpr std::uint64_t kValueLimit = std::uint64_t{16} << 20;  // the largest value kept: lookup and offset tables
constexpr std::uint64_t kInflatedLimit = std::uint64_t{4} << 30;

std::uint32_t number(const std::byte* at, int bytes, bool bigEndian) {
  std::uint32_t value = 0;
  for (int n = 0; n < bytes; ++n) {
    const int from = bigEndian ? n : bytes - 1 - n;
    value = (value << 8) | std::to_integer<std::uint32_t>(at[from]);
  }
  return value;
}

/// Which pairs of capital letters are types, one bit each.
constexpr std::array<std::uint32_t, 26> knownVrs() {
  constexpr std::string_view kAll = "AEASATCSDADSDTFDFLISLOLTOBODOFOLOVOWPNSHSLSQSSSTSVTMUCUIULUNURUSUTUV";
  std::array<std::uint32_t, 26> known{};
  for (std::size_t n = 0; n < kAll.size(); n += 2) known[std::size_t(kAll[n] - 'A')] |= 1U << (kAll[n + 1] - 'A');
  return known;
}

bool isVr(const std::byte* at) {
  static constexpr auto kKnown = knownVrs();
  const unsigned first = std::to_integer<unsigned>(at[0]) - 'A';
  const unsigned second = std::to_integer<unsigned>(at[1]) - 'A';
  return first < 26 && second < 26 && (kKnown[first] >> second & 1U) != 0;
}

bool hasLongLength(Vr vr) {
  switch (vr) {
    case vrOf("OB"):
    case vrOf("OD"):
    case vrOf("OF"):
    case vrOf("OL"):
    case vrOf("OV"):
    case vrOf("OW"):
    case vrOf("SQ"):
    case vrOf("SV"):
    case vrOf("UC"):
    case vrOf("UN"):
    case vrOf("UR"):
    case vrOf("UT"):
    case vrOf("UV"):
      return true;
    default:
      return false;
  }
}

Error damaged(const ByteSource& source, const std::string& what) {
  return {ErrorCode::Damaged, "the DICOM header is damaged: " + what, source.path().string(), "copy the file again"};
}

Error endsEarly(const ByteSource& source) {
  return {ErrorCode::Damaged, "the file ends inside its DICOM header", source.path().string(), "copy the file again"};
}

class Parser {
 public:
  Parser(ByteSource& source, ParsedFile& file) : source_(source), file_(file) {}

  Result<ElementHead> head(std::uint64_t at, Encoding encoding) const { return readHead(source_, at, encoding); }
  /// Elements from `at` to `end` (or an item delimiter where `open`); the answer is the offset behind them.
  Result<std::uint64_t> elements(std::uint64_t at, std::uint64_t end, bool open, Encoding encoding, int depth,
                                 DataSet* into);

 private:
  Result<std::uint64_t> sequence(const ElementHead& head, std::uint64_t end, Encoding encoding, int depth,
                                 Element* into);
  Result<std::uint64_t> value(const ElementHead& head, std::uint64_t end, Encoding encoding, int depth, DataSet* into);
  [[nodiscard]] bool holdsItems(const ElementHead& pixels);
  [[nodiscard]] Error damaged(const std::string& what) const { return dicom::damaged(source_, what); }
  [[nodiscard]] Error endsEarly() const { return dicom::endsEarly(source_); }

  ByteSource& source_;
  ParsedFile& file_;
};

/// Encapsulated all the same, where the writer gave compressed pixel data a length.
bool Parser::holdsItems(const ElementHead& pixels) {
  const TransferSyntax* syntax = findTransferSyntax(file_.transferSyntax);
  if (syntax == nullptr || syntax->codec == PixelCodec::Native || pixels.length < 8) return false;
  const std::byte* bytes = source_.window(pixels.valueAt, 4);
  if (bytes == nullptr || number(bytes, 4, false) != 0xE000FFFEu) return false;
  file_.warnings.emplace_back("its compressed pixel data claims a length; it was read by its items");
  return true;
}

Result<std::uint64_t> Parser::sequence(const ElementHead& head, std::uint64_t end, Encoding encoding, int depth,
                                       Element* into) {
  if (depth >= kDepthLimit) {
    return damaged("its sequences are nested more than " + std::to_string(kDepthLimit) + " deep");
  }
  // PS3.5 6.2.2: a sequence of type UN is encoded as implicit little endian.
  if (head.vr == vrOf("UN")) encoding = {false, false};
  const bool open = head.length == kUndefinedLength;
  const std::uint64_t stop = open ? end : head.valueAt + head.length;
  std::uint64_t at = head.valueAt;
  while (at < stop) {
    auto item = this->head(at, encoding);
    if (!item) return item.error();
    if (item->tag == tag::SequenceEnd && open) return item->valueAt;
    if (item->tag != tag::Item) return damaged("sequence " + nameOfTag(head.tag) + " is not closed");
    const bool openItem = item->length == kUndefinedLength;
    std::uint64_t itemEnd = openItem ? stop : item->valueAt + item->length;
    if (itemEnd > stop) {
      // What ends with the file can only be cut short; within it, nobody knows which of both lengths is wrong.
      const std::string what = "an item of " + nameOfTag(head.tag) + " is longer than its sequence";
      if (open || stop != source_.size() || item->valueAt > stop) return damaged(what);
      file_.warnings.push_back(what + "; what is there was read");
      itemEnd = stop;
    }
    DataSet* target = nullptr;
    if (into != nullptr) {
      target = &into->items.emplace_back();
      target->bigEndian = encoding.bigEndian;
      target->isAscending = true;
    }
    if (target == nullptr && !openItem) {
      at = itemEnd;
      continue;
    }
    auto next = elements(item->valueAt, itemEnd, openItem, encoding, depth + 1, target);
    if (!next) return next.error();
    at = *next;
  }
  if (open) return damaged("sequence " + nameOfTag(head.tag) + " is not closed");
  return stop;
}

/// Large values that few readers of a header want.
bool isLeftInFile(Tag tag) { return tag == tag::IccProfile || withoutOverlayGroup(tag) == tag::OverlayData; }

/// Siemens writes its large private header into every picture; only mosaics need it.
bool isWanted(Tag tag, const DataSet& into) {
  return tag != tag::CsaImageHeader || into.text(tag::ImageType).find("MOSAIC") != std::string::npos;
}

Result<std::uint64_t> Parser::value(const ElementHead& head, std::uint64_t end, Encoding encoding, int depth,
                                    DataSet* into) {
  const Vr known = knownVr(head.tag);
  Element* element = nullptr;
  if (into != nullptr && known != 0 && isWanted(head.tag, *into)) {
    into->isAscending = into->isAscending && (into->elements.empty() || into->elements.back().tag < head.tag);
    element = &into->elements.emplace_back();
    element->tag = head.tag;
    element->vr = head.vr == 0 || head.vr == vrOf("UN") ? known : head.vr;
  }
  const bool isOpen = head.length == kUndefinedLength;
  if (!isOpen && head.length > end - std::min(end, head.valueAt)) {
    return damaged("element " + nameOfTag(head.tag) + " claims " + std::to_string(head.length) + " bytes, " +
                   std::to_string(end - std::min(end, head.valueAt)) + " are there");
  }
  const bool isSequence = isOpen || head.vr == vrOf("SQ") || (element != nullptr && known == vrOf("SQ"));
  if (isSequence && (isOpen || element != nullptr)) return sequence(head, end, encoding, depth, element);
  const std::uint64_t next = head.valueAt + head.length;
  if (element == nullptr || head.length == 0) return next;
  element->location = {head.valueAt, head.length};
  if (isLeftInFile(head.tag)) return next;
  if (head.length > kValueLimit) return damaged("element " + nameOfTag(head.tag) + " is too long");
  const std::byte* bytes = source_.window(head.valueAt, head.length);
  if (bytes == nullptr) return endsEarly();
  element->value.assign(reinterpret_cast<const char*>(bytes), head.length);
  return next;
}

Result<std::uint64_t> Parser::elements(std::uint64_t at, std::uint64_t end, bool open, Encoding encoding, int depth,
                                       DataSet* into) {
  while (at < end) {
    if (depth == 0 && end - at < 8) break;  // odd bytes behind the last element
    auto head = this->head(at, encoding);
    if (!head) return head.error();
    if (head->tag == tag::ItemEnd && open) return head->valueAt;
    if (depth == 0 &&
        (head->tag == tag::PixelData || head->tag == tag::FloatPixelData || head->tag == tag::DoublePixelData)) {
      const bool encapsulated = head->length == kUndefinedLength || holdsItems(*head);
      file_.pixels = {head->tag, head->vr, head->valueAt, encapsulated ? end - head->valueAt : head->length,
                      encapsulated};
      return end;
    }
    if ((head->tag >> 16) == 0xFFFE) return damaged("a sequence item stands where none may be");
    auto next = value(*head, end, encoding, depth, into);
    if (!next) return next.error();
    at = *next;
  }
  if (open) return damaged("an item of a sequence is not closed");
  return at;
}

/// The encoding the bytes at `at` have, whatever was claimed: some writers claim the other one.
Encoding encodingAt(ByteSource& source, std::uint64_t at, Encoding claimed) {
  const std::byte* bytes = source.window(at, 8);
  if (bytes == nullptr) return claimed;
  if (isVr(bytes + 4)) return {true, claimed.explicitVr ? claimed.bigEndian : false};
  return {false, claimed.bigEndian};
}

struct MetaHeader {
  std::string transferSyntax;
  std::string mediaClass;
  std::uint64_t end = 0;
};

std::string uidAt(ByteSource& source, const ElementHead& head) {
  if (head.length > 128) return {};
  const std::byte* bytes = source.window(head.valueAt, head.length);
  if (bytes == nullptr) return {};
  std::string uid(reinterpret_cast<const char*>(bytes), head.length);
  while (!uid.empty() && (uid.back() == '\0' || uid.back() == ' ')) uid.pop_back();
  return uid;
}

Result<MetaHeader> metaHeader(ByteSource& source, std::uint64_t at) {
  MetaHeader meta;
  while (source.size() - at >= 8) {
    const std::byte* group = source.window(at, 2);
    if (group == nullptr || number(group, 2, false) != 0x0002) break;
    auto head = readHead(source, at, encodingAt(source, at, {}));
    if (!head) return head.error();
    if (head->length > source.size() - head->valueAt) return endsEarly(source);
    if (head->tag == tag::TransferSyntax) meta.transferSyntax = uidAt(source, *head);
    if (head->tag == tag::MediaStorageClass) meta.mediaClass = uidAt(source, *head);
    at = head->valueAt + head->length;
  }
  meta.end = at;
  return meta;
}

Result<std::vector<std::byte>> inflated(ByteSource& source, std::uint64_t from) {
  const Error error{ErrorCode::Damaged, "the deflated data set cannot be inflated", source.path().string(),
                    "copy the file again"};
  std::vector<std::byte> packed(std::size_t(source.size() - from));
  auto got = source.read(from, packed);
  if (!got) return got.error();
  std::vector<std::byte> bytes;
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return error;
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = uInt(std::min<std::size_t>(*got, 0xFFFFFFFFu));
  int code = Z_OK;
  while (code == Z_OK && bytes.size() < kInflatedLimit) {
    const std::size_t done = bytes.size();
    bytes.resize(done + std::clamp<std::size_t>(done, 1 << 16, 1 << 26));
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + done);
    stream.avail_out = uInt(bytes.size() - done);
    code = inflate(&stream, Z_NO_FLUSH);
    bytes.resize(bytes.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (bytes.empty()) return error;
  return bytes;
}

/// As a data set begins that has no preamble; big endian is never without types.
bool beginsDataSet(const std::byte* bytes, std::uint64_t sizeBytes, bool bigEndian) {
  const std::uint32_t group = number(bytes, 2, bigEndian);
  const std::uint32_t element = number(bytes + 2, 2, bigEndian);
  const bool plausible = (group == 2 || group == 8) && element <= 0x0100;
  if (isVr(bytes + 4)) return plausible;
  return plausible && !bigEndian && number(bytes + 4, 4, false) <= std::min<std::uint64_t>(sizeBytes, 1024);
}

/// Where the data set begins and how sure the bytes make it: a preamble, or group 0002 or 0008 at the very start.
std::optional<std::uint64_t> startOfElements(ByteSource& source, bool& hasPreamble) {
  const std::byte* bytes = source.window(0, 132);
  hasPreamble = bytes != nullptr && std::memcmp(bytes + 128, "DICM", 4) == 0;
  if (hasPreamble) return 132;
  bytes = source.window(0, 8);
  if (bytes == nullptr) return std::nullopt;
  for (const bool bigEndian : {false, true}) {
    if (beginsDataSet(bytes, source.size(), bigEndian)) return 0;
  }
  return std::nullopt;
}

/// The encoding of a data set whose file does not name it.
Encoding guessedEncoding(ByteSource& source, std::uint64_t at) {
  const std::byte* bytes = source.window(at, 8);
  return encodingAt(source, at, {true, bytes != nullptr && number(bytes, 2, true) == 8});
}

}  // namespace

Result<ElementHead> readHead(ByteSource& source, std::uint64_t at, Encoding encoding) {
  const std::byte* bytes = source.window(at, 8);
  if (bytes == nullptr) return endsEarly(source);
  ElementHead head;
  const bool big = encoding.bigEndian;
  head.tag = (number(bytes, 2, big) << 16) | number(bytes + 2, 2, big);
  const bool isDelimiter = (head.tag >> 16) == 0xFFFE;
  if (isDelimiter || !encoding.explicitVr) {
    head.vr = isDelimiter ? Vr{0} : knownVr(head.tag);
    head.length = number(bytes + 4, 4, big);
    head.valueAt = at + 8;
    return head;
  }
  if (!isVr(bytes + 4)) return damaged(source, "element " + nameOfTag(head.tag) + " has no valid type");
  head.vr = Vr((std::to_integer<unsigned>(bytes[4]) << 8) | std::to_integer<unsigned>(bytes[5]));
  head.valueAt = at + 8;
  head.length = number(bytes + 6, 2, big);
  if (!hasLongLength(head.vr)) return head;
  bytes = source.window(at, 12);
  if (bytes == nullptr) return endsEarly(source);
  head.length = number(bytes + 8, 4, big);
  head.valueAt = at + 12;
  return head;
}

Result<DataSetStart> findDataSet(ByteSource& source) {
  DataSetStart start;
  const auto elements = startOfElements(source, start.hasPreamble);
  if (!elements) return Error{ErrorCode::NotMedia, "this is not a DICOM file", source.path().string(), ""};
  auto meta = metaHeader(source, *elements);
  if (!meta) return meta.error();
  if (source.size() - meta->end < 8) {
    return Error{ErrorCode::Damaged, "the file ends before its DICOM data begins", source.path().string(),
                 "copy the file again"};
  }
  start.at = meta->end;
  start.transferSyntax = meta->transferSyntax;
  start.mediaClass = meta->mediaClass;
  if (start.transferSyntax.empty()) {
    start.encoding = guessedEncoding(source, start.at);
    start.transferSyntax = start.encoding.explicitVr ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2";
    if (start.encoding.bigEndian) start.transferSyntax = "1.2.840.10008.1.2.2";
    start.syntax = findTransferSyntax(start.transferSyntax);
    return start;
  }
  start.syntax = findTransferSyntax(start.transferSyntax);
  if (start.syntax == nullptr) {
    start.encoding = encodingAt(source, start.at, {true, false});
    return start;
  }
  if (start.syntax->deflated) {
    auto bytes = inflated(source, start.at);
    if (!bytes) return bytes.error();
    source.becomeMemory(std::move(*bytes));
    start.at = 0;
  }
  start.encoding = encodingAt(source, start.at, {start.syntax->explicitVr, start.syntax->bigEndian});
  if (start.encoding.explicitVr != start.syntax->explicitVr) {
    start.warnings.emplace_back("the header is not encoded as its transfer syntax says; it was read as it is");
  }
  return start;
}

Result<ParsedFile> parseFile(ByteSource& source) {
  auto start = findDataSet(source);
  if (!start) return start.error();
  if (start->syntax == nullptr) {
    return Error{ErrorCode::Unsupported,
                 "its transfer syntax " + start->transferSyntax + " is not one this program reads",
                 source.path().string(), "export the series uncompressed"};
  }
  ParsedFile file;
  file.hasPreamble = start->hasPreamble;
  file.transferSyntax = std::move(start->transferSyntax);
  file.mediaClass = std::move(start->mediaClass);
  file.warnings = std::move(start->warnings);
  file.bigEndian = start->encoding.bigEndian;
  file.dataSet.bigEndian = start->encoding.bigEndian;
  file.dataSet.isAscending = true;
  file.dataSet.elements.reserve(kUsualElements);
  Parser parser(source, file);
  auto end = parser.elements(start->at, source.size(), false, start->encoding, 0, &file.dataSet);
  if (!end) return end.error();
  return file;
}

}  // namespace fiducial::media::dicom
