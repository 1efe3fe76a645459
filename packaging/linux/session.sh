#!/usr/bin/env bash
# A person's session on a fresh system: a screen in memory, a keychain that stays, and Page Keys worked by real keys.
#   session.sh keep      set up, log in, keep the Pages' tokens, copy one
#   session.sh copy      copy it again
# Prints the SHA-256 of the token that came to the clipboard. It wants by_keys.py and facebook.json beside it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${IN_SESSION:-}" ]; then
  cd
  exec env IN_SESSION=1 xvfb-run -a -s "-screen 0 1400x1000x24 -noreset" dbus-run-session -- "$here/session.sh" "$@"
fi
said() { python3 -c "import json; d = json.load(open('$here/facebook.json')); print($1)"; }
printf 'a password of this test' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
export QT_QPA_PLATFORM=xcb
page-keys --graph-url "$(said 'd["graph_url"]')" --login-url "$(said 'd["login_url"]')" >/dev/null 2>&1 &
program=$!
if [ "$1" = keep ]; then
  said '"\n".join([d["app_secret"], d["people"][0]["short_lived_token"]])' | python3 "$here/by_keys.py" keep "$(said 'd["app_id"]')"
else
  python3 "$here/by_keys.py" copy
fi
xdotool key ctrl+q
wait "$program"
