#!/usr/bin/env bash
# Makes dist/page-keys-VERSION-setup.exe of the bundle in dist/windows/page-keys. Fails above the size that packaging/README.md allows.
#   packaging/windows/setup.sh [VERSION [fast]]    of this version, the program's own where none is named; packed in less
#                                                  time, for tests, and as large as it gets
set -euo pipefail
cd "$(dirname "$0")/../.."
version="${1:-$(.venv/bin/python -c 'import gui; print(gui.__version__)')}"
bundle=dist/windows/page-keys
out="dist/page-keys-$version-setup.exe"
rm -f "$out"
options=()
[ "${2:-}" != fast ] || options=(-DFAST)
makensis -V2 "${options[@]}" -NOCD -DVERSION="$version" -DFROM="$bundle" -DOUT="$out" -DICON=build/icons/page-keys.ico \
  -DSIZE="$(du -sk --apparent-size "$bundle" | cut -f1)" -DSIGN="$PWD/packaging/windows/sign.sh" packaging/windows/installer.nsi
size=$(($(stat -c %s "$out") / 1048576))
echo "Made $out: $size MiB"
[ "${2:-}" != fast ] || exit 0
limit=$(sed -n 's/^The Windows installer may have at most \([0-9]*\) MiB.*/\1/p' packaging/README.md)
if [ "$size" -ge "$limit" ]; then
  echo "That is not less than the $limit MiB that packaging/README.md allows." >&2
  exit 1
fi
