"""Articles per month (or year) and outlet (pure); months without articles are kept as 0."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.dates.partial_date import PartialDate, Precision

MOST_MONTHS = 240  # bars of a picture; what is longer is counted by years
_SHOWN_OUTLETS = 6


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """Articles by period and outlet.

    `periods` are months or years, in order, without a gap. `by_outlet` holds
    a count for each period, outlets with the most articles first; None is an unknown outlet. The
    smallest, `other_outlets` in number, are taken together in `others`, empty if there are
    none. `undated` articles are nowhere.
    """

    periods: tuple[PartialDate, ...]
    by_outlet: Mapping[str | None, tuple[int, ...]]
    undated: int
    others: tuple[int, ...] = ()
    other_outlets: int = 0

    @property
    def unit(self) -> str:
        """What a period is: `month` or `year`."""
        return "month" if self.precision is Precision.MONTH else "year"

    @property
    def precision(self) -> Precision:
        """That of the periods."""
        return self.periods[0].precision if self.periods else Precision.YEAR

    @property
    def totals(self) -> tuple[int, ...]:
        """Articles by period, of all outlets."""
        return tuple(map(sum, zip(*self.stacks, strict=True)))

    @property
    def stacks(self) -> tuple[tuple[int, ...], ...]:
        """The counts of each outlet, followed by those of the others, if any."""
        return (*self.by_outlet.values(), *([self.others] if self.others else []))


def count_by_month(
    months: Mapping[tuple[PartialDate, str | None], int],
    articles: int,
    most_months: int = MOST_MONTHS,
) -> MonthlyCounts:
    """Spread the articles, of which those with a known month are counted by month and outlet.

    A coverage of more than `most_months` is counted by years.
    """
    known = sorted({month for month, _ in months})
    undated = articles - sum(months.values())
    if not known:
        return MonthlyCounts((), {}, undated)
    periods = _months(known[0], known[-1])
    if len(periods) > most_months:
        periods = tuple(dict.fromkeys(month.up_to(Precision.YEAR) for month in periods))
    precision = periods[0].precision
    counts = Counter[tuple[PartialDate, str | None]]()
    of_outlet = Counter[str | None]()
    for (month, outlet), count in months.items():
        of_outlet[outlet] += count
        counts[month.up_to(precision), outlet] += count
    shown = [outlet for outlet, _ in of_outlet.most_common(_SHOWN_OUTLETS)]
    by_outlet = {outlet: tuple(counts[period, outlet] for period in periods) for outlet in shown}
    rest = [outlet for outlet in of_outlet if outlet not in by_outlet]
    others = tuple(sum(counts[period, outlet] for outlet in rest) for period in periods)
    return MonthlyCounts(periods, by_outlet, undated, others if rest else (), len(rest))


def _months(first: PartialDate, last: PartialDate) -> tuple[PartialDate, ...]:
    start, end = (day.year * 12 + day.month - 1 for day in (first.first, last.first))
    return tuple(PartialDate(month // 12, month % 12 + 1) for month in range(start, end + 1))


@dataclass(frozen=True, slots=True)
class ChartLabels:
    """The texts of a chart: its title and the names of unknown and small outlets."""

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
