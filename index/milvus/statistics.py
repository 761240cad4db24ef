"""What an edition counts at its build, as Milvus itself groups nothing (pure)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.dates.partial_date import PartialDate, Precision
from index.models import Article


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of articles by what an overview of the coverage shows.

    `outlets` has those with the most articles first, `months` the articles of a known month by
    month and outlet, `undated` those without a year by outlet.
    """

    outlets: Mapping[str, int]
    months: Mapping[tuple[PartialDate, str | None], int]
    undated: Mapping[str | None, int]
    languages: Mapping[str, int]


@dataclass(slots=True)
class Tally:
    """Counts the articles of an edition."""

    articles: int = 0
    sentences: int = 0
    passages: int = 0
    dates: list[PartialDate] = field(default_factory=list)
    _outlets: Counter[str] = field(default_factory=Counter)
    _months: Counter[tuple[PartialDate, str | None]] = field(default_factory=Counter)
    _undated: Counter[str | None] = field(default_factory=Counter)
    _languages: Counter[str] = field(default_factory=Counter)

    def add(self, article: Article, sentences: int, passages: int) -> None:
        """Count an article."""
        self.articles += 1
        self.sentences += sentences
        self.passages += passages
        if article.outlet is not None:
            self._outlets[article.outlet] += 1
        if article.language is not None:
            self._languages[article.language] += 1
        published = article.published
        if published is None or not published.has_year:
            self._undated[article.outlet] += 1
            return
        both = sorted([*self.dates, published], key=str)
        self.dates = [both[0], both[-1]]
        if published.precision >= Precision.MONTH:
            self._months[published.up_to(Precision.MONTH), article.outlet] += 1

    def statistics(self) -> Statistics:
        """Return the counts, in the order in which a snapshot has them."""
        outlets = sorted(self._outlets.items(), key=lambda each: (-each[1], each[0]))
        months = sorted(self._months.items(), key=lambda each: (str(each[0][0]), each[0][1] or ""))
        return Statistics(dict(outlets), dict(months), dict(self._undated), dict(self._languages))


def statistics_fields(statistics: Statistics) -> dict[str, Any]:
    """Return the counts as fields of JSON; `read_statistics` reads them."""
    months = [[str(month), outlet, n] for (month, outlet), n in statistics.months.items()]
    return {
        "outlets": dict(statistics.outlets),
        "months": months,
        "undated": list(statistics.undated.items()),
        "languages": dict(statistics.languages),
    }


def read_statistics(fields: Mapping[str, Any]) -> Statistics:
    """Return the counts of such fields."""
    return Statistics(
        outlets=fields["outlets"],
        months={(PartialDate.parse(month), outlet): n for month, outlet, n in fields["months"]},
        undated=dict(fields["undated"]),
        languages=fields["languages"],
    )
