#!/bin/sh
# Puts Page Keys into the desktop's menu for this person: the folder stays where it is. `install.sh remove` takes it out.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
data="${XDG_DATA_HOME:-$HOME/.local/share}"
entry="$data/applications/page-keys.desktop"
if [ "${1:-}" = remove ]; then
  rm -f "$entry" "$data"/icons/hicolor/*/apps/page-keys.png
  echo "Page Keys is out of the menu. Its folder and what it keeps are untouched."
  exit 0
fi
mkdir -p "$data/applications" "$data/icons"
cp -R "$here/share/icons/hicolor" "$data/icons/"
# In a desktop entry a quoted path takes a backslash before these characters.
quoted="$(printf '%s' "$here/page-keys" | sed 's/[\\"`$]/\\\\&/g')"
{
  sed '/^Exec=/d' "$here/share/applications/page-keys.desktop"
  printf 'Exec="%s"\n' "$quoted"
} >"$entry"
echo "Page Keys is in the menu now."
