"""How much of what Facebook allows is used up, from the usage headers (Rate Limits). Unknown shapes say nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: From here on calls are spaced out, before Facebook refuses them (percent).
NEAR = 85
_LONGEST_SPACING = 60.0
#: Usage is counted over an hour that moves along: a percent of it is free again after so long (seconds).
_PERCENT_COMES_BACK = 36.0


@dataclass(frozen=True, slots=True)
class Usage:
    """`percent` is the highest percentage named; `regain` the seconds until calls are answered again (0: not told).

    `cost` is how many percent the latest call used up.
    """

    percent: int = 0
    regain: int = 0
    cost: int = 0

    @property
    def spacing(self) -> float:
        """Seconds to leave before the next call: none far from the limit, growing as it nears."""
        if self.percent < NEAR:
            return 0.0
        nearness = (min(self.percent, 100) - NEAR) / (100 - NEAR)
        # A call that costs much is made as seldom as its share comes back, the more so the nearer the limit is.
        by_cost = self.cost * _PERCENT_COMES_BACK * nearness
        by_nearness = 0.5 * 2.0 ** ((min(self.percent, 100) - NEAR) / 3)
        return float(min(_LONGEST_SPACING, max(by_nearness, by_cost)))


def _objects(text: str) -> list[dict[str, Any]]:
    """Every object in a header: one, or lists of them by business."""
    try:
        usage = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(usage, dict):
        return []
    lists = [value for value in usage.values() if isinstance(value, list)]
    return [usage, *(entry for value in lists for entry in value if isinstance(entry, dict))]


def _number(value: Any) -> int:
    return (
        int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1_000_000 else 0
    )


def read_usage(headers: Mapping[str, str], before: Usage = Usage()) -> Usage:
    """The usage in an answer's headers; `estimated_time_to_regain_access` is in minutes there.

    `before` is that of the call before, by which is told what this one cost.
    """
    percent = regain = 0
    for name in ("X-App-Usage", "X-Page-Usage", "X-Business-Use-Case-Usage"):
        for entry in _objects(headers.get(name, "")[:20_000]):
            percent = max(percent, *(_number(entry.get(key)) for key in ("call_count", "total_time", "total_cputime")))
            regain = max(regain, 60 * _number(entry.get("estimated_time_to_regain_access")))
    return Usage(percent, regain, max(0, percent - before.percent) if before.percent else 0)
