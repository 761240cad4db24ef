"""How many passages of an edition contain a term, kept, as questions share their words."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from index.milvus.batches import portions
from index.milvus.engine import Engine
from index.milvus.rows import any_of
from index.milvus.schema import Table
from index.milvus.weighting import term_number

_KEPT = 50_000  # terms


class DocumentFrequencies:
    """Those of one edition; several threads may ask."""

    def __init__(self, engine: Engine, edition: int) -> None:
        self._engine = engine
        self._edition = edition
        self._lock = Lock()
        self._kept: OrderedDict[str, int] = OrderedDict()

    def of(self, terms: Iterable[str]) -> dict[str, int]:
        """Return the number of passages that contain each term, 0 for an unknown one."""
        wanted = list(dict.fromkeys(terms))
        with self._lock:
            known = {each: self._kept[each] for each in wanted if each in self._kept}
        missing = [each for each in wanted if each not in known]
        for some in portions(missing):
            known |= self._query(some)
        if missing:
            with self._lock:
                self._kept.update(known)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return {each: known[each] for each in wanted}

    def _query(self, terms: Sequence[str]) -> dict[str, int]:
        number_of = {term: term_number(term) for term in terms}
        fits = f"since <= {self._edition} and {any_of('term', list(number_of.values()))}"
        rows = self._engine.query(Table.FREQUENCIES, fits, ["term", "since", "passages"])
        latest: dict[int, tuple[int, int]] = {}
        for row in rows:
            known = latest.get(row["term"], (0, 0))
            latest[row["term"]] = max(known, (row["since"], row["passages"]))
        return {term: latest.get(number, (0, 0))[1] for term, number in number_of.items()}
