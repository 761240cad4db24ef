"""A question or a topic, parsed once: its terms and their weights, its vector, its answer type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.encoders.base import TextEncoder, Vectors
from index.encoders.scale import CosineScales
from index.search.answer_types import AnswerType, expected_type
from index.search.spelling import Respelling, respell
from index.search.time_expressions import Timing, asks_for_latest, read_timing
from index.store.base import Store
from index.text.bm25 import idf
from index.text.terms import STOP_WORDS, name_terms, split_terms, without_homographs


@dataclass(frozen=True, slots=True, eq=False)
class ParsedQuestion:
    """All that finding, ranking and answering use of a question.

    `respelt` are the names that are searched for as the coverage spells them and not as `text`
    does; all that follows is of the question with these. `read_as` is that question as models read
    it. `terms` are its stems in order, each once, with acronyms in the place of names that have
    one, and `idf` gives the weight of each among the passages of the store. `vector` is a unit
    vector, shape (d,); `scales` are those of its encoder.
    `names` are the stems of its names and figures, `transliterated` those of names that the
    question has in another script than the coverage. `has_unknown_acronym` tells whether an acronym
    that looks like a stop word ("IS") is nowhere in the coverage; models hardly notice that.
    `answer_type` is None if its words don't say what they ask for.
    """

    text: str
    respelt: tuple[str, ...]
    read_as: str
    terms: tuple[str, ...]
    idf: Mapping[str, float]
    vector: Vectors
    scales: CosineScales
    names: frozenset[str]
    transliterated: frozenset[str]
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
    terms = _terms(text, store)
    holding = store.document_frequencies(terms)
    unknown = {term for term, count in holding.items() if not count}
    respelling = respell(text, unknown, store) if unknown else Respelling(text)
    words = respelling.text
    if respelling.names:
        terms = _terms(words, store)
        holding = store.document_frequencies(terms)
    read_as = without_homographs(words)
    return ParsedQuestion(
        text=text,
        respelt=respelling.names,
        read_as=read_as,
        terms=terms,
        idf={term: idf(store.manifest.passages, count) for term, count in holding.items()},
        vector=encoder.encode_question(read_as),
        scales=encoder.scales,
        names=name_terms(words) | set(terms).difference(split_terms(words)),
        transliterated=respelling.transliterated,
        has_unknown_acronym=any(not holding[term] for term in STOP_WORDS.intersection(terms)),
        answer_type=expected_type(words),
        timing=read_timing(words, asked_on),
        wants_latest=asks_for_latest(words),
    )


def _terms(words: str, store: Store) -> tuple[str, ...]:
    terms = dict.fromkeys(store.acronyms.in_place_of_names(split_terms(words)))
    if store.manifest.has_current_terms:
        return tuple(terms)
    # An older snapshot has "US" nowhere: that would count as unknown.
    return tuple(term for term in terms if term not in STOP_WORDS)
