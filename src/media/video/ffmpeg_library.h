// FFmpeg, loaded when the first video is looked at. Its libraries bring a hundred others with them, whose linking would
// cost every start of a program twice what all the rest of it does.
//
// ffmpeg_library.cpp defines each function of FFmpeg that this folder calls, under its own name and checked against
// FFmpeg's headers, as a step on to the loaded library. A new one needs a line there; until then the linker takes it
// from the library itself, which works but loads it at the start again.
#pragma once

#include "fiducial/core/result.h"

namespace fiducial::media::video {

/// To be called before anything of FFmpeg's. Errors: Unsupported where its libraries are missing or of another version.
/// Thread: any; all but the first call are quick.
[[nodiscard]] Status loadFfmpeg();

}  // namespace fiducial::media::video
