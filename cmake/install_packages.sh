#!/usr/bin/env bash
# install_packages.sh SECTION...: installs what is missing of the named sections of packages.txt, and says what first.
# Does nothing, quickly and without rights, where nothing is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

packages_of() {
  awk -v section="[$1]" '/^\[/ { inside = ($1 == section); next } inside && NF && !/^#/ { print $1 }' "$here/packages.txt"
}

if ! command -v dpkg-query >/dev/null; then
  echo "error: this is not Debian or Ubuntu; install the equivalents of cmake/packages.txt by hand, then build with:" >&2
  echo "  cmake --preset release && cmake --build --preset release" >&2
  exit 1
fi

wanted=()
for section in "$@"; do
  mapfile -t -O "${#wanted[@]}" wanted < <(packages_of "$section")
done
installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null | awk '$1 == "ii" { print $2 }' || true)
mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) <(printf '%s\n' "$installed" | sort -u))
[ "${#missing[@]}" -gt 0 ] || exit 0

echo "Packages to install (${#missing[@]}):"
printf '  %s\n' "${missing[@]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "error: these need root and sudo is not there; as root run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q </dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null
