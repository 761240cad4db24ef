"""How many passages of an edition hold each term: a build writes down what it changes."""

from collections import Counter
from collections.abc import Iterable

from index.milvus.batches import portions
from index.milvus.engine import Row
from index.milvus.lock import LockedTables
from index.milvus.rows import any_of
from index.milvus.schema import TERMS, Table


class FrequencyChanges:
    """The frequencies of the terms of the edition of this number, while it is built."""

    def __init__(self, tables: LockedTables, number: int) -> None:
        """Delete what a killed build has written."""
        self._tables = tables
        self._engine = tables.engine
        self._number = number
        self._changes: Counter[int] = Counter()
        tables.delete(Table.FREQUENCIES, f"since >= {number}")

    def add(self, passages: Iterable[Row]) -> None:
        """Count passages that the edition holds and the one before it doesn't."""
        self._count(passages, 1)

    def remove(self, passages: Iterable[Row]) -> None:
        """Count passages that it doesn't hold, though the one before does, or they were added."""
        self._count(passages, -1)

    def _count(self, passages: Iterable[Row], sign: int) -> None:
        for row in passages:
            for term in row[TERMS]:
                self._changes[int(term)] += sign

    def write(self) -> None:
        """Write how many passages hold each term, of those for which that has changed."""
        changed = [term for term, change in self._changes.items() if change]
        for some in portions(changed):
            before: dict[int, tuple[int, int]] = {}
            if self._number > 1:
                fits = f"{any_of('term', some)} and since < {self._number}"
                for row in self._engine.rows(
                    Table.FREQUENCIES, fits, ["number", "term", "since", "passages"]
                ):
                    known = before.get(row["term"], (0, 0))
                    before[row["term"]] = max(known, (row["since"], row["passages"]))
            self._tables.insert(
                Table.FREQUENCIES,
                [
                    {
                        "number": (self._number << 32) | term,
                        "since": self._number,
                        "term": term,
                        "passages": before.get(term, (0, 0))[1] + self._changes[term],
                    }
                    for term in some
                ],
            )

    def remove_unused(self, oldest: int) -> None:
        """Delete the frequencies that no edition from `oldest` on asks for."""
        for some in portions(list(self._changes)):
            fits = f"{any_of('term', some)} and since <= {oldest}"
            latest: dict[int, int] = {}
            unused: list[int] = []
            for row in self._engine.rows(Table.FREQUENCIES, fits, ["number", "term", "since"]):
                older = min(row["number"], latest.get(row["term"], row["number"]))
                newer = max(row["number"], latest.get(row["term"], row["number"]))
                if older != newer:
                    unused.append(older)
                latest[row["term"]] = newer
            for part in portions(unused):
                self._tables.delete(Table.FREQUENCIES, any_of("number", part))
