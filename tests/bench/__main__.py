"""Run the benchmarks: python -m tests.bench [part ...]. Each part runs in a process of its own; the aims come last."""

import argparse
import compileall
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, print_aims, read_figures

ROOT = Path(__file__).parents[2]
PARTS = ("first-paint", "bundle-start", "stall", "keychain", "answers", "table", "agency")
#: No part takes half as long (seconds).
_LONGEST = 900


def _run_part(name: str, path: Path) -> bool:
    """Whether a part ran to its end; else its stderr is shown. Its figures are in `path`."""
    command = [sys.executable, "-m", f"tests.bench.{name.replace('-', '_')}", "--figures", str(path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # A file: a pipe would stay open as long as any process that the part started.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        part = subprocess.Popen(command, cwd=ROOT, stderr=errors, env=environment, start_new_session=True)
        try:
            code = part.wait(_LONGEST)
        except subprocess.TimeoutExpired:
            print(f"{name} took longer than {_LONGEST} s", flush=True)
            _end(part)
            code = -1
        except KeyboardInterrupt:
            _end(part)
            raise
        if code:
            errors.seek(0)
            print(f"{name} FAILED (exit code {code}):\n{errors.read()}", flush=True)
    return not code


def _end(part: subprocess.Popen[bytes]) -> None:
    """End a part and all that it started: as Ctrl+C does, and if that does not help at once."""
    os.killpg(part.pid, signal.SIGINT)
    try:
        part.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()


def main() -> int:
    """Run the parts one after the other, and print every aim; the exit code is 1 when a part failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the program against anchors.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all without one")
    names: list[str] = parser.parse_args().parts or list(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)} (of {', '.join(PARTS)})")
    # As installed: an interpreter that may not write would compile the program at every start.
    compileall.compile_dir(str(ROOT / "gui"), quiet=2)
    began = time.monotonic()
    figures: list[Figure] = []
    failed_parts: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            print(f"\n== {name}", flush=True)
            path = Path(folder) / f"{name}.jsonl"
            path.touch()
            if not _run_part(name, path):
                failed_parts.append(name)
            figures += read_figures(path)
    print(f"\nall parts took {time.monotonic() - began:.0f} s", flush=True)
    if failed_parts:
        print(f"FAILED: {', '.join(failed_parts)}")
    print_aims(figures)
    return 1 if failed_parts else 0


if __name__ == "__main__":
    sys.exit(main())
