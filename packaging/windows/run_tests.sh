#!/usr/bin/env bash
# Runs the unit and window tests on Windows' Python under Wine; what cannot run there is named with its reason.
#   packaging/windows/run_tests.sh [TEST …]
set -euo pipefail
cd "$(dirname "$0")/../.."
packaging/windows/prepare.sh
. packaging/windows/wine.sh
start_screen
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(tests/unit tests/window)
# "offscreen" finds no fonts on Windows. The web view would end the whole run.
export PAGE_KEYS_TEST_PLATFORM=windows PAGE_KEYS_NO_WEB_VIEW=1
windows "$windows_python" -X faulthandler -m pytest -p no:cacheprovider -p no:xdist "${tests[@]}"
