"""A question or a topic, read for the search: its words, how rare each is, its vector."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.encoders.base import TextEncoder, Vectors
from index.snapshot.snapshot import Snapshot
from index.text.bm25 import idf
from index.text.terms import split_terms


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """What was asked: `terms` in order, each once, with its `idf` among the passages."""

    text: str
    terms: tuple[str, ...]
    idf: Mapping[str, float]
    vector: Vectors


def parse_question(text: str, snapshot: Snapshot, encoder: TextEncoder) -> ParsedQuestion:
    """Return the question as the encoder of this snapshot and its words see it."""
    terms = tuple(dict.fromkeys(split_terms(text)))
    holding = snapshot.database.postings.document_frequencies(terms)
    weights = {term: idf(snapshot.manifest.passages, count) for term, count in holding.items()}
    return ParsedQuestion(text, terms, weights, encoder.encode_question(text))
