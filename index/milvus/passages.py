"""Rows of passages, kept once they were found: what is asked next about a question is of them."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.milvus.batches import portions
from index.milvus.edition_check import EditionCheck
from index.milvus.engine import Engine, Row
from index.milvus.rows import any_of, numbered, unpack_vector
from index.milvus.schema import DENSE, Table
from index.models import ArticleNo, Filters, PassageNo, SentenceNo
from index.store.base import Origin, Passage

FIELDS = (
    "number",
    "article",
    "outlet",
    "published",
    "first_day",
    "last_day",
    "first",
    "last",
    DENSE,
)
_KEPT = 4_096


class PassageRow(NamedTuple):
    """A passage, its origin, the first and the last day of its date, and its vector."""

    passage: Passage
    origin: Origin
    days: tuple[int, int]
    vector: Vectors

    def passes(self, filters: Filters) -> bool:
        """Tell whether its article passes the filters."""
        first, last = self.days
        return (
            (filters.outlet is None or self.origin.outlet == filters.outlet)
            and (filters.since is None or first >= int(f"{filters.since:%Y%m%d}"))
            and (filters.until is None or last <= int(f"{filters.until:%Y%m%d}"))
        )


class PassageRows:
    """Those of one edition; several threads may ask."""

    def __init__(self, engine: Engine, check: EditionCheck) -> None:
        self._engine = engine
        self._check = check
        self._lock = Lock()
        self._kept: OrderedDict[PassageNo, PassageRow] = OrderedDict()

    def fetch(self, numbers: Iterable[PassageNo]) -> dict[PassageNo, PassageRow]:
        """Return the rows of these passages, in the order of the numbers."""
        wanted = list(dict.fromkeys(numbers))
        with self._lock:
            known = {each: self._kept[each] for each in wanted if each in self._kept}
        for some in portions([each for each in wanted if each not in known]):
            rows = self._engine.query(Table.PASSAGES, any_of("number", some), FIELDS)
            known |= self.keep(rows)
        self._check.is_whole("passages", len(wanted), len(known))
        return {each: known[each] for each in wanted}

    def vectors_of_sentences(self, passages: Iterable[Passage]) -> dict[SentenceNo, Vectors]:
        """Return the vector of each sentence of these passages, shape (d,)."""
        of_number = {each.number: each for each in passages}
        found: dict[SentenceNo, Vectors] = {}
        for some in portions(list(of_number)):
            fits = any_of("number", some)
            rows = self._engine.query(Table.PASSAGES, fits, ["number", "sentences"])
            self._check.is_whole("passages", len(some), len(rows))
            for row in rows:
                numbers = of_number[row["number"]].sentences
                vectors = map(unpack_vector, row["sentences"])
                found.update(zip(numbers, vectors, strict=True))
        return found

    def keep(self, rows: Sequence[Row]) -> dict[PassageNo, PassageRow]:
        """Keep rows, which have `FIELDS`, and return them by their number."""
        found = {PassageNo(row["number"]): _read_row(row) for row in rows}
        with self._lock:
            self._kept.update(found)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found


def _read_row(row: Mapping[str, Any]) -> PassageRow:
    article = ArticleNo(row["article"])
    number = PassageNo(row["number"])
    first, last = (SentenceNo(numbered(article, row[name])) for name in ("first", "last"))
    published = PartialDate.parse(row["published"]) if row["published"] else None
    return PassageRow(
        Passage(number, article, first, last),
        Origin(article, published, row["first"], row["outlet"] or None),
        (row["first_day"], row["last_day"]),
        np.asarray(row[DENSE], np.float32),
    )
