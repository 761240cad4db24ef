"""Passages are overlapping runs of whole sentences that keep the encoder's limits."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.models import Span
from index.text.passages import MAX_CHARACTERS, SentenceRange, group_sentences


def spans_of(*lengths):
    starts = [sum(lengths[:place]) + place for place in range(len(lengths))]
    return [Span(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def test_short_article_is_one_passage():
    assert group_sentences(spans_of(100, 100, 100), [20, 20, 20], 200) == [SentenceRange(0, 2)]


def test_next_passage_starts_with_the_last_sentence_of_the_one_before():
    assert group_sentences(spans_of(*[200] * 5), [40] * 5, 200) == [
        SentenceRange(0, 1),
        SentenceRange(1, 2),
        SentenceRange(2, 3),
        SentenceRange(3, 4),
    ]
    assert group_sentences(spans_of(*[190] * 5), [40] * 5, 200) == [
        SentenceRange(0, 2),
        SentenceRange(2, 4),
    ]


def test_characters_between_sentences_count():
    assert group_sentences(spans_of(299, 300), [1, 1], 200) == [SentenceRange(0, 1)]
    assert group_sentences(spans_of(300, 300), [1, 1], 200) == [
        SentenceRange(0, 0),
        SentenceRange(1, 1),
    ]


def test_tokens_limit_a_passage_too():
    assert group_sentences(spans_of(10, 10, 10), [100, 100, 100], 200) == [
        SentenceRange(0, 1),
        SentenceRange(1, 2),
    ]
    assert group_sentences(spans_of(10, 10, 10), [100, 101, 100], 200) == [
        SentenceRange(0, 0),
        SentenceRange(1, 1),
        SentenceRange(2, 2),
    ]


def test_sentence_longer_than_a_passage_stands_alone():
    assert group_sentences(spans_of(10, 700, 10), [2, 300, 2], 200) == [
        SentenceRange(0, 0),
        SentenceRange(1, 1),
        SentenceRange(2, 2),
    ]


def test_no_overlap_where_it_leaves_no_room_for_a_new_sentence():
    assert group_sentences(spans_of(100, 400, 550), [1, 1, 1], 200) == [
        SentenceRange(0, 1),
        SentenceRange(2, 2),
    ]


def test_article_without_a_sentence_has_no_passage():
    assert group_sentences([], [], 200) == []


PARTS = st.tuples(st.integers(1, 700), st.integers(0, 4), st.integers(0, 300))


@given(st.lists(PARTS, max_size=40), st.integers(1, 250))
@settings(max_examples=300)
def test_runs_hold_every_sentence_in_order_and_keep_the_limits(parts, max_tokens):
    sentences, tokens, end = [], [], 0
    for length, gap, count in parts:
        sentences.append(Span(end + gap, end + gap + length))
        tokens.append(count)
        end += gap + length
    runs = group_sentences(sentences, tokens, max_tokens)

    held = {number for run in runs for number in range(run.first, run.last + 1)}
    assert held == set(range(len(sentences)))
    for one, other in pairwise(runs):
        assert one.first < other.first <= one.last + 1
        assert one.last <= other.first  # one sentence of overlap at most
        assert one.last < other.last
    for run in runs:
        if run.first < run.last:
            assert sentences[run.last].end - sentences[run.first].start <= MAX_CHARACTERS
            assert sum(tokens[run.first : run.last + 1]) <= max_tokens
