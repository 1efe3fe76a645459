#!/usr/bin/env bash
# Tries the package on fresh systems (as root; needs debootstrap): installs the version before with apt, keeps tokens in
# it as an ordinary user by real keys, on a screen in memory with gnome-keyring, upgrades it, finds every token again, runs
# the tour, removes and purges it, and looks at what is left.
#   packaging/linux/deb_test.sh [SUITE …]      bookworm and trixie where none is named
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$(.venv/bin/python -c 'import gui; print(gui.__version__)')
package=$(ls "dist/page-keys_${version}_"*.deb)
# The same program under an older number: there is no version before this one.
older=${package/_${version}_/_0.0.1_}
suites=("$@"); [ "${1:-}" != --inside ] || suites=(x)
[ ${#suites[@]} -gt 0 ] || suites=(bookworm trixie)

# In the new system, within its own mounts, which end with it.
try_in() {
  local root="$1"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/tmp"
  cp "$package" "$root/tmp/page-keys.deb"
  cp "$older" "$root/tmp/page-keys-older.deb"
  cp packaging/by_keys.py packaging/linux/session.sh "$FACEBOOK" "$root/tmp/"
  chroot "$root" /bin/bash -euo pipefail <<'INSIDE'
export DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8
exec 3>&2 2>/install.log
trap 'tail -n 20 /install.log >&3' ERR
apt-get update -qq
# What the test itself needs: a screen, a bus, a keychain and somebody who presses keys.
apt-get install -y -qq --no-install-recommends xvfb xauth dbus gnome-keyring python3 xdotool xclip >/dev/null
find / -xdev -path /proc -prune -o -path /tmp -prune -o -type f -print | sort >/before.txt
dpkg-query -W -f='${Package}\n' | sort >/packages-before.txt
apt-get install -y -qq --no-install-recommends /tmp/page-keys-older.deb >/dev/null
echo "  installed: $(page-keys --version), with $(dpkg-query -W -f='${Package}\n' | sort | comm -13 /packages-before.txt - | wc -l) packages"
useradd --create-home tester
# Without the program that runs web pages a token is pasted: presses that need no look at the page.
helper=$(find /usr/lib/page-keys -name QtWebEngineProcess)
mv "$helper" /tmp/aside
kept=$(runuser -u tester -- bash /tmp/session.sh keep)
apt-get install -y -qq --no-install-recommends /tmp/page-keys.deb >/dev/null
[ "$(dpkg-query -W -f='${Version}' page-keys)" != 0.0.1 ]
mv "$helper" /tmp/aside
again=$(runuser -u tester -- bash /tmp/session.sh copy)
[ -n "$kept" ] && [ "$kept" = "$again" ] || { echo "  after the upgrade the token is not the same: $kept, $again"; exit 1; }
mv /tmp/aside "$helper"
echo "  upgraded to $(page-keys --version): the token that was kept came to the clipboard again"
[ -z "$(find /etc/xdg/autostart /home/tester/.config/autostart -name '*page*keys*' 2>/dev/null)" ]
exec 2>&3
# Whatever a desktop would say is said by nobody here: a bare X server, no window manager.
runuser -u tester -- xvfb-run -a -s "-screen 0 1400x1000x24 -noreset" \
  env QT_QPA_PLATFORM=xcb page-keys --tour /home/tester/tour 2>/home/tester/stderr.txt |
  sed 's/^/  tour: /' || { tail -n 20 /home/tester/stderr.txt; exit 1; }
apt-get purge -y -qq page-keys >/dev/null
left=$(find / -xdev \( -path /proc -o -path /tmp -o -path /home \) -prune -o -iname '*page*keys*' -print | grep -v '^/before' || true)
[ -z "$left" ] || { echo "  left behind: $left"; exit 1; }
echo "  purged: nothing is left outside the person's own folder"
INSIDE
}

if [ "${1:-}" = --inside ]; then
  try_in "$2"
  exit
fi
[ -e "$older" ] || packaging/linux/deb.sh 0.0.1 fast
FACEBOOK=$(mktemp -d)/facebook.json
export FACEBOOK
.venv/bin/python -m gui.practice --pages 3 >"$FACEBOOK" 2>/dev/null &
facebook=$!
trap 'kill "$facebook"' EXIT
for suite in "${suites[@]}"; do
  root=$(mktemp -d)
  echo "Debian $suite:"
  chmod 755 "$root"
  debootstrap --variant=minbase "$suite" "$root" >"$root.log" 2>&1 || { tail -n 5 "$root.log"; exit 1; }
  unshare --mount "$0" --inside "$root"
  rm -rf "$root" "$root.log"
done
echo "Installed, upgraded with what was kept, toured by an ordinary user, and purged on: ${suites[*]}"
