"""Questions for tests that need no snapshot and no encoder."""

import numpy as np

from index.encoders.scale import BUNDLED_SCALES
from index.search.answer_types import expected_type
from index.search.question import ParsedQuestion
from index.search.time_expressions import asks_for_latest, read_timing
from index.text.terms import name_terms, split_terms


def parsed(text, idf=None, asked_on=None):
    """The question as `parse_question` returns it, with these weights, and a vector of one 1."""
    return ParsedQuestion(
        text,
        (),
        text,
        tuple(dict.fromkeys(split_terms(text))),
        idf or {},
        np.ones(1, np.float32),
        BUNDLED_SCALES,
        name_terms(text),
        frozenset(),
        False,
        expected_type(text),
        read_timing(text, asked_on),
        asks_for_latest(text),
    )
