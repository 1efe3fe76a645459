#!/usr/bin/env bash
# Prints the moment of the source in Unix time: its last commit's, or outside of a clone its change log's.
cd "$(dirname "$0")/.." && { git log -1 --format=%ct 2>/dev/null || date -r CHANGELOG.md +%s; }
