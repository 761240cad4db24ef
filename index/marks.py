"""Where dates stand above the bars of a spread (pure)."""

from collections.abc import Sequence

from index.dates import days_of
from index.spread import Spread


def set_apart(places: Sequence[float], low: float, high: float, width: float) -> list[float]:
    """Return the places, sorted, moved sideways as little as it takes to stand `width` apart."""
    shown: list[float] = []
    for place in places:
        shown.append(max(place, shown[-1] + width if shown else low + width / 2))
    limit = high - width / 2
    for row in reversed(range(len(shown))):
        shown[row] = limit = min(shown[row], limit)
        limit -= width
    return shown


def place_on_axis(day: str, spread: Spread) -> float | None:
    """Return where a date's first day lies among the periods, the first one from -0.5 to 0.5.

    None where its period is unknown or not among them.
    """
    known = {period: place for place, period in enumerate(spread.periods)}
    length = len("2022-11") if spread.unit == "month" else len("2022")
    place = known.get(day[:length])
    if place is None:
        return None
    first, last = days_of(spread.periods[place])
    return place - 0.5 + ((days_of(day)[0] - first).days + 0.5) / ((last - first).days + 1)
