// What a DICOM segmentation says of its segments and frames, apart from the pixels. Source: DICOM PS3.3 C.8.20.2,
// C.7.6.16 (functional groups), C.7.6.17.3 (tiles).
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dicom/frame_placing.h"
#include "dicom/label_collector.h"
#include "dicom/referenced_media.h"
#include "fiducial/media/dicom_dataset.h"

namespace fiducial::exchange {

enum class SegmentationType { Binary, Fractional, LabelMap };

struct SegmentDescription {
  WantedClass labelClass;
  Attributes attributes;
};

class SegmentationObject {
 public:
  /// Errors: Unsupported where it is no segmentation, Damaged.
  static Result<SegmentationObject> read(std::shared_ptr<const media::DicomDataset> dataset);

  [[nodiscard]] SegmentationType type() const { return type_; }
  /// Of fractional ones: the sample that stands for 1.
  [[nodiscard]] std::uint32_t largestFraction() const { return largestFraction_; }
  [[nodiscard]] std::optional<std::uint32_t> padding() const { return padding_; }
  [[nodiscard]] const std::map<std::uint32_t, SegmentDescription>& segments() const { return segments_; }
  [[nodiscard]] References references() const;
  /// The segment of a frame; none in label maps and where the file does not say.
  [[nodiscard]] std::optional<std::uint32_t> segmentOf(int frame) const;
  [[nodiscard]] FrameSource frameSource(int frame, ImageSize size, const ReferencedMedia& media) const;
  /// The volume that its frames lie on, as far as they show it, for pictures that are nowhere; `size` of a frame.
  /// Errors: NotFound, what the file does not say of them.
  [[nodiscard]] Result<MediumInfo> describePictures(ImageSize size) const;

 private:
  /// Of one that is cut into tiles, frames being tiles.
  struct Tiles {
    ImageSize total;
    int across = 0;
    int down = 0;
    int planes = 1;
    bool isFull = false;  ///< every tile is there, and its place and segment follow from its number
  };
  explicit SegmentationObject(std::shared_ptr<const media::DicomDataset> dataset) : dataset_(std::move(dataset)) {}
  void readSegments();
  void readTiles();
  [[nodiscard]] std::optional<PlaneGeometry> planeOf(int frame) const;
  [[nodiscard]] std::vector<MediumFrame> referencedFrames(int frame, const ReferencedMedia& media) const;
  /// The functional group of a frame: its own, else the shared one.
  [[nodiscard]] media::DicomItem group(int frame, media::DicomTag tag) const;

  std::shared_ptr<const media::DicomDataset> dataset_;
  SegmentationType type_ = SegmentationType::Binary;
  std::uint32_t largestFraction_ = 255;
  std::optional<std::uint32_t> padding_;
  std::optional<Tiles> tiles_;
  std::map<std::uint32_t, SegmentDescription> segments_;
  media::DicomItem shared_;
  std::vector<media::DicomItem> frames_;
};

}  // namespace fiducial::exchange
