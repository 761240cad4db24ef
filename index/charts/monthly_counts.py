"""Articles per month (or year) and outlet (pure); months without articles are kept as 0."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

MOST_MONTHS = 240  # bars of a picture; what is longer is counted by years
_SHOWN_OUTLETS = 6


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """Articles by period and outlet.

    `periods` are months (`2022-11`) or years (`2022`), in order, without a gap. `by_outlet` holds
    a count for each period, outlets with the most articles first; None is an unknown outlet. The
    smallest, `other_outlets` in number, are taken together in `others`, empty where there are
    none. `undated` articles are nowhere.
    """

    periods: tuple[str, ...]
    by_outlet: Mapping[str | None, tuple[int, ...]]
    undated: int
    others: tuple[int, ...] = ()
    other_outlets: int = 0

    @property
    def unit(self) -> str:
        """What a period is: `month` or `year`."""
        return "month" if any("-" in period for period in self.periods) else "year"

    @property
    def totals(self) -> tuple[int, ...]:
        """Articles by period, of all outlets."""
        return tuple(map(sum, zip(*self.stacks, strict=True)))

    @property
    def stacks(self) -> tuple[tuple[int, ...], ...]:
        """The counts of each outlet, and behind them those of the others, if any."""
        return (*self.by_outlet.values(), *([self.others] if self.others else []))


def count_by_month(
    months: Mapping[tuple[str, str | None], int], articles: int, most_months: int = MOST_MONTHS
) -> MonthlyCounts:
    """Spread the articles, of which those with a known month are counted by month and outlet.

    A coverage of more than `most_months` is counted by years.
    """
    known = sorted({month for month, _ in months})
    undated = articles - sum(months.values())
    if not known:
        return MonthlyCounts((), {}, undated)
    periods = _months(known[0], known[-1])
    length = len("2022-11")
    if len(periods) > most_months:
        length = len("2022")
        periods = tuple(f"{year:04}" for year in range(int(known[0][:4]), int(known[-1][:4]) + 1))
    counts = Counter[tuple[str, str | None]]()
    of_outlet = Counter[str | None]()
    for (month, outlet), count in months.items():
        of_outlet[outlet] += count
        counts[month[:length], outlet] += count
    shown = [outlet for outlet, _ in of_outlet.most_common(_SHOWN_OUTLETS)]
    by_outlet = {outlet: tuple(counts[period, outlet] for period in periods) for outlet in shown}
    rest = [outlet for outlet in of_outlet if outlet not in by_outlet]
    others = tuple(sum(counts[period, outlet] for outlet in rest) for period in periods)
    return MonthlyCounts(periods, by_outlet, undated, others if rest else (), len(rest))


def _months(first: str, last: str) -> tuple[str, ...]:
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1))


@dataclass(frozen=True, slots=True)
class ChartLabels:
    """What is written on a picture: its title, and what unknown and small outlets are called."""

    title: str
    unknown: str
    others: str


def english_labels(monthly_counts: MonthlyCounts) -> ChartLabels:
    """Return the English labels of a chart of these counts."""
    dated = sum(monthly_counts.totals)
    title = f"{dated:,} article{'s' * (dated != 1)} by {monthly_counts.unit}"
    if monthly_counts.undated:
        title += f" · {monthly_counts.undated:,} more without a date"
    if not dated:
        title = f"{monthly_counts.undated:,} articles, none with a date"
    return ChartLabels(title, "outlet unknown", f"{monthly_counts.other_outlets} others")
