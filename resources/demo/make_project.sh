#!/usr/bin/env bash
# make_project.sh CLI FOLDER: the demo project FOLDER/demo.fiducial, from the media and labels beside this script.
# Left alone where it exists: somebody may have worked in it. Made under another name and renamed when complete.
set -euo pipefail
demo=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cli=$1
folder=$2
project=$folder/demo.fiducial
[ ! -e "$project" ] || exit 0

mkdir -p "$folder"
making=$folder/making.fiducial
rm -f "$making" "$making"-wal "$making"-shm "$making".lock
echo "Making the demo project..."
"$cli" new "$making" --labels "$demo/schema.json" >/dev/null
media=()
while read -r medium; do
  [ -z "$medium" ] || media+=("$demo/$medium")
done <"$demo/media.txt"
"$cli" add "$making" "${media[@]}" >/dev/null
for labels in "$demo"/labels/*.jsonl; do
  "$cli" apply "$making" "$labels" >/dev/null
done
mv "$making" "$project"
rm -f "$making".lock
