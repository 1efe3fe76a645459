"""The bundle's start against that of the unbundled program: until it holds its profile, right after the first paint."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, figure_of_rounds, report

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "dist" / "page-keys" / "page-keys"
ROUNDS = 15
_LONGEST = 60


def _start(*command: str) -> float:
    """Milliseconds from the start of a process to its hold on a new profile."""
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "profile" / "running.lock"
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": folder}
        began = time.monotonic()
        program = subprocess.Popen(
            [*command, "--profile", str(lock.parent)], cwd=ROOT, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            while not lock.exists():
                if program.poll() is not None or time.monotonic() - began > _LONGEST:
                    raise RuntimeError(f"{command[0]} did not start")
                time.sleep(0.001)
            return (time.monotonic() - began) * 1000
        finally:
            program.kill()
            program.wait()


def measure() -> Iterator[Figure]:
    """Nothing where there is no bundle: `make bundle` makes it."""
    if not BUNDLE.is_file():
        print("there is no bundle to measure: make bundle")
        return
    rounds = [(_start(sys.executable, "main.py"), _start(str(BUNDLE))) for _ in range(ROUNDS + 1)][1:]
    yield figure_of_rounds("bundle-start", "start of the bundle", "ms", rounds, "the unbundled program", aim=1.3)


def main() -> None:
    report(measure())


if __name__ == "__main__":
    main()
