// The import of one DICOM object that holds labels, and what its kinds have in common: the file is opened, the pictures
// it belongs to are found, and what it gives becomes one edit.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include "dicom/label_collector.h"
#include "dicom/referenced_media.h"
#include "fiducial/exchange/format.h"
#include "fiducial/media/dicom_dataset.h"

namespace fiducial::exchange {

/// What an import works with, from the object's pictures on.
struct LabelImport {
  const project::Project& project;
  const ImportOptions& options;
  const ReferencedMedia& media;
  LabelCollector& collector;
  std::stop_token stop;
};

/// One kind of object; a new one for each import. Thread: one.
class LabelObject {
 public:
  virtual ~LabelObject() = default;
  /// Takes the file as its own. Errors: Unsupported (another kind of object), Damaged.
  [[nodiscard]] virtual Status read(std::shared_ptr<const media::DicomDataset> dataset) = 0;
  /// The pictures it needs; nothing: it needs none.
  [[nodiscard]] virtual std::optional<References> references() const = 0;
  /// False: it has something to give without them, too.
  [[nodiscard]] virtual bool needsPictures() const { return true; }
  /// What it says of pictures that are nowhere, enough to keep its labels. Errors: NotFound, why that is not enough.
  [[nodiscard]] virtual Result<MediumInfo> describePictures() const;
  /// Errors: Cancelled.
  [[nodiscard]] virtual Status take(const LabelImport& import) = 0;
};

/// `name`: the object in the names of edits, "SEG".
[[nodiscard]] std::unique_ptr<Importer> labelImporter(std::string_view name, std::unique_ptr<LabelObject> (*make)());

template <class Object>
[[nodiscard]] std::unique_ptr<Importer> labelImporter(std::string_view name) {
  return labelImporter(
      name, +[]() -> std::unique_ptr<LabelObject> { return std::make_unique<Object>(); });
}

/// "there are no structures in this file", and what is wrong with the file where that may be the reason.
[[nodiscard]] Error notSuchAnObject(const media::DicomDataset& dataset, std::string message, std::string hint);

}  // namespace fiducial::exchange
