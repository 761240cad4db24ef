"""Which passages of an edition are nearest to a question, by their vectors and by their words."""

from collections.abc import Iterable, Mapping

from index.encoders.base import Vectors
from index.milvus.editions import Edition
from index.milvus.engine import Engine
from index.milvus.frequencies import DocumentFrequencies
from index.milvus.passages import FIELDS, PassageRows
from index.milvus.rows import condition
from index.milvus.schema import DENSE, DENSE_INDEXES, TERMS
from index.milvus.weighting import term_number
from index.models import Filters, PassageNo
from index.text.bm25 import idf

_MOST_ON_TOPIC = 2_000  # passages that hold most of a topic's words, of which its timeline is made


class PassageSearch:
    """Searches one edition; several threads may. What it finds is kept in `rows`."""

    def __init__(
        self,
        engine: Engine,
        edition: Edition,
        rows: PassageRows,
        frequencies: DocumentFrequencies,
    ) -> None:
        self._engine = engine
        self._number = edition.number
        self._passages = edition.manifest.passages
        self._parameters = DENSE_INDEXES[edition.index_type][1]
        self._rows = rows
        self._frequencies = frequencies

    def by_vector(self, vector: Vectors, count: int, filters: Filters) -> dict[PassageNo, float]:
        """Return the cosine of the `count` passages that the index finds nearest, best first."""
        fits = condition(self._number, filters)
        found = self._engine.nearest(DENSE, vector, count, fits, FIELDS, self._parameters)
        self._rows.keep([row for _, row in found])
        return _best_first({PassageNo(row["number"]): score for score, row in found})

    def by_terms(
        self, terms: Iterable[str], count: int, filters: Filters
    ) -> dict[PassageNo, float]:
        """Return the BM25 of the `count` passages where it is highest, best first."""
        weights = {
            term_number(term): idf(self._passages, holding)
            for term, holding in self._frequencies.of(terms).items()
            if holding
        }
        if not weights:
            return {}
        fits = condition(self._number, filters)
        found = self._engine.nearest(TERMS, weights, count, fits, FIELDS, parameters={})
        self._rows.keep([row for _, row in found])
        return _best_first({PassageNo(row["number"]): score for score, row in found})

    def shares(self, weights: Mapping[str, float]) -> dict[PassageNo, float]:
        """Return the share of the terms' weights that passages contain which contain most."""
        total = sum(weights.values())
        if not total:
            return {}
        numbers = {term_number(term): weight for term, weight in weights.items()}
        found = self._engine.nearest(
            TERMS,
            numbers,
            _MOST_ON_TOPIC,
            condition(self._number),
            [*FIELDS, TERMS],
            parameters={},
        )
        self._rows.keep([row for _, row in found])
        return {
            PassageNo(row["number"]): sum(
                weight / total for number, weight in numbers.items() if number in row[TERMS]
            )
            for _, row in found
        }


def _best_first(scores: dict[PassageNo, float]) -> dict[PassageNo, float]:
    return {n: scores[n] for n in sorted(scores, key=lambda n: (-scores[n], n))}
