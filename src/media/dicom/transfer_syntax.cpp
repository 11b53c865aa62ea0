#include "transfer_syntax.h"

#include <array>

namespace fiducial::media::dicom {
namespace {

using enum PixelCodec;

constexpr TransferSyntax encapsulated(std::string_view uid, std::string_view name, PixelCodec codec, bool lossy) {
  return {uid, name, true, false, false, codec, lossy};
}

constexpr std::array kSyntaxes{
    TransferSyntax{"1.2.840.10008.1.2", "implicit little endian", false, false, false, Native, false},
    TransferSyntax{"1.2.840.10008.1.2.1", "explicit little endian", true, false, false, Native, false},
    TransferSyntax{"1.2.840.10008.1.2.2", "explicit big endian", true, true, false, Native, false},
    TransferSyntax{"1.2.840.10008.1.2.1.99", "deflated", true, false, true, Native, false},
    encapsulated("1.2.840.10008.1.2.5", "RLE", Rle, false),
    encapsulated("1.2.840.10008.1.2.8.1", "deflated frames", DeflatedFrame, false),
    encapsulated("1.2.840.10008.1.2.1.98", "encapsulated uncompressed", Native, false),
    encapsulated("1.2.840.10008.1.2.4.50", "JPEG baseline", Jpeg, true),
    encapsulated("1.2.840.10008.1.2.4.51", "JPEG extended", Jpeg, true),
    encapsulated("1.2.840.10008.1.2.4.53", "JPEG spectral selection", Jpeg, true),
    encapsulated("1.2.840.10008.1.2.4.55", "JPEG progressive", Jpeg, true),
    encapsulated("1.2.840.10008.1.2.4.57", "JPEG lossless", JpegLossless, false),
    encapsulated("1.2.840.10008.1.2.4.70", "JPEG lossless, first-order prediction", JpegLossless, false),
    encapsulated("1.2.840.10008.1.2.4.80", "JPEG-LS lossless", JpegLs, false),
    encapsulated("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless", JpegLs, true),
    encapsulated("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless", Jpeg2000, false),
    encapsulated("1.2.840.10008.1.2.4.91", "JPEG 2000", Jpeg2000, true),
    encapsulated("1.2.840.10008.1.2.4.92", "JPEG 2000 part 2 lossless", Jpeg2000, false),
    encapsulated("1.2.840.10008.1.2.4.93", "JPEG 2000 part 2", Jpeg2000, true),
    encapsulated("1.2.840.10008.1.2.4.201", "HTJ2K lossless", Jpeg2000, false),
    encapsulated("1.2.840.10008.1.2.4.202", "HTJ2K lossless RPCL", Jpeg2000, false),
    encapsulated("1.2.840.10008.1.2.4.203", "HTJ2K", Jpeg2000, true),
    encapsulated("1.2.840.10008.1.2.4.100", "MPEG-2 main level", Video, true),
    encapsulated("1.2.840.10008.1.2.4.100.1", "MPEG-2 main level", Video, true),
    encapsulated("1.2.840.10008.1.2.4.101", "MPEG-2 high level", Video, true),
    encapsulated("1.2.840.10008.1.2.4.101.1", "MPEG-2 high level", Video, true),
    encapsulated("1.2.840.10008.1.2.4.102", "H.264", Video, true),
    encapsulated("1.2.840.10008.1.2.4.102.1", "H.264", Video, true),
    encapsulated("1.2.840.10008.1.2.4.103", "H.264 BD-compatible", Video, true),
    encapsulated("1.2.840.10008.1.2.4.103.1", "H.264 BD-compatible", Video, true),
    encapsulated("1.2.840.10008.1.2.4.104", "H.264 4.2 2D", Video, true),
    encapsulated("1.2.840.10008.1.2.4.104.1", "H.264 4.2 2D", Video, true),
    encapsulated("1.2.840.10008.1.2.4.105", "H.264 4.2 3D", Video, true),
    encapsulated("1.2.840.10008.1.2.4.106", "H.264 stereo", Video, true),
    encapsulated("1.2.840.10008.1.2.4.107", "HEVC main", Video, true),
    encapsulated("1.2.840.10008.1.2.4.108", "HEVC main 10", Video, true),
};

}  // namespace

std::span<const TransferSyntax> transferSyntaxes() { return kSyntaxes; }

const TransferSyntax* findTransferSyntax(std::string_view uid) {
  for (const TransferSyntax& syntax : kSyntaxes) {
    if (syntax.uid == uid) return &syntax;
  }
  return nullptr;
}

}  // namespace fiducial::media::dicom
