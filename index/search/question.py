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
from index.text.terms import STOP_WORDS, name_terms, split_terms, without_homographs


@dataclass(frozen=True, slots=True, eq=False)
class ParsedQuestion:
    """All that finding, ranking and answering use of a question.

    `read_as` is its text as models read it. `terms` are its stems in order, each once, with
    acronyms in the place of names that have one, and `idf` gives the weight of each among the
    passages of the store. `vector` is a unit vector, shape (d,); `scales` are those of its encoder.
    `names` are the stems of its names and figures. `has_unknown_acronym` tells whether an acronym
    that looks like a stop word ("IS") is nowhere in the coverage; models hardly notice that.
    `answer_type` is None if its words don't say what they ask for.
    """

    text: str
    read_as: str
    terms: tuple[str, ...]
    idf: Mapping[str, float]
    vector: Vectors
    scales: CosineScales
    names: frozenset[str]
    has_unknown_acronym: bool
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
    words = split_terms(text)
    terms = tuple(dict.fromkeys(store.acronyms.in_place_of_names(words)))
    if not store.manifest.has_current_terms:  # it has "US" nowhere: that would count as unknown
        terms = tuple(term for term in terms if term not in STOP_WORDS)
    read_as = without_homographs(text)
    holding = store.document_frequencies(terms)
    return ParsedQuestion(
        text=text,
        read_as=read_as,
        terms=terms,
        idf={term: idf(store.manifest.passages, count) for term, count in holding.items()},
        vector=encoder.encode_question(read_as),
        scales=encoder.scales,
        names=name_terms(text) | set(terms).difference(words),
        has_unknown_acronym=any(not holding[term] for term in STOP_WORDS.intersection(terms)),
        answer_type=expected_type(text),
        timing=read_timing(text, asked_on),
        wants_latest=asks_for_latest(text),
    )
