#!/usr/bin/env bash
# Tries the Windows installer under Wine, as a person of whom Windows knows a name with an umlaut: installs the version
# before, keeps tokens in it by real keys, upgrades, finds every token again, lets the installed program do the whole job
# (its tour, without the web view, which Wine cannot show), looks for tokens where none may be, removes it.
#   packaging/windows/test.sh [OLDER-SETUP.exe]
# Where no older installer is given, one is made of the same program under an older number. Pictures: build/windows-test.
set -euo pipefail
cd "$(dirname "$0")/../.."
packaging/windows/prepare.sh
. packaging/windows/wine.sh
python=.venv/bin/python
version=$($python -c 'import gui; print(gui.__version__)')
new="dist/page-keys-$version-setup.exe"
pictures=build/windows-test
older="${1:-}"
[ -e "$new" ] || { echo "There is no $new: make windows" >&2; exit 1; }

export WINEPREFIX="$wine_folder/try" USER=Zoë LOGNAME=Zoë
rm -rf "$WINEPREFIX" "$pictures"
mkdir -p "$pictures"
facebook=
end() {
  [ -z "$facebook" ] || kill "$facebook" 2>/dev/null || true
  end_screen
}
start_screen
trap end EXIT
make_prefix >/dev/null
home=$(echo "$WINEPREFIX"/drive_c/users/[!P]*)
program="$home/AppData/Local/Programs/Page Keys"
data="$home/AppData/Local/Page Keys"
uninstall_key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Page Keys'
run_key='HKCU\Software\Microsoft\Windows\CurrentVersion\Run'
link="$home/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Page Keys.lnk"

fail() { echo "FAILED: $*" >&2; import -window root "$pictures/failed.png" 2>/dev/null || true; exit 1; }
registered() { windows reg query "$1" /v "$2" 2>/dev/null | tr -d '\r' | grep -oP '(REG_SZ|REG_DWORD)\s+\K.*' || true; }
# The web view ends a program under Wine. Without the program that runs web pages Page Keys offers the two other ways.
without_web_view() { find "$program" -name QtWebEngineProcess.exe -exec mv {} {}.aside \; ; }
# Items of Page Keys in the Credential Manager.
items() {
  windows "$windows_python" -c 'from win32ctypes.pywin32 import win32cred, pywintypes
try: print(sum("Page Keys" in one["TargetName"] for one in win32cred.CredEnumerate()))
except pywintypes.error: print(0)' | tr -d '\r'
}
start_program() {
  "$wine" "$program/page-keys.exe" "$@" </dev/null > >(cat >>"$pictures/output.txt") 2>&1 &
  started=$!
}
quit_program() {
  xdotool key ctrl+q
  for _ in $(seq 60); do kill -0 "$started" 2>/dev/null || return 0; sleep 0.5; done
  fail "the program did not quit"
}
picture() { import -window root "$pictures/$1.png"; }
uninstall() {
  windows "$program/uninstall.exe" /S "$@"
  for _ in $(seq 120); do [ -e "$program" ] || return 0; sleep 0.5; done
  fail "the program's folder is still there: $(ls -A "$program")"
}

if [ -z "$older" ]; then
  older=dist/page-keys-0.0.1-setup.exe
  [ -e "$older" ] || packaging/windows/setup.sh 0.0.1 fast >/dev/null
fi
windows "$older" /S
[ -x "$program/page-keys.exe" ] && [ -e "$link" ] || fail "the older version did not install"
touch "$program/_internal/of-the-older-version.dll"
without_web_view
echo "older version installed for $(basename "$home"): $(registered "$uninstall_key" DisplayVersion)"

$python -m gui.practice --pages 3 >"$pictures/facebook.json" 2>/dev/null &
facebook=$!
until [ -s "$pictures/facebook.json" ]; do sleep 0.1; done
described() { $python -c "import json, sys; d = json.load(open('$pictures/facebook.json')); print($1)"; }
url=$(described 'd["graph_url"]')
start_program --graph-url "$url" --login-url "$url"
token=$(described '"\n".join([d["app_secret"], d["people"][0]["short_lived_token"]])' | $python packaging/by_keys.py keep "$(described 'd["app_id"]')") ||
  fail "keeping by keys: $token"
picture 1-kept
windows "$new" /S && fail "an upgrade of a running program was not refused"
[ "$(registered "$uninstall_key" DisplayVersion)" != "$version" ] || fail "a running program was changed"
quit_program
kill "$facebook"
echo "tokens kept by real keys: $(items) items in the Credential Manager; while it ran the upgrade was refused"

windows "$new" /S
[ "$(registered "$uninstall_key" DisplayVersion)" = "$version" ] || fail "the upgrade left the old number"
[ ! -e "$program/_internal/of-the-older-version.dll" ] || fail "a file of the older version is left"
[ "$(ls "$program" | sort | tr '\n' ' ')" = "_internal page-keys.exe uninstall.exe " ] || fail "more than the program: $(ls "$program")"
windows "$older" /S && fail "an older version replaced a newer one unasked"
[ "$(registered "$uninstall_key" DisplayVersion)" = "$version" ] || fail "a newer version was changed"
said=$(windows "$program/page-keys.exe" --version | tr -d '\r')
[ "$said" = "Page Keys $version" ] || fail "it says: $said"
without_web_view
start_program --graph-url "$url" --login-url "$url"
again=$($python packaging/by_keys.py copy) || fail "copying after the upgrade: $again"
picture 2-upgraded
quit_program
[ "$token" = "$again" ] || fail "another token after the upgrade"
echo "upgraded to $version: the same token, without a network"

started=$(date +%s)
windows "$program/page-keys.exe" --tour "$(path_for_windows "$PWD/$pictures/tour")" | sed 's/^/  /' || fail "the tour"
echo "the whole job in the installed program: $(($(date +%s) - started)) s"

# Of the practice Facebook's secrets none stands in a file, in bytes or as Windows writes texts.
$python - "$home" "$WINEPREFIX" "$pictures/facebook.json" <<'PY' || fail "a secret stands in a file"
import json, sys
from pathlib import Path
home, prefix, described = map(Path, sys.argv[1:])
said = json.loads(described.read_text())
secrets = [said["app_secret"], *(one["short_lived_token"] for one in said["people"])]
marks = [one.encode(code) for one in secrets for code in ("utf-8", "utf-16-le")]
files = [one for one in [*home.rglob("*"), *prefix.glob("*.reg")] if one.is_file() and "Programs" not in one.parts]
found = [str(one) for one in files if any(mark in one.read_bytes() for mark in marks)]
print(f"no secret in {len(files)} files of the person's folder and the registry" if not found else found)
sys.exit(bool(found))
PY

windows reg add "$run_key" /v "Page Keys" /d "\"$program/page-keys.exe\" --background" /f >/dev/null
before=$(items)
uninstall
for gone in "$link" "$program"; do [ ! -e "$gone" ] || fail "left: $gone"; done
[ -z "$(registered "$uninstall_key" DisplayVersion)$(registered "$run_key" 'Page Keys')" ] || fail "the registry still knows it"
[ "$(items)" = "$before" ] && [ -d "$data" ] || fail "what the person keeps went too"
echo "removed: what the person keeps is there, $before items; nothing else"
windows "$new" /S
uninstall /REMOVEDATA
[ "$(items)" = 0 ] && [ ! -e "$data" ] || fail "left: $(items) items, $(ls -A "$data" 2>/dev/null)"
echo "removed with /REMOVEDATA: nothing is left"

# The signing step, with a certificate of this test's own.
key=$(mktemp -d)
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Page Keys test" -addext extendedKeyUsage=codeSigning \
  -keyout "$key/key.pem" -out "$key/certificate.pem" 2>/dev/null
head -c 24 /dev/urandom | base64 -w0 >"$key/password"
openssl pkcs12 -export -inkey "$key/key.pem" -in "$key/certificate.pem" -passout "file:$key/password" -out "$key/certificate.p12"
cp dist/windows/page-keys/page-keys.exe "$key/signed.exe"
SIGN_CERTIFICATE="$key/certificate.p12" SIGN_PASSWORD_FILE="$key/password" packaging/windows/sign.sh "$key/signed.exe"
osslsigncode verify -CAfile "$key/certificate.pem" -in "$key/signed.exe" >"$pictures/signature.txt" 2>&1 || fail "the signature: $(tail -n 3 "$pictures/signature.txt")"
rm -rf "$key"
echo "signed with a test's certificate, and verified"
echo "The Windows program was installed, upgraded, used and removed. Pictures: $pictures"
