#!/usr/bin/env bash
# Builds dist/Page Keys.app and dist/page-keys-VERSION.dmg, on a Mac. Nobody has run it yet.
#   SIGN_IDENTITY      the certificate to sign with, by its name in the keychain ("Developer ID Application: …");
#                      without it the program is signed for this Mac alone
#   NOTARY_PROFILE     what `xcrun notarytool store-credentials` kept Apple's credentials under; with it the dmg is
#                      notarized and stapled
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.venv/bin/python
packaging/prepare.sh dev
version=$($python -c 'import gui; print(gui.__version__)')
export PYTHONHASHSEED=1 SOURCE_DATE_EPOCH; SOURCE_DATE_EPOCH=$(packaging/moment.sh)
rm -rf build/page-keys "dist/Page Keys.app"
$python packaging/icons.py build/icons
$python packaging/third_party.py build/third-party/darwin
$python -m PyInstaller --noconfirm --log-level WARN --workpath build --distpath dist packaging/page-keys.spec
app="dist/Page Keys.app"

# From the inside out, each with the rights it needs and no other: Apple's "Code Signing Guide".
sign=(codesign --force --timestamp --options runtime --sign "${SIGN_IDENTITY:--}")
[ -n "${SIGN_IDENTITY:-}" ] || sign=(codesign --force --sign -)
find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | xargs -0 "${sign[@]}"
helper=$(find "$app" -type d -path '*/Versions/A/Helpers/QtWebEngineProcess.app')
# The web engine's process brings its own list.
"${sign[@]}" --entitlements "$helper/Contents/Resources/QtWebEngineProcess.entitlements" "$helper"
find "$app" -type d -name '*.framework' -print0 | xargs -0 "${sign[@]}"
"${sign[@]}" --entitlements packaging/macos/entitlements.plist "$app"
codesign --verify --deep --strict "$app"

dmg="dist/page-keys-$version.dmg"
folder=$(mktemp -d)
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname "Page Keys" -srcfolder "$folder" -fs HFS+ -format ULFO -ov "$dmg"
rm -rf "$folder"
if [ -n "${SIGN_IDENTITY:-}" ]; then "${sign[@]}" "$dmg"; fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit --wait --keychain-profile "$NOTARY_PROFILE" "$dmg"
  xcrun stapler staple "$dmg"
fi
echo "Made $dmg"
pictures=$(mktemp -d)
"$app/Contents/MacOS/page-keys" --tour "$pictures"
