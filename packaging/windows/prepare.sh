#!/usr/bin/env bash
# Makes what builds and tries the Windows program on Debian, in build/wine: a Wine prefix, Windows' own Python, and in it
# the pinned dependencies for Windows. Everything is fetched by its hash.
set -euo pipefail
cd "$(dirname "$0")/../.."
packaging/prepare.sh windows
. packaging/windows/wine.sh
stamp="$wine_folder/ready-$(cat packaging/requirements-dev.txt packaging/windows/{python.txt,wine.sh,prepare.sh,stand_ins/*} | cksum | cut -d' ' -f1)"
if [ -e "$stamp" ]; then exit 0; fi
rm -rf "$wine_folder"
mkdir -p "$wine_folder"
echo "Fetching Windows' Python and the Python packages for Windows"
uv=(.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes)
"${uv[@]}" --no-build-isolation --target "${windows_python%/*}" -r packaging/windows/python.txt
"${uv[@]}" --only-binary :all: --python-platform x86_64-pc-windows-msvc --python-version 3.13 --target "$site_packages" \
  -r packaging/requirements-dev.txt
cp packaging/windows/stand_ins/sitecustomize.py "$site_packages/"
(
  cd "${windows_python%/*}"
  # Without it `platform` asks otherwise: Wine has no WMI.
  rm _wmi.pyd
  # As files: PyInstaller looks at them one by one.
  ../../../.venv/bin/python -m zipfile -e python313.zip Lib
  printf '%s\r\n' Lib . 'Lib\site-packages' "$(path_for_windows "${wine_folder%/build/wine}")" 'import site' >python313._pth
)
echo "Making a Windows of Wine's"
make_fonts
start_screen
make_prefix >"$wine_folder/prefix.log" || { cat "$wine_folder/prefix.log"; exit 1; }
windows "$windows_python" -c 'import sys, PySide6.QtCore as qt; print(f"Python {sys.version.split()[0]}, Qt {qt.qVersion()}")'
touch "$stamp"
