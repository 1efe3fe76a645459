#!/usr/bin/env bash
# Makes dist/page-keys_VERSION_ARCHITECTURE.deb of the bundle in dist/page-keys, and has Debian's own tools look at it.
#   packaging/linux/deb.sh [VERSION fast]     under another number and packed in less time, for a test of upgrades
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.venv/bin/python
bundle=dist/page-keys
[ -x "$bundle/page-keys" ] || packaging/bundle.sh
version="${1:-$($python -c 'import gui; print(gui.__version__)')}"
packing=(-Zxz -z9 "--threads-max=$(nproc)")
[ "${2:-}" != fast ] || packing=(-Zgzip -z1)
export SOURCE_DATE_EPOCH; SOURCE_DATE_EPOCH=$(packaging/moment.sh)
date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)
architecture=$(dpkg --print-architecture)
root=build/deb/page-keys
rm -rf build/deb
share="$root/usr/share"
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$share/applications" "$share/metainfo" "$share/man/man1" \
  "$share/doc/page-keys" "$share/lintian/overrides" build/deb/debian
mkdir "$root/usr/lib/page-keys"
cp -a "$bundle/page-keys" "$bundle/_internal" "$root/usr/lib/page-keys/"
ln -s ../lib/page-keys/page-keys "$root/usr/bin/page-keys"
cp -a "$bundle/share/icons" "$share/"
fill() { sed -e "s/@VERSION@/$version/g" -e "s/@DATE@/$date/g" "$1"; }
cp packaging/linux/page-keys.desktop "$share/applications/"
fill packaging/linux/page-keys.metainfo.xml >"$share/metainfo/org.pagekeys.PageKeys.metainfo.xml"
fill packaging/linux/page-keys.1 | gzip -9n >"$share/man/man1/page-keys.1.gz"
gzip -9nc CHANGELOG.md >"$share/doc/page-keys/CHANGELOG.md.gz"
maintainer="The Page Keys project <maintainers@page-keys.invalid>"
printf 'page-keys (%s) unstable; urgency=medium\n\n  * What changed stands in CHANGELOG.md.gz.\n\n -- %s  %s\n' \
  "$version" "$maintainer" "$(date -Rud "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$share/doc/page-keys/changelog.gz"
gzip -9nc "$bundle/_internal/resources/third-party/NOTICES.txt" >"$share/doc/page-keys/NOTICES.txt.gz"
# In a copyright file a license's lines begin with a blank, and one without words with a dot.
sed -e 's/^$/./' -e 's/^/ /' LICENSE >build/deb/license
sed -e '/^@LICENSE@$/{r build/deb/license' -e 'd}' packaging/linux/copyright >"$share/doc/page-keys/copyright"
cp packaging/linux/lintian-overrides "$share/lintian/overrides/page-keys"

# What it asks of the system: the packages of the libraries that it is linked with and does not bring.
printf 'Source: page-keys\nPackage: page-keys\nArchitecture: %s\n' "$architecture" >build/deb/debian/control
mapfile -t elves < <(find "$root/usr/lib" -type f \( -name '*.so*' -o -name page-keys -o -name QtWebEngineProcess \))
find "$root/usr/lib" -name '*.so*' -printf '%f\n' | sort -u >build/deb/brought
objdump -p "${elves[@]}" | awk '$1 == "NEEDED" { print $2 }' | sort -u | comm -23 - build/deb/brought >build/deb/asked
/sbin/ldconfig -p >build/deb/libraries
# libc is asked of by name too, under that of its loader.
while read -r library; do
  file=$(awk -v name="$library" '$1 == name && /x86-64/ { print $NF; exit }' build/deb/libraries)
  [ -n "$file" ] || { echo "$library is not on this system, nor in the bundle" >&2; exit 1; }
  dpkg -S "$(realpath "$file")" 2>/dev/null || dpkg -S "$(realpath "$file" | sed 's|^/usr||')"
done <build/deb/asked | cut -d: -f1 | sort -u >build/deb/packages
depends=$(cd build/deb && printf '%s\0' "${elves[@]#build/deb/}" | xargs -0 dpkg-shlibdeps -O --warnings=0 --ignore-missing-info \
  -lpage-keys/usr/lib/page-keys/_internal -lpage-keys/usr/lib/page-keys/_internal/PySide6/Qt/lib 2>/dev/null |
  sed -n 's/^shlibs:Depends=//p' | tr ',' '\n' | sed 's/^ *//' |
  awk 'NR == FNR { wanted[$1]; next } $1 in wanted' packages - | paste -sd, | sed 's/,/, /g')
[ "$(tr ',' '\n' <<<"$depends" | wc -l)" -eq "$(wc -l <build/deb/packages)" ] || { echo "Depends is not complete: $depends" >&2; exit 1; }
find "$root" -type d -exec chmod 755 {} +
find "$root/usr" -type f -exec chmod 644 {} +
chmod 755 "$root/usr/lib/page-keys/page-keys"
find "$root" -name QtWebEngineProcess -exec chmod 755 {} +
cat >"$root/DEBIAN/control" <<CONTROL
Package: page-keys
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f1)
Depends: $depends, fontconfig
Recommends: gnome-keyring | keepassxc, fonts-noto-core, fonts-noto-color-emoji
Section: net
Priority: optional
Description: keys to your Facebook Pages
 Log in to Facebook once and get a token for every Page you look after: one
 with no end date, one click away. Secrets stay in the desktop's keychain, and
 when a token dies, Page Keys says why and offers the button that fixes it.
 .
 A practice Facebook is built in, to try all of it without an app and without
 risk.
CONTROL
(cd "$root" && find usr -type f -printf '%P\0' | sort -z | (cd usr && xargs -0 md5sum) | sed 's|  |  usr/|') >"$root/DEBIAN/md5sums"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
package="dist/page-keys_${version}_$architecture.deb"
dpkg-deb --root-owner-group "${packing[@]}" --build "$root" "$package" >/dev/null
[ "${2:-}" != fast ] || exit 0

desktop-file-validate "$share/applications/page-keys.desktop"
appstreamcli validate --no-net --explain "$share/metainfo/org.pagekeys.PageKeys.metainfo.xml"
lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$package"
echo "Made $package: $(($(stat -c %s "$package") / 1048576)) MiB, $(dpkg-deb -f "$package" Installed-Size) KiB installed"
