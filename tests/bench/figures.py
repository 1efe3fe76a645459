"""What a part measured: figures, each beside the anchor of the same run, and how they stand to the aims."""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

#: What an aim bounds: value / anchor, the value itself, or value - anchor.
AimOn = Literal["ratio", "value", "difference"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a part, in `unit`, beside its anchor in the same unit; `aim` is the most that it should be.

    `round_ratio` is the median of the rounds' own ratios, where rounds were measured in turn: noise hits both then.
    """

    part: str
    what: str
    value: float
    unit: str
    anchor_name: str = ""
    anchor: float | None = None
    aim: float | None = None
    aim_on: AimOn = "ratio"
    round_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the anchor it is; None without one."""
        if self.round_ratio is not None:
            return self.round_ratio
        return self.value / self.anchor if self.anchor else None

    @property
    def bounded(self) -> float:
        """The number that the aim bounds."""
        if self.aim_on == "ratio":
            assert self.ratio is not None, f"{self.what}: no anchor"
            return self.ratio
        if self.aim_on == "difference":
            assert self.anchor is not None, f"{self.what}: no anchor"
            return self.value - self.anchor
        return self.value

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        return None if self.aim is None else self.bounded <= self.aim

    def line(self) -> str:
        """What, value, anchor and ratio, as the part prints them."""
        words = f"{self.what:<44} {_number(self.value):>8} {self.unit:<5}"
        if self.anchor is not None:
            words += f" {self.anchor_name} {_number(self.anchor)} {self.unit}"
        if self.ratio is not None:
            words += f"   ratio {_number(self.ratio)}"
        return words + (f"   {self.note}" if self.note else "")

    def aim_line(self) -> str:
        """How it stands to its aim."""
        assert self.aim is not None
        words = "met   " if self.met else "missed"
        aim = f"(aim {self.aim:g})"
        if self.aim_on == "ratio":
            return f"{words}  {self.what}: {_number(self.bounded)} times {self.anchor_name} {aim}"
        if self.aim_on == "difference":
            return f"{words}  {self.what}: {_number(self.bounded)} {self.unit} more than {self.anchor_name} {aim}"
        return f"{words}  {self.what}: {' '.join((_number(self.value), self.unit)).rstrip()} {aim}"


def _number(value: float) -> str:
    """Three digits that count, or all before the point."""
    size = abs(value)
    if value == int(value) and size < 1000:
        return str(int(value))
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.{2 if size >= 0.1 else 3}f}"


def figure_of_rounds(
    part: str, what: str, unit: str, rounds: Sequence[tuple[float, float]], anchor_name: str, **more: Any
) -> Figure:
    """A figure from rounds of (anchor, value), measured in turn: medians of both, and of the rounds' ratios."""
    anchors, values = zip(*rounds, strict=True)
    return Figure(
        part,
        what,
        statistics.median(values),
        unit,
        anchor_name,
        statistics.median(anchors),
        round_ratio=statistics.median(value / anchor for anchor, value in rounds),
        **more,
    )


def report(figures: Iterable[Figure]) -> None:
    """Print a part's figures as they come; write them for the parent where the command line names a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--figures", type=Path, help="a file that takes each figure as a line of JSON")
    path: Path | None = parser.parse_args().figures
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    lines = []
    for figure in figures:
        print(figure.line(), flush=True)
        lines.append(figure)
        if path is not None:
            with path.open("a") as file:
                file.write(json.dumps(asdict(figure)) + "\n")
    if path is None:
        print_aims(lines)


def read_figures(path: Path) -> Iterator[Figure]:
    """The figures that a part wrote."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield Figure(**json.loads(line))


def print_aims(figures: Iterable[Figure]) -> None:
    """Say of every figure that has an aim whether it is met, the missed ones first."""
    aimed = [figure for figure in figures if figure.aim is not None]
    missed = sum(not figure.met for figure in aimed)
    print(f"\n== aims: {len(aimed) - missed} met, {missed} missed")
    for figure in sorted(aimed, key=lambda one: bool(one.met)):
        print(f"{figure.aim_line()}   [{figure.part}]")
