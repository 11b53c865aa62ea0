#!/usr/bin/env bash
# Other programs' readers, from PyPI into build/interop (tests/interop/requirements.txt). Made once; exit status 1 with
# the reason where PyPI does not answer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
environment=build/interop
wanted=tests/interop/requirements.txt
if cmp -s "$wanted" "$environment/installed.txt"; then exit 0; fi
mkdir -p build
log=build/interop.log
/usr/bin/python3 -m venv --clear "$environment"
if ! "$environment/bin/pip" install --disable-pip-version-check --no-input --retries 2 --timeout 20 \
    --no-deps --only-binary :all: -q -r "$wanted" >"$log" 2>&1; then
  echo "PyPI did not give the readers (last lines of $log):" >&2
  tail -n 3 "$log" >&2
  exit 1
fi
cp "$wanted" "$environment/installed.txt"
