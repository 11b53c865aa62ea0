// Text elements of a header as UTF-8.
#include "character_sets.h"
#include "image_header.h"

namespace fiducial::media::dicom {

std::string toUtf8(const DataSet& data, Tag tag) { return toUtf8(data, tag, data.texts(tag::SpecificCharacterSet)); }

std::string toUtf8(const DataSet& data, Tag tag, const std::vector<std::string>& sets) {
  const Element* element = data.find(tag);
  if (element == nullptr) return {};
  const bool isName = element->vr == vrOf("PN") || tag == tag::PatientName;
  return textToUtf8(element->value, sets, isName ? TextKind::PersonName : TextKind::List);
}

}  // namespace fiducial::media::dicom
