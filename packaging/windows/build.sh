#!/usr/bin/env bash
# Builds the Windows program as a folder that needs no Python, dist/windows/page-keys, by Windows' own PyInstaller.
set -euo pipefail
cd "$(dirname "$0")/../.."
packaging/windows/prepare.sh
. packaging/windows/wine.sh
start_screen
rm -rf build/windows dist/windows
mkdir -p build/windows
# The same source gives the same program.
export PYTHONHASHSEED=1 SOURCE_DATE_EPOCH; SOURCE_DATE_EPOCH=$(packaging/moment.sh)
.venv/bin/python packaging/icons.py build/icons
windows "$windows_python" -X utf8 packaging/third_party.py build/third-party/win32
pyinstaller=("$windows_python" -X utf8 -m PyInstaller --noconfirm --log-level WARN)
windows "${pyinstaller[@]}" --workpath build/windows --distpath dist/windows packaging/page-keys.spec >build/windows/log.txt ||
  { tail -n 20 build/windows/log.txt; exit 1; }
windows "$windows_python" packaging/prune.py dist/windows/page-keys
find dist/windows/page-keys -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
packaging/windows/sign.sh dist/windows/page-keys/page-keys.exe
echo "Built dist/windows/page-keys: $(du -sm --apparent-size dist/windows/page-keys | cut -f1) MiB"
