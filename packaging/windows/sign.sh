#!/usr/bin/env bash
# Signs a Windows program in its place (Authenticode), where SIGN_CERTIFICATE names a certificate; else leaves it as it is.
#   SIGN_CERTIFICATE     the certificate with its key, a PKCS #12 file
#   SIGN_PASSWORD_FILE   a file that holds its password
#   SIGN_TIMESTAMP_URL   a time-stamping service: with it the signature holds after the certificate ends
set -euo pipefail
[ -n "${SIGN_CERTIFICATE:-}" ] || exit 0
options=(-pkcs12 "$SIGN_CERTIFICATE" -h sha256 -n "Page Keys")
if [ -n "${SIGN_PASSWORD_FILE:-}" ]; then options+=(-readpass "$SIGN_PASSWORD_FILE"); fi
if [ -n "${SIGN_TIMESTAMP_URL:-}" ]; then options+=(-ts "$SIGN_TIMESTAMP_URL"); fi
# Beside it, and then in its place: a full disk leaves the file as it was.
signed="$1.signed"
trap 'rm -f "$signed"' EXIT
rm -f "$signed"
osslsigncode sign "${options[@]}" -in "$1" -out "$signed" >/dev/null
chmod --reference="$1" "$signed"
mv "$signed" "$1"
