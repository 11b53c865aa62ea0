#include "fiducial/media/dicom_dataset.h"

#include <algorithm>
#include <cmath>

#include "../element_values.h"
#include "../image_header.h"
#include "dataset_state.h"

namespace fiducial::media {
namespace {

constexpr dicom::Tag kAnyText = dicom::tag::StudyDescription;  // where toUtf8() knows nothing of person names

bool isPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0 && c != '\x1B'; });
}

/// The type whose numbers DataSet reads in the same way.
dicom::Vr numberType(const DicomElement& element) {
  const std::string_view type = element.type();
  if (type == "OF") return dicom::vrOf("FL");
  if (type == "OD") return dicom::vrOf("FD");
  if (type == "OL") return dicom::vrOf("UL");
  if (type == "AT") return dicom::vrOf("US");
  return dicom::Vr((static_cast<unsigned>(type[0]) << 8) | static_cast<unsigned char>(type[1]));
}

}  // namespace

DicomDataset::DicomDataset(std::unique_ptr<State> state) : state_(std::move(state)) {}
DicomDataset::~DicomDataset() = default;

Result<std::shared_ptr<const DicomDataset>> DicomDataset::open(const std::filesystem::path& path,
                                                               const DicomReadOptions& options) {
  auto source = dicom::ByteSource::open(path);
  if (!source) return source.error();
  auto state = std::make_unique<State>(std::move(*source));
  if (auto parsed = dicom::parseDataset(*state, options); !parsed) return parsed.error();
  return std::shared_ptr<const DicomDataset>(std::make_shared<DicomDataset>(std::move(state)));
}

const std::filesystem::path& DicomDataset::path() const { return state_->source.path(); }
DicomItem DicomDataset::root() const { return {*this, state_->root}; }
DicomItem DicomDataset::meta() const { return state_->meta ? DicomItem(*this, *state_->meta) : DicomItem(); }
const std::string& DicomDataset::transferSyntax() const { return state_->transferSyntax; }
const std::vector<std::string>& DicomDataset::warnings() const { return state_->warnings; }
const std::string& DicomDataset::damage() const { return state_->damage; }
std::size_t DicomDataset::elementCount() const { return state_->elements.size(); }

DicomItem DicomDataset::itemOf(const DicomElement& sequence, std::uint32_t n) const {
  return n < sequence.itemCount ? DicomItem(*this, sequence.firstItem + n) : DicomItem();
}

std::string DicomDataset::bytes(const DicomElement& element, std::uint64_t offset, std::uint64_t limit) const {
  if (element.isSequence || element.length == kDicomUndefinedLength || offset >= element.length) return {};
  const std::uint64_t count = std::min<std::uint64_t>(limit, element.length - offset);
  if (element.keptAt != dicom::kNotKept)
    return state_->kept.substr(std::size_t(element.keptAt + offset), std::size_t(count));
  const std::uint64_t there = state_->source.size() - std::min(state_->source.size(), element.valueAt + offset);
  std::string value(std::size_t(std::min(count, there)), '\0');
  auto got =
      state_->source.read(element.valueAt + offset, std::as_writable_bytes(std::span(value.data(), value.size())));
  value.resize(got ? *got : 0);
  return value;
}

std::string DicomDataset::text(DicomItem item, const DicomElement& element) const {
  std::string value = bytes(element);
  if (isPlain(value)) return std::string(dicom::trimmed(value));
  const auto set = item.characterSet();
  dicom::DataSet data;
  data.elements.push_back({dicom::tag::SpecificCharacterSet, dicom::vrOf("CS"), std::string(set), {}});
  const dicom::Tag as = element.type() == "PN" ? dicom::tag::PatientName : kAnyText;
  data.elements.push_back({as, dicom::vrOf("LO"), std::move(value), {}});
  return dicom::toUtf8(data, as);
}

std::vector<double> DicomDataset::numbers(const DicomElement& element) const {
  dicom::DataSet data;
  data.bigEndian = element.bigEndian;
  data.elements.push_back({element.tag, numberType(element), bytes(element), {}});
  return data.numbers(element.tag);
}

std::span<const DicomElement> DicomItem::elements() const {
  if (dataset_ == nullptr) return {};
  const ItemRow& row = dataset_->state().items[index_];
  return std::span(dataset_->state().elements).subspan(row.firstElement, row.elementCount);
}

const DicomElement* DicomItem::find(DicomTag tag) const {
  for (const DicomElement& element : elements()) {
    if (element.tag == tag) return &element;
  }
  return nullptr;
}

std::string_view DicomItem::characterSet() const {
  if (dataset_ == nullptr) return {};
  return dataset_->state().characterSets[dataset_->state().items[index_].characterSet];
}

std::string DicomItem::text(DicomTag tag) const {
  const DicomElement* element = find(tag);
  return element == nullptr ? std::string() : dataset_->text(*this, *element);
}

std::vector<std::string> DicomItem::texts(DicomTag tag) const {
  const std::string all = text(tag);
  return all.empty() ? std::vector<std::string>() : dicom::splitValues(all);
}

std::vector<double> DicomItem::numbers(DicomTag tag) const {
  const DicomElement* element = find(tag);
  return element == nullptr ? std::vector<double>() : dataset_->numbers(*element);
}

std::optional<double> DicomItem::number(DicomTag tag) const { return dicom::firstNumber(numbers(tag)); }

std::optional<std::int64_t> DicomItem::integer(DicomTag tag) const { return dicom::firstInteger(numbers(tag)); }

std::uint32_t DicomItem::itemCount(DicomTag tag) const {
  const DicomElement* element = find(tag);
  return element == nullptr ? 0 : element->itemCount;
}

DicomItem DicomItem::item(DicomTag tag, std::uint32_t n) const {
  const DicomElement* element = find(tag);
  return element == nullptr ? DicomItem() : dataset_->itemOf(*element, n);
}

std::vector<DicomItem> DicomItem::items(DicomTag tag) const {
  std::vector<DicomItem> all;
  const DicomElement* element = find(tag);
  if (element == nullptr) return all;
  all.reserve(element->itemCount);
  for (std::uint32_t n = 0; n < element->itemCount; ++n) all.push_back(dataset_->itemOf(*element, n));
  return all;
}

}  // namespace fiducial::media
