#!/usr/bin/env bash
# Builds the program as a folder that needs no Python, in dist/page-keys, and tries it: the bundle itself runs the tour.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
rm -rf build/page-keys dist/page-keys
# The same source gives the same program.
export PYTHONHASHSEED=1 SOURCE_DATE_EPOCH; SOURCE_DATE_EPOCH=$(packaging/moment.sh)
$python packaging/icons.py build/icons
$python packaging/third_party.py build/third-party/linux
$python -m PyInstaller --noconfirm --log-level ERROR --workpath build --distpath dist packaging/page-keys.spec
$python packaging/prune.py dist/page-keys
$python packaging/trim_icu.py dist/page-keys
# Names of a program's inner parts, for debuggers.
find dist/page-keys -type f -name '*.so*' -exec strip --strip-unneeded {} +
share=dist/page-keys/share
mkdir -p "$share/applications"
cp packaging/linux/page-keys.desktop "$share/applications/"
cp packaging/linux/install.sh dist/page-keys/install.sh
for size in 16 24 32 48 64 128 256 512; do
  mkdir -p "$share/icons/hicolor/${size}x${size}/apps"
  cp "build/icons/page-keys-$size.png" "$share/icons/hicolor/${size}x${size}/apps/page-keys.png"
done
size=$(du -sm --apparent-size dist/page-keys | cut -f1)
echo "Built dist/page-keys: $size MiB"
limit=$(sed -n 's/^The bundle may have at most \([0-9]*\) MiB.*/\1/p' packaging/README.md)
if [ "$size" -gt "$limit" ]; then
  echo "That is more than the $limit MiB that packaging/README.md allows." >&2
  exit 1
fi
pictures="$(mktemp -d)"
env -i HOME="$HOME" PATH="$PATH" LANG="${LANG:-C.UTF-8}" dist/page-keys/page-keys --tour "$pictures" 2>"$pictures/stderr.txt" || { tail -n 20 "$pictures/stderr.txt"; exit 1; }
rm -rf "$pictures"
