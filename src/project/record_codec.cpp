#include "record_codec.h"

#include <variant>

#include "record_fields.h"
#include "shape_codec.h"

namespace fiducial::project {
namespace {

struct FieldWriter {
  ByteWriter& out;

  template <class T>
  void operator()(int number, const char*, const T& value) const {
    if (value == T{}) return;
    ByteWriter content;
    put(content, value);
    out.unsignedNumber(static_cast<std::uint64_t>(number));
    out.sized(content.bytes());
  }

  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  static void put(ByteWriter& to, T value) { to.signedNumber(static_cast<std::int64_t>(value)); }
  static void put(ByteWriter& to, double value) { to.real(value); }
  static void put(ByteWriter& to, const std::string& value) { to.raw(value); }
  static void put(ByteWriter& to, const Shape& value) { encodeShape(to, value); }
  static void put(ByteWriter& to, const Affine& value) {
    for (const auto& row : value.rows()) {
      for (const double element : row) to.real(element);
    }
  }
  static void put(ByteWriter& to, const std::pair<int, int>& value) {
    to.signedNumber(value.first);
    to.signedNumber(value.second);
  }
  static void put(ByteWriter& to, const AttributeValue& value) {
    to.byte(static_cast<std::uint8_t>(value.index()));
    std::visit([&](const auto& v) { put(to, v); }, value);
  }
  static void put(ByteWriter& to, const Attributes& value) {
    for (const auto& [name, attribute] : value) {
      ByteWriter content;
      put(content, attribute);
      to.sized(name);
      to.sized(content.bytes());
    }
  }
  template <class T>
  static void put(ByteWriter& to, const std::optional<T>& value) {
    put(to, *value);
  }
  template <class T>
  static void put(ByteWriter& to, const std::vector<T>& value) {
    for (const T& element : value) {
      ByteWriter content;
      put(content, element);
      to.sized(content.bytes());
    }
  }
  template <HasFields T>
  static void put(ByteWriter& to, const T& value) {
    visitFields(value, FieldWriter{to});
  }
};

struct FieldReader {
  ByteReader& in;

  template <class T>
  void operator()(int number, const char*, T& value) const {
    value = T{};
    if (in.atEnd() || in.peek() != number) return;
    (void)in.byte();
    ByteReader content(in.sized());
    get(content, value);
    if (!content.ok() || !content.atEnd()) in.fail();
  }

  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  static void get(ByteReader& from, T& value) { value = static_cast<T>(from.signedNumber()); }
  static void get(ByteReader& from, double& value) { value = from.real(); }
  static void get(ByteReader& from, std::string& value) { value = from.raw(from.left()); }
  static void get(ByteReader& from, Shape& value) {
    if (auto shape = decodeShape(from.raw(from.left()))) {
      value = std::move(*shape);
    } else {
      from.fail();
    }
  }
  static void get(ByteReader& from, Affine& value) {
    std::array<std::array<double, 4>, 4> rows{};
    for (auto& row : rows) {
      for (double& element : row) element = from.real();
    }
    value = Affine(rows);
  }
  static void get(ByteReader& from, std::pair<int, int>& value) {
    get(from, value.first);
    get(from, value.second);
  }
  static void get(ByteReader& from, AttributeValue& value) {
    switch (from.byte()) {
      case 0:
        return getAs<bool>(from, value);
      case 1:
        return getAs<double>(from, value);
      case 2:
        return getAs<std::string>(from, value);
      default:
        from.fail();
    }
  }
  template <class T>
  static void getAs(ByteReader& from, AttributeValue& value) {
    T content{};
    get(from, content);
    value = std::move(content);
  }
  static void get(ByteReader& from, Attributes& value) {
    while (!from.atEnd()) {
      std::string name(from.sized());
      ByteReader content(from.sized());
      AttributeValue attribute;
      get(content, attribute);
      if (!content.ok()) from.fail();
      value.insert_or_assign(std::move(name), std::move(attribute));
    }
  }
  template <class T>
  static void get(ByteReader& from, std::optional<T>& value) {
    value.emplace();
    get(from, *value);
  }
  template <class T>
  static void get(ByteReader& from, std::vector<T>& value) {
    while (!from.atEnd()) {
      ByteReader content(from.sized());
      get(content, value.emplace_back());
      if (!content.ok()) from.fail();
    }
  }
  template <HasFields T>
  static void get(ByteReader& from, T& value) {
    visitFields(value, FieldReader{from});
  }
};

}  // namespace

void encodeRecord(ByteWriter& out, const Record& record) {
  visitRecord([&](const auto& value) { visitFields(value, FieldWriter{out}); }, record);
}

std::optional<Record> decodeRecord(RecordKind kind, std::string_view bytes) {
  ByteReader in(bytes);
  Record record = withRecordType(kind, [&]<class R>() -> Record {
    R value;
    visitFields(value, FieldReader{in});
    return value;
  });
  if (!in.ok() || !in.atEnd()) return std::nullopt;
  return record;
}

std::string encodeStored(const StoredRecord& record) {
  ByteWriter out;
  out.raw({reinterpret_cast<const char*>(record.uid.data()), record.uid.size()});
  out.unsignedNumber(static_cast<std::uint64_t>(raw(record.reading)));
  encodeRecord(out, record.value);
  return out.take();
}

std::optional<StoredRecord> decodeStored(RecordKind kind, RawId id, std::string_view bytes) {
  ByteReader in(bytes);
  StoredRecord record;
  record.id = id;
  const std::string_view uid = in.raw(record.uid.size());
  if (uid.size() != record.uid.size()) return std::nullopt;
  std::memcpy(record.uid.data(), uid.data(), uid.size());
  record.reading = ReadingId{static_cast<RawId>(in.unsignedNumber())};
  auto value = decodeRecord(kind, in.raw(in.left()));
  if (!in.ok() || !value) return std::nullopt;
  record.value = std::move(*value);
  return record;
}

}  // namespace fiducial::project
