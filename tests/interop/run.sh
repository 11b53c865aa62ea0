#!/usr/bin/env bash
# run.sh PYTHON MODULE: runs the unittest module MODULE of this folder with the readers' Python. Exit status 77, a skip
# for ctest, where that Python was not made (./test interop makes it). The tests find fiducial-cli as $FIDUCIAL_CLI.
set -euo pipefail
python=$1
module=$2
if [ ! -x "$python" ]; then
  echo "no $python: ./test interop makes it"
  exit 77
fi
cd "$(dirname "${BASH_SOURCE[0]}")"
export PYTHONDONTWRITEBYTECODE=1
exec "$python" -m unittest -v "$module"
