"""Collect the articles of a build in a scratch file, each once; memory use does not grow."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Self

from index.build.addresses import identifying_url
from index.build.changes import Changes, Earlier, match_articles, unique_id
from index.dates.partial_date import PartialDate, first_moment
from index.models import Article, Identity, Skipped
from index.text.headlines import likeness
from index.text.sentences import split_sentences

_SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, address TEXT, text_hash TEXT NOT NULL,
    outlet TEXT, place TEXT NOT NULL, fields TEXT NOT NULL
);
CREATE INDEX articles_of_id ON articles (id);
CREATE INDEX articles_of_address ON articles (address);
CREATE INDEX articles_of_text ON articles (text_hash);
"""

# Where more articles than that share an address, it is a page of the site's and names none of them.
_MOST_AT_ONE_ADDRESS = 50


class Intake:
    """Collects articles in order; the same one twice (by address or by text) counts once."""

    def __init__(self) -> None:
        # Without a name, SQLite uses a temporary file of its own and deletes it.
        self._connection = sqlite3.connect("")
        self._connection.executescript(_SCHEMA)
        self.repeated = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete the scratch file."""
        self._connection.close()

    def try_add(self, article: Article, place: str) -> Skipped | None:
        """Add the article, or return the reason if its id is taken by another version of it.

        Of two versions at one address the later one counts (by date, otherwise by order), under
        the id of the first. The same text from another outlet is an article of its own, and so is
        another article at the same address or with the same id: its id then has part of its
        text's hash.
        """
        address = identifying_url(article.url)
        if self._fold(article, address, place):
            self.repeated += 1
            return None
        for known_address, other, known_place in self._with_id(article.id):
            is_elsewhere = _differ(address, known_address) or _differ(article.outlet, other.outlet)
            if not is_elsewhere and _is_version(article, other):
                return Skipped(place, f"same id {article.id!r} as in {known_place}, which is kept")
        self._connection.execute(
            "INSERT INTO articles (id, address, text_hash, outlet, place, fields) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (self._free_id(article), *_columns(article, address, place)),
        )
        return None

    def articles(self) -> Iterator[Article]:
        """Yield the articles in order."""
        rows = self._connection.execute("SELECT id, fields FROM articles ORDER BY number")
        for kept_id, fields in rows:
            yield replace(_unpacked(fields), id=kept_id)

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, None if there is none."""
        row = self._row("SELECT fields FROM articles WHERE id = ?", article_id)
        return replace(_unpacked(str(row[0])), id=article_id) if row else None

    def compare(self, before: Earlier | None) -> Changes:
        """Return what changed since `before`; an article in both keeps the id that it has there."""
        old = before.identities() if before else []
        new = [article.identity for article in self.articles()]
        same = match_articles(new, old)
        self._keep_ids(new, old, same)
        added, changed = [], []
        for row, article in enumerate(self.articles()):
            if row not in same:
                added.append(article.identity)
            elif before and not before.is_same(same[row], article):
                changed.append(article.identity)
        matched = set(same.values())
        return Changes(
            added=tuple(added),
            changed=tuple(changed),
            removed=tuple(one for row, one in enumerate(old) if row not in matched),
            unchanged=len(same) - len(changed),
        )

    def _fold(self, article: Article, address: str | None, place: str) -> bool:
        """Tell whether the article is here already; if so, keep the better of the two versions."""
        if (known := self._version(article, address)) is not None:
            number: object = known[0]
            is_better = _order(article.published) >= _order(known[1])
        elif row := self._row(
            "SELECT number, address FROM articles WHERE text_hash = ? "
            "AND coalesce(outlet, ?2, '') = coalesce(?2, outlet, '')",
            article.text_hash,
            article.outlet,
        ):
            number, known_address = row
            is_better = address is not None and known_address is None
        else:
            return False
        if is_better:
            self._connection.execute(
                "UPDATE articles SET address = ?, text_hash = ?, outlet = ?, place = ?, fields = ? "
                "WHERE number = ?",
                (*_columns(article, address, place), number),
            )
        return True

    def _version(
        self, article: Article, address: str | None
    ) -> tuple[int, PartialDate | None] | None:
        """Return number and date of the article's other version at this address."""
        if address is None:
            return None
        rows = self._connection.execute(
            "SELECT number, fields FROM articles WHERE address = ? ORDER BY number DESC LIMIT ?",
            (address, _MOST_AT_ONE_ADDRESS),
        )
        for number, fields in rows.fetchall():
            known = _unpacked(fields)
            if _is_version(article, known):
                return number, known.published
        return None

    def _with_id(self, article_id: str) -> list[tuple[str | None, Article, str]]:
        rows = self._connection.execute(
            "SELECT address, fields, place FROM articles WHERE id = ?", (article_id,)
        )
        return [(address, _unpacked(fields), place) for address, fields, place in rows]

    def _free_id(self, article: Article) -> str:
        wanted, number = article.id, 1
        while self._row("SELECT 1 FROM articles WHERE id = ?", wanted):
            wanted = unique_id(article.id, article.text_hash, {article.id})
            wanted += f"-{number}" if number > 1 else ""
            number += 1
        return wanted

    def _keep_ids(self, new: list[Identity], old: list[Identity], same: dict[int, int]) -> None:
        kept = {old[row].id for row in same.values()}
        ids = (
            old[same[row]].id if row in same else unique_id(one.id, one.text_hash, kept)
            for row, one in enumerate(new)
        )
        self._connection.executemany(
            "UPDATE articles SET id = ? WHERE number = ?",
            [(each, number) for number, each in enumerate(ids, 1)],
        )

    def _row(self, statement: str, *values: str | None) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = self._connection.execute(statement, values).fetchone()
        return row


def _columns(article: Article, address: str | None, place: str) -> tuple[str | None, ...]:
    published = str(article.published) if article.published else None
    fields = json.dumps(asdict(article) | {"published": published})
    return (address, article.text_hash, article.outlet, place, fields)


def _order(published: PartialDate | None) -> tuple[bool, datetime]:
    return published is not None, first_moment(published)


def _unpacked(fields: str) -> Article:
    values = json.loads(fields)
    published = values["published"] and PartialDate.parse(values["published"])
    return Article(**values | {"published": published})


def _differ(one: str | None, other: str | None) -> bool:
    return None not in (one, other) and one != other


def _is_version(one: Article, other: Article) -> bool:
    """Tell whether two articles with one address or id may be versions of the same.

    They are not if they state different headlines and share less than half of their sentences:
    some sites state the address of a section on all of its pages, and exports number from 1.
    """
    is_unstated = one.headline_stands_in or other.headline_stands_in
    if is_unstated or likeness(one.headline, other.headline):
        return True
    sentences, others = ({*_sentences(each)} for each in (one, other))
    return 2 * len(sentences & others) >= min(len(sentences), len(others))


def _sentences(article: Article) -> Iterator[str]:
    for span in split_sentences(article.text, article.language):
        yield article.text[span.start : span.end]
