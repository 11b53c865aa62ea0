#!/usr/bin/env bash
# build.sh PRESET [TARGET...]: configures build/PRESET where it is not, and builds the targets (all of them if none is named).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=$1
shift
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # another clone's compilations serve this one
if [ ! -f "build/$preset/build.ninja" ] || [ "${FIDUCIAL_RECONFIGURE:-}" = 1 ]; then
  mkdir -p build
  log=build/configure-$preset.log
  cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
quiet=()
[ -t 1 ] || quiet=(--quiet)  # progress is for people; a log keeps the warnings only
cmake --build --preset "$preset" -j "$(nproc)" -- ${quiet[@]+"${quiet[@]}"} ${@+"$@"}
