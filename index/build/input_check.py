"""What looks wrong with the articles of a build as a whole: what an export loses, it loses in all.

One article without a date is common; half of them without one is a field with another name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from index.dates.partial_date import PartialDate
from index.models import Article

_FIRST_YEAR = 1900
_MANY = 5  # articles under one address; two or three are versions of one article
_SHOWN = 3  # examples of each
_CUT = ("…", "...", "[…]", "[...]", "…]", "...]", "chars]")  # the last is NewsAPI's mark


# Letters that came about when UTF-8 was read as Windows text, Western or Cyrillic: â€™, Ã©, РџР°.
_MISREAD = re.compile(
    "â€[\u2019\u201c\u201d\u0153\u02dc\u00a6\x9d\x99\x9c]|Ã[\xa0-\xbf]"
    "|(?:[РС][\u0400-\u040f\u0450-\u045f\xa0-\xbf\u2018-\u2026\u20ac\u2030\u2039\u203a\u2116\u2122]){3}"
)


class InputCheck:
    """Counts what is missing or odd in articles as they are read."""

    def __init__(self, today: date) -> None:
        self._tomorrow = today + timedelta(days=1)
        self._articles = 0
        self._missing: Counter[str] = Counter()
        self._misdated: list[str] = []
        self._cut = 0
        self._misread: list[str] = []
        self._addresses: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()

    def add(self, article: Article) -> None:
        """Count one article."""
        self._articles += 1
        known = {"date": article.published, "outlet": article.outlet, "address": article.url}
        self._missing.update(name for name, value in known.items() if value is None)
        if self._is_misdated(article.published):
            self._misdated.append(f"{article.id} ({article.published})")
        self._cut += article.text.rstrip().endswith(_CUT)
        if _MISREAD.search(article.text):
            self._misread.append(article.id)
        if article.url:
            self._addresses[article.url] += 1
        if article.language:
            self._languages[article.language] += 1

    def findings(self, encoder: str, readable: frozenset[str] | None) -> Iterator[str]:
        """Yield what an operator should look at, a line each.

        `readable` are the languages (ISO 639-1) that the model named `encoder` was trained on,
        None if they are not known.
        """
        for name in ("date", "outlet", "address"):
            if count := self._missing[name]:
                yield f"{self._share(count)} have no {name}"
        if self._misdated:
            dated = f"dated outside {_FIRST_YEAR} to {self._tomorrow}"
            yield f"{self._share(len(self._misdated))} are {dated}: {_some(self._misdated)}"
        shared = [f"{url} ({n:,})" for url, n in self._addresses.most_common() if n >= _MANY]
        if shared:
            addresses = f"{len(shared):,} addresses"
            yield f"{addresses} are those of {_MANY} or more articles each: {_some(shared)}"
        if self._cut:
            yield f"{self._share(self._cut)} end in “…”, as excerpts do"
        if self._misread:
            misread = "have letters that were misread before, such as “â€™”"
            yield f"{self._share(len(self._misread))} {misread}: {_some(self._misread)}"
        if unreadable := find_unreadable(self._languages, self._articles, encoder, readable):
            yield unreadable

    def _is_misdated(self, published: PartialDate | None) -> bool:
        if published is None or not published.has_year:
            return False
        return published.first.year < _FIRST_YEAR or published.first > self._tomorrow

    def _share(self, count: int) -> str:
        return _share(count, self._articles)


def find_unreadable(
    languages: Mapping[str, int], articles: int, encoder: str, readable: frozenset[str] | None
) -> str | None:
    """Return what is wrong if most articles are in languages that the encoder doesn't read.

    `languages` counts the articles of each. `readable` are the languages (ISO 639-1) that the model
    named `encoder` was trained on, None if they are not known.
    """
    if readable is None:
        return None
    others = {code: count for code, count in languages.items() if code not in readable}
    unreadable = sum(others.values())
    if 2 * unreadable <= articles:
        return None
    codes = ", ".join(sorted(others, key=lambda code: (-others[code], code))[:_SHOWN])
    return (
        f"{_share(unreadable, articles)} are in languages ({codes}) that the embedding model "
        f"{encoder} was not trained on, so answers and refusals are poor: set EMBEDDING_MODEL to a "
        "multilingual model, see docs/operating.md"
    )


def _share(count: int, articles: int) -> str:
    return f"{count:,} of {articles:,} articles ({count / articles:.0%})"


def _some(examples: list[str]) -> str:
    more = len(examples) - _SHOWN
    return ", ".join(examples[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
