// Types and names of elements, from the dictionary that DCMTK brings (PS3.6 and the private ones it knows).
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dctag.h>
#include <dcmtk/dcmdata/dcuid.h>

#include "../quiet_dcmtk.h"
#include "dataset_state.h"

namespace fiducial::media::dicom {
namespace {

DcmTag tagOf(Tag tag, const std::string& creator) {
  quietDcmtk();
  const auto group = Uint16(tag >> 16);
  const auto element = Uint16(tag & 0xFFFFu);
  return creator.empty() ? DcmTag(group, element) : DcmTag(group, element, creator.c_str());
}

}  // namespace

Vr dictionaryVr(Tag tag, const std::string& creator) {
  const bool isPrivate = ((tag >> 16) & 1U) != 0;
  const auto low = tag & 0xFFFFu;
  if (low == 0) return vrOf("UL");
  if (isPrivate && low >= 0x10 && low <= 0xFF) return vrOf("LO");
  if (isPrivate && creator.empty()) return vrOf("UN");
  const char* name = tagOf(tag, creator).getVR().getValidVRName();
  if (name == nullptr || name[0] < 'A' || name[0] > 'Z' || name[1] < 'A' || name[1] > 'Z') return vrOf("UN");
  return Vr((static_cast<unsigned>(name[0]) << 8) | static_cast<unsigned>(static_cast<unsigned char>(name[1])));
}

std::string dictionaryName(Tag tag, const std::string& creator) {
  quietDcmtk();
  const auto group = Uint16(tag >> 16);
  const auto element = Uint16(tag & 0xFFFFu);
  const DcmDataDictionary& dictionary = dcmDataDict.rdlock();
  const DcmDictEntry* entry =
      dictionary.findEntry(DcmTagKey(group, element), creator.empty() ? nullptr : creator.c_str());
  std::string name = entry == nullptr ? std::string() : std::string(entry->getTagName());
  dcmDataDict.rdunlock();
  return name;
}

std::string nameOfUid(const std::string& uid) {
  const char* name = dcmFindNameOfUID(uid.c_str());
  return name == nullptr ? std::string() : std::string(name);
}

}  // namespace fiducial::media::dicom
