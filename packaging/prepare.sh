#!/usr/bin/env bash
# Installs what is missing: system packages (with apt, as root; anyone else is told the one line to type) and a virtual
# environment with the pinned dependencies. `prepare.sh run` for the program, `prepare.sh dev` for tests and tools too,
# `prepare.sh package` for making packages as well, `prepare.sh windows` for those of Windows.
set -euo pipefail
cd "$(dirname "$0")/.."
want="${1:-run}"
makes=
case $want in
  run | dev) ;;
  package | windows) makes=$want want=dev ;;
  *) echo "prepare.sh run, dev, package or windows" >&2; exit 2 ;;
esac

# Where releases name a package differently, the newer name comes first: Debian 13 and Ubuntu 24.04 | Debian 12.
runtime=(libegl1 libgl1 libnss3 libasound2t64\|libasound2 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
  libxcb-render-util0 libxcb-shape0 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1 fontconfig fonts-noto-core)
# A machine without a desktop also needs what a desktop brings: a message bus, a keychain, fonts for every script.
headless=(dbus gnome-keyring fonts-inter fonts-noto-cjk fonts-noto-color-emoji)
# LibreOffice opens exported workbooks; pyatspi is a screen reader's side, xdotool gives a window the keyboard,
# KeePassXC is another keychain.
tests=(xvfb xclip openssl make binutils libreoffice-calc python3-uno at-spi2-core python3-pyatspi xdotool keepassxc)

# Trims and makes the package, and looks at it as Debian does.
packages_tools=(icu-devtools dpkg-dev lintian desktop-file-utils appstream debootstrap)

# Runs Windows' programs, makes and signs the installer.
windows_tools=(wine wine64 nsis osslsigncode gcc-mingw-w64-x86-64 fonts-noto-core fonts-noto-cjk fonts-dejavu-core imagemagick xclip)

has() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'; }

# Whether one of the names is installed.
has_one() {
  local name
  for name in ${1//|/ }; do has "$name" && return 0; done
  return 1
}

# Of the names the one that this release has; the last where none is known.
name_here() {
  local name
  for name in ${1//|/ }; do
    [ -n "$(apt-cache madison "$name" 2>/dev/null)" ] && break
  done
  echo "$name"
}

if command -v dpkg-query >/dev/null; then
  wanted=("${runtime[@]}")
  if [ "$want" = dev ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then wanted+=("${headless[@]}"); fi
  if [ "$want" = dev ]; then wanted+=("${tests[@]}"); fi
  case $makes in
    package) wanted+=("${packages_tools[@]}") ;;
    windows) wanted+=("${windows_tools[@]}") ;;
  esac
  command -v python3 >/dev/null || wanted+=(python3)
  if ! command -v uv >/dev/null && ! python3 -c 'import ensurepip, venv' 2>/dev/null; then wanted+=(python3-venv); fi
  missing=()
  for package in "${wanted[@]}"; do has_one "$package" || missing+=("$package"); done
  if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -eq 0 ]; then apt-get update -qq; fi
    packages=()
    for package in "${missing[@]}"; do packages+=("$(name_here "$package")"); done
    if [ "$(id -u)" -ne 0 ]; then
      echo "Some system packages are missing, and only an administrator can install them. Type this line, then try again:" >&2
      echo >&2
      echo "  sudo apt-get install --no-install-recommends ${packages[*]}" >&2
      echo >&2
      exit 1
    fi
    echo "Installing system packages: ${packages[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
fi

requirements=packaging/requirements.txt
if [ "$want" = dev ]; then requirements=packaging/requirements-dev.txt; fi
stamp=".venv/.ready-$(cat packaging/requirements*.txt | cksum | cut -d' ' -f1)"
if [ -e "$stamp-dev" ] || { [ "$want" = run ] && [ -e "$stamp-run" ]; }; then exit 0; fi

python="${PYTHON:-python3}"
"$python" - <<'PY'
import sys
if sys.version_info < (3, 11):
    sys.exit("Page Keys needs Python 3.11 or newer; set PYTHON to one.")
PY
echo "Installing Python packages into .venv"
if command -v uv >/dev/null; then
  [ -e .venv/bin/python ] || uv venv --quiet --python "$python" .venv
  uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$requirements"
else
  [ -e .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
fi
if .venv/bin/python -c 'import sys; sys.exit(sys.version_info >= (3, 12))'; then
  # By pip, which can leave out the check of the version; where there is none, KeePass files are not offered.
  for with_pip in .venv/bin/python "$python"; do
    "$with_pip" -m pip --version >/dev/null 2>&1 || continue
    "$with_pip" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --no-deps \
      --ignore-requires-python --require-hashes -r packaging/requirements-python311.txt
    break
  done
fi
# Compiled once here, or the first start would do it, and every start where Python may not write.
.venv/bin/python -m compileall -q gui main.py
touch "$stamp-$want"
