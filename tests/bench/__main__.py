"""Run the benchmarks: python -m tests.bench [first-paint] [stall] [keychain] [answers] [agency]."""

import compileall
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import agency, answers, first_paint, stall, vault

ALL = {
    "first-paint": first_paint.run,
    "stall": stall.run,
    "keychain": vault.run,
    "answers": answers.run,
    "agency": agency.run,
}


def main() -> None:
    # As installed: an interpreter that may not write would compile the program at every start.
    compileall.compile_dir(str(Path(__file__).parents[2] / "gui"), quiet=2)
    for name in sys.argv[1:] or ALL:
        print(f"\n== {name}", flush=True)
        ALL[name]()


if __name__ == "__main__":
    main()
