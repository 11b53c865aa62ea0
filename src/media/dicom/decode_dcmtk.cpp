// JPEG and JPEG-LS frames through DCMTK's codecs. DCMTK never sees a file: it gets one frame's stream and a data
// set of the few attributes the codecs ask for, made here from the header that was checked.
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dccodec.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcvrcs.h>
#include <dcmtk/dcmdata/dcvris.h>
#include <dcmtk/dcmdata/dcvrus.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <memory>
#include <mutex>

#include "frame_decoder.h"
#include "quiet_dcmtk.h"

namespace fiducial::media::dicom {
namespace {

void registerCodecs() {
  static std::once_flag once;
  std::call_once(once, [] {
    quietDcmtk();
    DJDecoderRegistration::registerCodecs(EDC_never, EUC_never, EPC_colorByPixel);
    DJLSDecoderRegistration::registerCodecs(EJLSUC_never, EJLSPC_colorByPixel);
  });
}

void insertNumber(DcmDataset& data, const DcmTagKey& key, int value) {
  auto element = std::make_unique<DcmUnsignedShort>(DcmTag(key, EVR_US));  // explicit VR: no dictionary is loaded
  element->putUint16(Uint16(value), 0);
  data.insert(element.release(), OFTrue);
}

void describe(DcmDataset& data, const ImageHeader& header) {
  const PixelFormat& format = header.format;
  insertNumber(data, DCM_SamplesPerPixel, format.samples);
  auto photometric = std::make_unique<DcmCodeString>(DcmTag(DCM_PhotometricInterpretation, EVR_CS));
  photometric->putString(format.photometric.c_str());
  data.insert(photometric.release(), OFTrue);
  auto frames = std::make_unique<DcmIntegerString>(DcmTag(DCM_NumberOfFrames, EVR_IS));
  frames->putString("1");
  data.insert(frames.release(), OFTrue);
  if (format.samples > 1) insertNumber(data, DCM_PlanarConfiguration, 0);
  insertNumber(data, DCM_Rows, format.rows);
  insertNumber(data, DCM_Columns, format.columns);
  insertNumber(data, DCM_BitsAllocated, format.bitsAllocated);
  insertNumber(data, DCM_BitsStored, format.bitsStored);
  insertNumber(data, DCM_HighBit, format.highBit);
  insertNumber(data, DCM_PixelRepresentation, format.isSigned ? 1 : 0);
}

std::unique_ptr<DcmPixelItem> itemOf(std::span<const std::byte> bytes) {
  auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_PixelItemTag, EVR_OB));
  if (!bytes.empty()) {
    item->putUint8Array(reinterpret_cast<const Uint8*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
  }
  return item;
}

}  // namespace

Result<DecodedFrame> decodeWithDcmtk(const ImageHeader& header, std::span<const std::byte> stream) try {
  registerCodecs();
  DcmDataset data;
  describe(data, header);
  const DcmXfer syntax(std::string(header.syntax->uid).c_str());
  DcmPixelSequence sequence(DcmTag(DCM_PixelData, EVR_OB));
  sequence.insert(itemOf({}).release());
  sequence.insert(itemOf(stream).release());

  DecodedFrame frame;
  frame.bytesPerSample = (header.format.bitsAllocated + 7) / 8;
  const std::size_t size =
      std::size_t(header.format.pixels()) * std::size_t(header.format.samples) * std::size_t(frame.bytesPerSample);
  if (size > 0xFFFFFFF0u) return Error{ErrorCode::TooLarge, "a compressed frame of more than 4 GB", "", ""};
  frame.bytes.resize(size + size % 2);
  Uint32 fragment = 0;
  OFString colour;
  const OFCondition condition = DcmCodecList::decodeFrame(syntax, nullptr, &sequence, &data, 0, fragment,
                                                          frame.bytes.data(), Uint32(frame.bytes.size()), colour);
  if (condition.bad()) {
    return Error{ErrorCode::Damaged, "the compressed picture ends early or is damaged", "",
                 "copy the file again from its source"};
  }
  frame.bytes.resize(size);
  return frame;
} catch (const std::exception& problem) {
  return Error{ErrorCode::Damaged, std::string("the compressed picture cannot be decoded: ") + problem.what(), "", ""};
}

}  // namespace fiducial::media::dicom
