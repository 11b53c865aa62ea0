// The parser of whole data sets. It keeps its own stack, so that nesting costs memory and never the call stack, and
// checks each length against what holds it; behind damage it goes on where the innermost item of known length ends.
#include <algorithm>
#include <unordered_map>

#include "../element_head.h"
#include "dataset_state.h"

namespace fiducial::media::dicom {
namespace {

constexpr std::size_t kDeepest = 128;              // real objects stay below 20
constexpr std::size_t kMostElements = 12'000'000;  // half a gigabyte of them
constexpr std::uint32_t kKeptBytes = 512;          // longer values are read when asked for
constexpr std::size_t kKeptTotal = std::size_t{512} << 20;
constexpr std::size_t kMostWarnings = 20;

/// An item or a sequence that is not closed yet.
struct Level {
  bool isSequence = false;
  bool isOpen = false;  // ends with a delimiter
  std::uint64_t end = 0;
  Encoding encoding;
  std::uint16_t characterSet = 0;
  std::vector<DicomElement> elements{};  // of an item; of a sequence the one element that it is
  std::vector<ItemRow> items{};          // of a sequence
};

Vr vrOfElement(const DicomElement& element) {
  return Vr((static_cast<unsigned>(element.vr[0]) << 8) | static_cast<unsigned char>(element.vr[1]));
}

bool isPixels(Tag tag) { return tag == tag::PixelData || tag == tag::FloatPixelData || tag == tag::DoublePixelData; }

class Builder {
 public:
  Builder(DicomDataset::State& state, DicomTag lastTag) : state_(state), lastTag_(lastTag) {}

  /// One item with all in it, from `at` to `end`; its index in State::items.
  Result<std::uint32_t> build(std::uint64_t at, std::uint64_t end, Encoding encoding, bool onlyMeta) {
    onlyMeta_ = onlyMeta;
    levels_.push_back({.end = end, .encoding = encoding});
    while (true) {
      Level& level = levels_.back();
      if (count_ > kMostElements) {
        return Error{ErrorCode::TooLarge, "its header has too many elements", state_.source.path().string(), ""};
      }
      const bool atEnd = level.isOpen || levels_.size() > 1 ? at >= level.end : at + 8 > level.end;
      if (atEnd) {
        if (level.isOpen) damaged("a sequence or an item of it is not closed");
        if (levels_.size() == 1) break;
        at = level.isOpen ? at : level.end;
        close();
        continue;
      }
      const auto next = level.isSequence ? stepSequence(at) : stepItem(at);
      if (next == kFinished) break;
      at = next == kDamaged ? recover(at) : next;
      if (at == kFinished) break;
    }
    while (levels_.size() > 1) close();
    const auto row = rowOf(levels_.back());
    levels_.clear();
    state_.items.push_back(row);
    return std::uint32_t(state_.items.size() - 1);
  }

 private:
  static constexpr std::uint64_t kFinished = ~std::uint64_t{0};
  static constexpr std::uint64_t kDamaged = kFinished - 1;

  std::uint64_t damaged(std::string what) {
    if (state_.damage.empty()) {
      state_.damage = what;
    } else if (state_.warnings.size() < kMostWarnings) {
      state_.warnings.push_back(std::move(what));
    }
    return kDamaged;
  }

  /// Where to go on: behind the innermost level whose end is known for sure.
  std::uint64_t recover(std::uint64_t at) {
    while (levels_.size() > 1) {
      const bool isSure = !levels_.back().isOpen;
      const std::uint64_t end = levels_.back().end;
      close();
      if (isSure && end > at) return end;
    }
    return kFinished;
  }

  ItemRow rowOf(Level& item) {
    const ItemRow row{std::uint32_t(state_.elements.size()), std::uint32_t(item.elements.size()), item.characterSet};
    state_.elements.insert(state_.elements.end(), item.elements.begin(), item.elements.end());
    return row;
  }

  /// The innermost level is whole: an item goes to its sequence, a sequence to its item.
  void close() {
    Level done = std::move(levels_.back());
    levels_.pop_back();
    if (!done.isSequence) {
      levels_.back().items.push_back(rowOf(done));
      return;
    }
    DicomElement element = done.elements.front();
    element.firstItem = std::uint32_t(state_.items.size());
    element.itemCount = std::uint32_t(done.items.size());
    state_.items.insert(state_.items.end(), done.items.begin(), done.items.end());
    levels_.back().elements.push_back(element);
  }

  std::uint64_t stepSequence(std::uint64_t at) {
    const Level& level = levels_.back();
    auto head = readHead(state_.source, at, level.encoding);
    if (!head) return damaged(head.error().message);
    if (head->tag == tag::SequenceEnd) {
      const std::uint64_t end = level.isOpen ? head->valueAt : level.end;
      close();
      return end;
    }
    const std::string name = nameOfTag(level.elements.front().tag);
    if (head->tag != tag::Item) return damaged("sequence " + name + " is not closed");
    const bool isOpen = head->length == kUndefinedLength;
    if (!isOpen && head->length > level.end - std::min(level.end, head->valueAt)) {
      return damaged("an item of " + name + " is longer than its sequence");
    }
    ++count_;
    levels_.push_back({.isOpen = isOpen,
                       .end = isOpen ? level.end : head->valueAt + head->length,
                       .encoding = level.encoding,
                       .characterSet = level.characterSet});
    return head->valueAt;
  }

  std::uint64_t stepItem(std::uint64_t at) {
    Level& level = levels_.back();
    if (onlyMeta_) {
      const std::byte* group = state_.source.window(at, 2);
      if (group == nullptr || group[0] != std::byte{2} || group[1] != std::byte{0}) return kFinished;
    }
    auto head = readHead(state_.source, at, level.encoding);
    if (!head) return damaged(head.error().message);
    if (levels_.size() == 1 && head->tag > lastTag_) return kFinished;
    if (head->tag == tag::ItemEnd) {
      if (levels_.size() == 1) return damaged("a sequence item stands where none may be");
      const std::uint64_t end = level.isOpen ? head->valueAt : level.end;
      close();
      return end;
    }
    if ((head->tag >> 16) == 0xFFFE) return damaged("a sequence item stands where none may be");
    ++count_;
    return takeElement(*head);
  }

  std::uint64_t takeElement(const ElementHead& head) {
    Level& level = levels_.back();
    const std::uint64_t room = level.end - std::min(level.end, head.valueAt);
    const bool isOpen = head.length == kUndefinedLength;
    DicomElement element;
    element.tag = head.tag;
    element.length = head.length;
    element.valueAt = head.valueAt;
    element.keptAt = kNotKept;
    element.bigEndian = level.encoding.bigEndian;
    const Vr vr = typeOf(head, level);
    element.vr = {char(vr >> 8), char(vr & 0xFFu)};
    if (isPixels(head.tag) && (isOpen || levels_.size() == 1)) return takePixels(element, room);
    if (!isOpen && head.length > room) {
      return damaged("element " + nameOfTag(head.tag) + " claims " + std::to_string(head.length) + " bytes, " +
                     std::to_string(room) + " are there");
    }
    if (isOpen || vr == vrOf("SQ")) return openSequence(element, head, level);
    keep(element);
    if (head.tag == tag::SpecificCharacterSet) setCharacterSet(element);
    level.elements.push_back(element);
    return head.valueAt + head.length;
  }

  std::uint64_t openSequence(DicomElement element, const ElementHead& head, const Level& level) {
    if (levels_.size() >= 2 * kDeepest) {
      return damaged("its sequences are nested more than " + std::to_string(kDeepest) + " deep");
    }
    Level sequence{.isSequence = true,
                   .isOpen = head.length == kUndefinedLength,
                   .end = head.length == kUndefinedLength ? level.end : head.valueAt + head.length,
                   .encoding = level.encoding,
                   .characterSet = level.characterSet};
    // PS3.5 6.2.2: a sequence of type UN is encoded as implicit little endian.
    if (level.encoding.explicitVr && head.vr == vrOf("UN")) sequence.encoding = {false, false};
    element.isSequence = true;
    element.vr = {'S', 'Q'};
    sequence.elements.push_back(element);
    levels_.push_back(std::move(sequence));
    return head.valueAt;
  }

  /// Found, not read. Encapsulated ones are passed over item by item.
  std::uint64_t takePixels(DicomElement element, std::uint64_t room) {
    const bool isOpen = element.length == kUndefinedLength;
    if (levels_.size() == 1) {
      state_.pixels = {element.tag, vrOfElement(element), element.valueAt, isOpen ? room : element.length, isOpen};
    }
    levels_.back().elements.push_back(element);
    if (!isOpen) {
      if (element.length <= room) return element.valueAt + element.length;
      return kFinished;  // the reader of frames says how many are there
    }
    std::uint64_t at = element.valueAt;
    while (true) {
      auto head = readHead(state_.source, at, {false, levels_.back().encoding.bigEndian});
      if (!head) return levels_.size() == 1 ? kFinished : damaged("pixel data is not closed");
      if (head->tag == tag::SequenceEnd) return head->valueAt;
      const bool fits = head->tag == tag::Item && head->length <= state_.source.size() - head->valueAt;
      if (!fits) return levels_.size() == 1 ? kFinished : damaged("pixel data is not closed");
      at = head->valueAt + head->length;
    }
  }

  Vr typeOf(const ElementHead& head, const Level& level) {
    const bool isUnknown = head.vr == vrOf("UN");
    if (level.encoding.explicitVr && !isUnknown) return head.vr;
    const bool isPrivate = ((head.tag >> 16) & 1U) != 0;
    if (isPrivate) return isUnknown ? head.vr : dictionaryVr(head.tag, creatorOf(head.tag, level));
    const auto known = types_.find(head.tag);
    const Vr vr = known != types_.end() ? known->second : (types_[head.tag] = dictionaryVr(head.tag, {}));
    // What was called unknown stays bytes where the dictionary says sequence: how it is encoded is not known.
    if (isUnknown && vr == vrOf("SQ") && head.length != kUndefinedLength && !beginsWithItem(head)) return head.vr;
    return vr;
  }

  bool beginsWithItem(const ElementHead& head) {
    const std::byte* first = head.length < 8 ? nullptr : state_.source.window(head.valueAt, 4);
    return first != nullptr && first[0] == std::byte{0xFE} && first[1] == std::byte{0xFF} && first[2] == std::byte{0} &&
           first[3] == std::byte{0xE0};
  }

  std::string creatorOf(Tag tag, const Level& level) const {
    const Tag block = (tag & 0xFFFF0000u) | ((tag & 0xFF00u) >> 8);
    for (const DicomElement& element : level.elements) {
      if (element.tag != block || element.keptAt == kNotKept) continue;
      std::string name = state_.kept.substr(std::size_t(element.keptAt), element.length);
      while (!name.empty() && (name.back() == ' ' || name.back() == '\0')) name.pop_back();
      return name;
    }
    return {};
  }

  void keep(DicomElement& element) {
    if (element.length == 0 || element.length > kKeptBytes || state_.kept.size() > kKeptTotal) return;
    const std::byte* bytes = state_.source.window(element.valueAt, element.length);
    if (bytes == nullptr) return;
    element.keptAt = state_.kept.size();
    state_.kept.append(reinterpret_cast<const char*>(bytes), element.length);
  }

  void setCharacterSet(const DicomElement& element) {
    if (element.keptAt == kNotKept) return;
    const std::string set = state_.kept.substr(std::size_t(element.keptAt), element.length);
    auto& all = state_.characterSets;
    auto found = std::find(all.begin(), all.end(), set);
    if (found == all.end()) {
      if (all.size() > 1000) return;
      found = all.insert(all.end(), set);
    }
    levels_.back().characterSet = std::uint16_t(found - all.begin());
  }

  DicomDataset::State& state_;
  DicomTag lastTag_;
  bool onlyMeta_ = false;
  std::vector<Level> levels_;
  std::unordered_map<Tag, Vr> types_;
  std::size_t count_ = 0;
};

}  // namespace

Status parseDataset(DicomDataset::State& state, const DicomReadOptions& options) {
  ByteSource& source = state.source;
  const std::byte* preamble = source.window(0, 132);
  const bool hasPreamble = preamble != nullptr && preamble[128] == std::byte{'D'} && preamble[129] == std::byte{'I'} &&
                           preamble[130] == std::byte{'C'} && preamble[131] == std::byte{'M'};
  Builder meta(state, 0xFFFFFFFFu);
  auto metaItem = meta.build(hasPreamble ? 132 : 0, source.size(), {true, false}, true);
  if (!metaItem) return metaItem.error();
  if (state.items[*metaItem].elementCount > 0) state.meta = *metaItem;
  state.damage.clear();  // the tolerant reading of it follows
  auto start = findDataSet(source);
  if (!start) return start.error();
  state.transferSyntax = start->transferSyntax;
  state.warnings = std::move(start->warnings);
  state.bigEndian = start->encoding.bigEndian;
  if (start->syntax == nullptr) {
    state.warnings.push_back("its transfer syntax " + start->transferSyntax + " is not one this program knows");
  }
  Builder builder(state, options.lastTag);
  auto root = builder.build(start->at, source.size(), start->encoding, false);
  if (!root) return root.error();
  state.root = *root;
  if (state.items[state.root].elementCount == 0) {
    return Error{ErrorCode::Damaged, "the DICOM header is damaged: " + state.damage, source.path().string(),
                 "copy the file again"};
  }
  return {};
}

}  // namespace fiducial::media::dicom
