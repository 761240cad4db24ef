"""Windows are runs of whole sentences, as long as quotes are, and cover their paragraph."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models import Span
from index.training.windows import LENGTHS, divide, grow, leave_out, span_of


def lined_up(*lengths):
    """Sentences of these lengths, a space between them."""
    spans, start = [], 0
    for length in lengths:
        spans.append(Span(start, start + length))
        start += length + 1
    return spans


SENTENCES = st.lists(st.integers(1, 400), min_size=1, max_size=15).map(lambda each: lined_up(*each))


@given(SENTENCES, st.data())
def test_grown_window_is_as_long_as_it_may_be_and_holds_its_sentence(sentences, data):
    first = data.draw(st.integers(0, len(sentences) - 1))
    limit = data.draw(st.sampled_from(LENGTHS))

    window = grow(sentences, first, limit, random.Random(data.draw(st.integers(0, 9))))

    assert first in window
    assert window == range(window[0], window[-1] + 1)
    if len(window) > 1:
        assert span_of(sentences, window).length <= limit
    for low, high in ((window[0] - 1, window[-1]), (window[0], window[-1] + 1)):
        if low >= 0 and high < len(sentences):
            assert span_of(sentences, range(low, high + 1)).length > limit


def test_window_grows_to_either_side():
    grown = {grow(lined_up(*[50] * 9), 4, 220, random.Random(seed)) for seed in range(40)}

    assert grown == {range(start, start + 4) for start in (1, 2, 3, 4)}


def test_longest_sentence_is_a_window_of_its_own():
    assert grow(lined_up(30, 900, 30), 1, 350, random.Random(0)) == range(1, 2)


@given(SENTENCES, st.integers(0, 9))
def test_division_covers_every_sentence_once_in_order(sentences, seed):
    windows = divide(sentences, random.Random(seed))

    assert [place for window in windows for place in window] == list(range(len(sentences)))
    for window in windows:
        assert len(window) == 1 or span_of(sentences, window).length <= max(LENGTHS)


def test_division_is_decided_by_the_seed():
    sentences = lined_up(*[90] * 40)

    assert divide(sentences, random.Random(1)) == divide(sentences, random.Random(1))
    assert divide(sentences, random.Random(1)) != divide(sentences, random.Random(2))


@pytest.mark.parametrize(("window", "span"), [(range(1), (0, 5)), (range(1, 3), (6, 24))])
def test_span_is_from_the_first_sentence_to_the_last(window, span):
    assert span_of(lined_up(5, 7, 10), window) == span


def test_no_sentence_gives_no_window():
    assert divide([], random.Random(0)) == []


@pytest.mark.parametrize(
    ("text", "answer", "left"),
    [
        ("She resigned on Friday, he said.", "Friday", "She resigned, he said."),
        ("It was sold for $3 million.", "$3 million", "It was sold."),
        ("It shut because of the flood and reopened.", "flood", "It shut and reopened."),
        ("It was led by its mayor", "mayor", "It was led"),
        ("It shut, near Oslo, he said.", "Oslo", "It shut, he said."),
        # The sentence doesn't go on, or the answer is not led up to.
        ("It began with $15 million in funding.", "$15 million", None),
        ("Ines Falk resigned.", "Ines Falk", None),
        ("He met Falk.", "Falk", None),
        ("In 2004, it shut.", "2004", None),
        # It is said twice.
        ("It opened in May, as MAY fairs do.", "May", None),
    ],
)
def test_answer_is_left_out_with_what_leads_up_to_it(text, answer, left):
    start = text.index(answer)

    assert leave_out(text, Span(start, start + len(answer))) == left
