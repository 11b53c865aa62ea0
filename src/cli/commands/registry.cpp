#include <array>

#include "all.h"

namespace fiducial::cli {
namespace {

constexpr std::array kCommands = {
    Command{"inspect", "what is at a file or folder, without a project", defineInspect},
    Command{"render", "one frame as the canvas shows it, as a PNG", defineRender},
    Command{"frame", "exact frame N with its stored values, as a PNG", defineFrame},
    Command{"load", "reads and decodes all of a medium and says how long it took", defineLoad},
    Command{"convert", "a volume, image or cine to NIfTI or NRRD", defineConvert},
    Command{"new", "creates a project", defineNew},
    Command{"add", "indexes media into a project", defineAdd},
    Command{"list", "what is in a project", defineList},
    Command{"apply", "applies edits, one a line of JSON", defineApply},
    Command{"undo", "takes back the newest edits", defineUndo},
    Command{"redo", "makes undone edits again", defineRedo},
    Command{"import", "labels from a dataset, as one edit", defineImport},
    Command{"export", "labels and pictures as a dataset", defineExport},
    Command{"formats", "the dataset formats and what each can hold", defineFormats},
    Command{"verify", "checks a project and the media it refers to", defineVerify},
    Command{"stats", "counts, volumes, durations and class balance", defineStats},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace fiducial::cli
