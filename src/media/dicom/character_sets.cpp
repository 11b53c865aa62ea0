#include "character_sets.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace fiducial::media::dicom {
namespace {

/// One coded character set as iconv knows it. `byteMask` is set on each byte of a G0 set, which iconv wants in G1;
/// `prefix` goes before each character (JIS X 0212 in EUC-JP).
struct CodedSet {
  std::string_view term;    // of Specific Character Set, without its prefix ("100" of ISO_IR 100, ISO 2022 IR 100)
  std::string_view escape;  // behind ESC, for its G0 or G1 designation; empty: none
  const char* iconvName;
  int bytes = 1;  // of a character in G0 designation; 1 for single-byte sets
  bool isG0 = false;
  bool hasPrefix = false;
};

// Designations: G0 of ISO 646 (B), JIS X 0201 romaji (J) and kanji; G1 of all others.
constexpr std::array kCodedSets{
    CodedSet{"6", "(B", "ISO-8859-1", 1, true},
    CodedSet{"100", "-A", "ISO-8859-1"},
    CodedSet{"101", "-B", "ISO-8859-2"},
    CodedSet{"109", "-C", "ISO-8859-3"},
    CodedSet{"110", "-D", "ISO-8859-4"},
    CodedSet{"144", "-L", "ISO-8859-5"},
    CodedSet{"127", "-G", "ISO-8859-6"},
    CodedSet{"126", "-F", "ISO-8859-7"},
    CodedSet{"138", "-H", "ISO-8859-8"},
    CodedSet{"148", "-M", "ISO-8859-9"},
    CodedSet{"203", "-b", "ISO-8859-15"},
    CodedSet{"166", "-T", "TIS-620"},
    CodedSet{"13", ")I", "SHIFT_JIS"},           // half-width katakana in G1
    CodedSet{"13", "(I", "SHIFT_JIS", 1, true},  // the same in G0: not DICOM's, but seen
    CodedSet{"14", "(J", "ISO-8859-1", 1, true},
    CodedSet{"87", "$B", "EUC-JP", 2, true},
    CodedSet{"87", "$@", "EUC-JP", 2, true},  // JIS C 6226-1978, in old files
    CodedSet{"159", "$(D", "EUC-JP", 2, true, true},
    CodedSet{"149", "$)C", "EUC-KR", 2},
    CodedSet{"58", "$)A", "GB2312", 2},
};

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// One conversion to UTF-8; what cannot be converted becomes U+FFFD, byte by byte.
std::string converted(std::string_view text, const char* from) {
  std::string utf8;
  const iconv_t descriptor = iconv_open("UTF-8", from);
  if (descriptor == iconv_t(-1)) {  // a system without its conversion tables
    for (const char c : text) static_cast<unsigned char>(c) < 0x80 ? utf8 += c : utf8 += kReplacement;
    return utf8;
  }
  std::string input(text);
  char* in = input.data();
  std::size_t inLeft = input.size();
  std::array<char, 256> buffer;
  while (inLeft > 0) {
    char* out = buffer.data();
    std::size_t outLeft = buffer.size();
    const std::size_t before = inLeft;
    const std::size_t code = iconv(descriptor, &in, &inLeft, &out, &outLeft);
    utf8.append(buffer.data(), buffer.size() - outLeft);
    const bool isStuck = code == std::size_t(-1) && (outLeft > 8 || inLeft == before);
    if (!isStuck || inLeft == 0) continue;
    utf8 += kReplacement;
    ++in;
    --inLeft;
    iconv(descriptor, nullptr, nullptr, nullptr, nullptr);
  }
  iconv_close(descriptor);
  return utf8;
}

bool isUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    const int more = lead < 0x80                   ? 0
                     : lead >= 0xC2 && lead < 0xE0 ? 1
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xF0 && lead < 0xF5 ? 3
                                                   : -1;
    if (more < 0) return false;
    for (int n = 0; n < more; ++n) {
      if (at >= text.size() || (static_cast<unsigned char>(text[at++]) & 0xC0u) != 0x80u) return false;
    }
  }
  return true;
}

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\x1B'; });
}

/// "100" of "ISO_IR 100", "ISO 2022 IR 100", and of "ISO-IR 100", "ISO IR 100", "iso_ir_100" as some writers have it.
std::string_view numberOf(std::string_view term) {
  std::size_t at = term.size();
  while (at > 0 && std::isdigit(static_cast<unsigned char>(term[at - 1])) != 0) --at;
  const std::string_view digits = term.substr(at);
  return at == 0 ? std::string_view() : digits;
}

const CodedSet* setOfTerm(std::string_view term) {
  if (term.empty()) return &kCodedSets.front();
  const std::string_view number = numberOf(term);
  const auto found = std::ranges::find(kCodedSets, number, &CodedSet::term);
  return found == kCodedSets.end() ? nullptr : &*found;
}

/// Whole-text encodings, which take no code extensions.
const char* wholeEncoding(std::string_view term) {
  if (numberOf(term) == "192" || term == "UTF-8" || term == "UTF8") return "UTF-8";
  if (term == "GB18030") return "GB18030";
  if (term == "GBK" || term == "GB2312") return "GBK";
  return nullptr;
}

/// Walks one value with its escape sequences. PS3.5 6.1.2.5.
class Extensions {
 public:
  Extensions(const std::vector<std::string>& sets, TextKind kind) : kind_(kind) {
    for (const std::string& term : sets) {
      const CodedSet* set = setOfTerm(term);
      if (set == nullptr || set->isG0) continue;
      // Of the first value. Korean and Chinese writers leave out the escape that a second one needs.
      if (firstG1_ == nullptr) firstG1_ = set;
    }
    reset();
  }

  std::string read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '\x1B') {
        at += escape(text.substr(at + 1)) + 1;
        continue;
      }
      const auto code = static_cast<unsigned char>(text[at]);
      const bool isWide = code >= 0x80 ? g1_ != nullptr && g1_->bytes == 2 : g0_->bytes == 2 && code > 0x20;
      if (!isWide && isDelimiter(text[at])) {
        flush();
        utf8_ += text[at++];
        reset();
        continue;
      }
      const CodedSet* set = code >= 0x80 ? g1_ : g0_;
      const std::size_t bytes = std::min<std::size_t>(isWide ? 2 : 1, text.size() - at);
      put(text.substr(at, bytes), isIso646(set) ? nullptr : set);
      at += bytes;
    }
    flush();
    return std::move(utf8_);
  }

 private:
  [[nodiscard]] bool isDelimiter(char c) const {
    if (c == '\n' || c == '\f' || c == '\r' || c == '\t') return true;
    if (kind_ != TextKind::Plain && c == '\\') return true;
    return kind_ == TextKind::PersonName && (c == '^' || c == '=');
  }
  static bool isIso646(const CodedSet* set) { return set != nullptr && (set->term == "6" || set->term == "14"); }
  void reset() {
    g0_ = &kCodedSets.front();
    g1_ = firstG1_;
  }
  /// The length of the sequence behind ESC; one that is not known is left out.
  std::size_t escape(std::string_view behind) {
    for (const CodedSet& set : kCodedSets) {
      if (!behind.starts_with(set.escape)) continue;
      (set.isG0 ? g0_ : g1_) = &set;
      return set.escape.size();
    }
    std::size_t length = 0;  // intermediate bytes and a final one
    while (length < behind.size() && behind[length] >= 0x20 && behind[length] < 0x30) ++length;
    return std::min(length + 1, behind.size());
  }
  /// `set` null: ISO 646.
  void put(std::string_view bytes, const CodedSet* set) {
    if (set != pendingSet_) flush();
    pendingSet_ = set;
    if (set == nullptr) {
      pending_ += bytes;
      return;
    }
    if (set->hasPrefix) pending_ += '\x8F';
    for (const char c : bytes) pending_ += char(static_cast<unsigned char>(c) | 0x80u);
  }
  void flush() {
    if (pendingSet_ == nullptr) {
      // High bytes in no announced set.
      utf8_ += isUtf8(pending_) ? pending_ : converted(pending_, "ISO-8859-1");
    } else {
      utf8_ += converted(pending_, pendingSet_->iconvName);
    }
    pending_.clear();
  }

  TextKind kind_;
  const CodedSet* firstG1_ = nullptr;
  const CodedSet* g0_ = nullptr;
  const CodedSet* g1_ = nullptr;
  const CodedSet* pendingSet_ = nullptr;
  std::string pending_;
  std::string utf8_;
};

/// Spaces at the ends of values are padding.
std::string withoutPadding(std::string text) {
  const auto isPadding = [](char c) { return c == ' ' || c == '\0'; };
  while (!text.empty() && isPadding(text.back())) text.pop_back();
  std::size_t first = 0;
  while (first < text.size() && text[first] == ' ') ++first;
  return text.substr(first);
}

}  // namespace

std::string textToUtf8(std::string_view text, const std::vector<std::string>& sets, TextKind kind) {
  // Empty groups at the end of a name say nothing.
  if (kind == TextKind::PersonName) text = text.substr(0, text.find_last_not_of(std::string_view("= \0", 3)) + 1);
  if (isAscii(text)) return withoutPadding(std::string(text));
  for (const std::string& term : sets) {
    const char* whole = wholeEncoding(term);
    if (whole == nullptr) continue;
    const bool isBroken = std::string_view(whole) == "UTF-8" && !isUtf8(text);
    return withoutPadding(converted(text, isBroken ? "ISO-8859-1" : whole));
  }
  return withoutPadding(Extensions(sets, kind).read(text));
}

}  // namespace fiducial::media::dicom
