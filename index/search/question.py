"""A question or a topic, parsed once: its terms and their weights, its vector, its answer type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.encoders.base import TextEncoder, Vectors
from index.encoders.scale import CosineScales
from index.search.answer_types import AnswerType, expected_type
from index.search.time_expressions import Timing, asks_for_latest, read_timing
from index.store.base import Store
from index.text.bm25 import idf
from index.text.terms import name_terms, split_terms


@dataclass(frozen=True, slots=True, eq=False)
class ParsedQuestion:
    """All that finding, ranking and answering use of a question.

    `terms` are its stems in order, each once, and `idf` gives the weight of each among the
    passages of the store. `vector` is a unit vector, shape (d,); `scales` are those of its
    encoder. `names` are the stems of its names and figures. `answer_type` is None if its words
    don't say what they ask for.
    """

    text: str
    terms: tuple[str, ...]
    idf: Mapping[str, float]
    vector: Vectors
    scales: CosineScales
    names: frozenset[str]
    answer_type: AnswerType | None
    timing: Timing
    wants_latest: bool

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or a digit to search for."""
        return any(map(str.isalnum, self.text))


def parse_question(
    text: str, store: Store, encoder: TextEncoder, asked_on: date | None = None
) -> ParsedQuestion:
    """Parse a question of the day `asked_on`; without that day, its words of time mean nothing."""
    terms = tuple(dict.fromkeys(split_terms(text)))
    holding = store.document_frequencies(terms)
    return ParsedQuestion(
        text=text,
        terms=terms,
        idf={term: idf(store.manifest.passages, count) for term, count in holding.items()},
        vector=encoder.encode_question(text),
        scales=encoder.scales,
        names=name_terms(text),
        answer_type=expected_type(text),
        timing=read_timing(text, asked_on),
        wants_latest=asks_for_latest(text),
    )
