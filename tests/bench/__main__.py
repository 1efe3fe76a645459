"""Run the benchmarks: python -m tests.bench [first-paint] [stall] [keychain]."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import first_paint, stall, vault

ALL = {"first-paint": first_paint.run, "stall": stall.run, "keychain": vault.run}


def main() -> None:
    for name in sys.argv[1:] or ALL:
        print(f"\n== {name}", flush=True)
        ALL[name]()


if __name__ == "__main__":
    main()
