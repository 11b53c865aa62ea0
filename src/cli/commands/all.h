// The commands, one a file; the table is in registry.cpp.
#pragma once

#include "command.h"

namespace fiducial::cli {

Action defineInspect(CLI::App& app);
Action defineRender(CLI::App& app);
Action defineFrame(CLI::App& app);
Action defineLoad(CLI::App& app);
Action defineConvert(CLI::App& app);
Action defineNew(CLI::App& app);
Action defineAdd(CLI::App& app);
Action defineList(CLI::App& app);
Action defineApply(CLI::App& app);
Action defineUndo(CLI::App& app);
Action defineRedo(CLI::App& app);
Action defineImport(CLI::App& app);
Action defineExport(CLI::App& app);
Action defineFormats(CLI::App& app);
Action defineVerify(CLI::App& app);
Action defineStats(CLI::App& app);

}  // namespace fiducial::cli
