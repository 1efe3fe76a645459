#!/usr/bin/env bash
# Makes dist/page-keys-VERSION-x86_64.AppImage of the bundle in dist/page-keys, where `appimagetool` is installed; without
# it the folder that goes into it is made and looked at.
set -euo pipefail
cd "$(dirname "$0")/../.."
bundle=dist/page-keys
[ -x "$bundle/page-keys" ] || packaging/bundle.sh
version=$(.venv/bin/python -c 'import gui; print(gui.__version__)')
folder=build/AppDir
rm -rf "$folder"
mkdir -p "$folder/usr/lib" "$folder/usr/share/metainfo" "$folder/usr/share/applications"
cp -a "$bundle" "$folder/usr/lib/page-keys"
mv "$folder/usr/lib/page-keys/share/icons" "$folder/usr/share/"
rm -rf "$folder/usr/lib/page-keys/share" "$folder/usr/lib/page-keys/install.sh"
cp packaging/linux/page-keys.desktop "$folder/page-keys.desktop"
cp packaging/linux/page-keys.desktop "$folder/usr/share/applications/org.pagekeys.PageKeys.desktop"
cp build/icons/page-keys-256.png "$folder/page-keys.png"
ln -s page-keys.png "$folder/.DirIcon"
sed -e "s/@VERSION@/$version/g" -e "s/@DATE@/$(date -u -d "@$(packaging/moment.sh)" +%F)/g" -e "s/>page-keys.desktop/>org.pagekeys.PageKeys.desktop/" \
  packaging/linux/page-keys.metainfo.xml \
  >"$folder/usr/share/metainfo/org.pagekeys.PageKeys.appdata.xml"
cat >"$folder/AppRun" <<'RUN'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/page-keys/page-keys" "$@"
RUN
chmod 755 "$folder/AppRun"
desktop-file-validate "$folder/page-keys.desktop"
appstreamcli validate --no-net "$folder/usr/share/metainfo/org.pagekeys.PageKeys.appdata.xml" >/dev/null
said=$("$folder/AppRun" --version)
[ "$said" = "Page Keys $version" ] || { echo "AppRun says: $said" >&2; exit 1; }
if ! command -v appimagetool >/dev/null; then
  echo "Made $folder, which runs. To pack it install appimagetool, and run this again."
  exit 0
fi
SOURCE_DATE_EPOCH=$(packaging/moment.sh) ARCH=x86_64 appimagetool "$folder" "dist/page-keys-$version-x86_64.AppImage"
