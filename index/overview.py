"""A summary of the whole coverage."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.charts.monthly_counts import MonthlyCounts, count_by_month
from index.dates.partial_date import PartialDate
from index.store.base import Store


@dataclass(frozen=True, slots=True)
class Overview:
    """A summary of the whole coverage.

    `outlets` maps each outlet to its number of articles, the largest first; if they add up to less
    than `articles`, the others' outlet is unknown. `undated` articles have no known year.
    `oldest` and `newest` are dates of publication, None if no article has one. `built_at` is
    ISO 8601 in UTC, `picture` a PNG of the `monthly_counts`, labelled in English.
    """

    articles: int
    outlets: Mapping[str, int]
    undated: int
    oldest: PartialDate | None
    newest: PartialDate | None
    built_at: str
    encoder: str
    monthly_counts: MonthlyCounts
    picture: bytes


def read_overview(store: Store) -> Overview:
    """Return the overview of an open coverage."""
    manifest = store.manifest
    return Overview(
        manifest.articles,
        store.outlets(),
        store.undated(None),
        manifest.oldest,
        manifest.newest,
        manifest.built_at,
        manifest.encoder.name,
        count_by_month(store.months(), manifest.articles),
        store.picture,
    )
