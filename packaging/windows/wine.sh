# Sourced: how Windows' programs run here, under Wine, on a screen in memory.
# shellcheck shell=bash
wine_folder="$PWD/build/wine"
# Windows' Python. What it imports lies in site-packages and nowhere else: only there PyInstaller keeps Qt's libraries
# beside the program that runs web pages.
windows_python="$wine_folder/python/python.exe"
site_packages="$wine_folder/python/Lib/site-packages"
export WINEPREFIX="${WINEPREFIX:-$wine_folder/prefix}" WINEARCH=win64 WINEDEBUG="${WINEDEBUG:--all}"
# No window that offers to fetch Mono or Gecko, and no debugger that a program which faults would wait in for ever.
export WINEDLLOVERRIDES="mscoree,mshtml,winedbg.exe="
export PYTHONDONTWRITEBYTECODE=1
# The fonts that Windows' programs see here. Not this computer's: a color emoji font ends a program of Qt's every second
# time under Wine 8, where a name stays unwritten that Qt reads.
export FONTCONFIG_FILE="$wine_folder/fonts.conf"
# The loader itself: the script of this name looks for 32-bit Wine as well.
wine=/usr/lib/wine/wine64

# Standard input from nothing and output through a pipe: with a file or a closed handle Windows' Python stops at once.
windows() {
  "$wine" "$@" </dev/null 2>&1 | cat
  return "${PIPESTATUS[0]}"
}

# /a/b as a Windows program names it.
path_for_windows() { printf 'Z:%s' "${1//\//\\}"; }

# A screen in memory that ends with this script, and Wine's services on it. They start with nothing in their hands: they
# would keep the first program's pipe, and hold its reader.
start_screen() {
  local number_file
  number_file=$(mktemp)
  Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp 3>"$number_file" >/dev/null 2>&1 &
  screen_process=$!
  trap 'end_screen' EXIT
  while [ ! -s "$number_file" ]; do
    kill -0 "$screen_process" 2>/dev/null || { echo "The screen in memory did not start." >&2; exit 1; }
    sleep 0.1
  done
  DISPLAY=":$(cat "$number_file")"
  export DISPLAY
  rm "$number_file"
  start_wine
}

start_wine() {
  /usr/lib/wine/wineserver64 -p600 </dev/null >/dev/null 2>&1 || true
  "$wine" cmd /c exit </dev/null >/dev/null 2>&1
}

end_screen() {
  /usr/lib/wine/wineserver64 -k >/dev/null 2>&1 || true
  kill "$screen_process" 2>/dev/null || true
}

# An empty Windows 10 for one person in $WINEPREFIX, with what Wine lacks of it.
make_prefix() {
  windows wineboot -u
  windows winecfg -v win10
  local system32="$WINEPREFIX/drive_c/windows/system32" name
  for name in icuuc bcryptprimitives; do
    x86_64-w64-mingw32-gcc -O2 -Wno-builtin-declaration-mismatch -shared -static-libgcc \
      -o "$system32/$name.dll" "packaging/windows/stand_ins/$name.c" -ladvapi32
  done
}

# Before the first program starts: Wine remembers the fonts that it found then.
make_fonts() {
  mkdir -p "$wine_folder/fonts"
  cp /usr/share/fonts/truetype/dejavu/DejaVuSans*.ttf \
    /usr/share/fonts/truetype/noto/NotoSans{Arabic,Hebrew,Thai,Symbols2}-Regular.ttf /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc "$wine_folder/fonts/"
  cat >"$FONTCONFIG_FILE" <<FONTS
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$wine_folder/fonts</dir><cachedir>$wine_folder/font-cache</cachedir></fontconfig>
FONTS
}
