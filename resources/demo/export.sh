#!/usr/bin/env bash
# export.sh CLI FOLDER: exports FOLDER/demo.fiducial as COCO and NIfTI to FOLDER/export, where that is not up to date.
set -euo pipefail
cli=$1
folder=$2
project=$folder/demo.fiducial
stamp=$folder/export/.complete

is_current() {
  [ -e "$stamp" ] && [ ! "$project" -nt "$stamp" ] && [ ! "$project-wal" -nt "$stamp" ] && [ ! "$cli" -nt "$stamp" ]
}
if is_current; then
  echo "The exports are up to date."
  exit 0
fi
rm -rf "$folder/export"
mkdir -p "$folder/export"
for format in coco nifti; do
  echo "Exporting $format..."
  status=0
  "$cli" export "$project" --format "$format" --out "$folder/export/$format" >/dev/null || status=$?
  # 3: done, but for kinds that the format cannot hold; each was named in a warning.
  [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
done
touch "$stamp"
