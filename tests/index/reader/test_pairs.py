"""A pair's tokens lead back to the very characters of its window, whatever stands in front."""

import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.reader.base import MOST_TOKENS, Window
from index.reader.opening import BUNDLED
from index.reader.pairs import HEADLINE_TOKENS, QUESTION_TOKENS, Pair, PairTokenizer, best_span

QUESTION = "Who opened the harbour bridge?"
TEXT = "Mayor Ines Falk opened it on Monday."
HEADLINE = "A bridge at last"
TOKENIZER = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
CLS, SEP, UNKNOWN = (TOKENIZER.token_to_id(each) for each in ("[CLS]", "[SEP]", "[UNK]"))


@cache
def pair_tokenizer(reads_headlines):
    tokenizer = Tokenizer.from_str(TOKENIZER.to_str())
    return PairTokenizer(tokenizer, MOST_TOKENS, reads_headlines=reads_headlines)


def pair(text, headline="", question=QUESTION, *, reads_headlines=True):
    (found,) = pair_tokenizer(reads_headlines).pairs(question, [Window(text, headline)])
    return found


def tokens(found):
    """The window's tokens, each with the characters that it stands for."""
    ids = found.ids[found.first : found.first + len(found.offsets)]
    return list(zip(ids.tolist(), found.offsets.tolist(), strict=True))


def plain(text):
    """What the vocabulary knows of a text: lower case, no accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


def assert_stand_where_they_say(found, text):
    before = 0
    for number, (start, end) in tokens(found):
        assert before <= start < end <= len(text)
        before = end
        if number != UNKNOWN:
            assert TOKENIZER.id_to_token(number).removeprefix("##") == plain(text[start:end])


@pytest.mark.parametrize("headline", ["", HEADLINE, "Café 🚢 naïve"])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Café Résumé cost €3.50, naïve tourists said.",
        "The 🚢 left, then the 👩‍✈️ and 👍🏽 the crew.",
        "e\u0301galite\u0301 fraternite\u0301",
        "“Don’t wait!”\n\n  Капитан said: ‘We sail.’",
        "   spaces   before\tand\nafter   ",
        "港口 bridge",
    ],
)
def test_tokens_lead_back_to_their_characters(text, headline):
    found = pair(text, headline)

    assert_stand_where_they_say(found, text)
    covered = {place for _, (start, end) in tokens(found) for place in range(start, end)}
    missed = {sign for place, sign in enumerate(text) if place not in covered}
    # Joiners, variation selectors and accents of their own are part of the token before.
    assert all(each.isspace() or unicodedata.category(each) in ("Mn", "Cf") for each in missed)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.text(max_size=20))
@settings(max_examples=40)
def test_offsets_of_any_text_lie_in_it_in_order(text, headline):
    headline = headline.encode("utf-8", "replace").decode()

    offsets = pair(text, headline).offsets

    assert offsets.shape[1:] == (2,)
    assert ((offsets >= 0) & (offsets <= len(text))).all()
    assert (np.diff(offsets[:, 0]) >= 0).all()


def test_pair_is_the_question_and_the_window():
    found = pair(TEXT)

    asked, read = (
        TOKENIZER.encode(each, add_special_tokens=False).ids for each in (QUESTION, TEXT)
    )
    assert found.ids.tolist() == [CLS, *asked, SEP, *read, SEP]
    assert found.types.tolist() == [0] * (len(asked) + 2) + [1] * (len(read) + 1)
    assert found.first == len(asked) + 2
    inputs = found.inputs()
    assert {name: each.shape for name, each in inputs.items()} == dict.fromkeys(
        ("input_ids", "attention_mask", "token_type_ids"), (1, len(found.ids))
    )
    assert inputs["attention_mask"].all()


def test_headline_stands_in_front_and_holds_no_answer():
    alone, headed = pair(TEXT), pair(TEXT, HEADLINE)

    title = TOKENIZER.encode(f"{HEADLINE}.", add_special_tokens=False).ids
    first = alone.first
    assert headed.ids.tolist() == [*alone.ids[:first], *title, *alone.ids[first:]]
    assert headed.first == first + len(title)
    assert (headed.offsets == alone.offsets).all()


def test_headline_is_left_out_for_a_reader_that_reads_none():
    assert (pair(TEXT, HEADLINE, reads_headlines=False).ids == pair(TEXT).ids).all()


def test_long_window_is_cut_at_its_end():
    text = "The ferry sails at noon. " * 100

    found = pair(text)

    assert len(found.ids) == MOST_TOKENS
    assert found.ids[-1] == SEP
    assert len(found.offsets) == MOST_TOKENS - found.first - 1
    assert_stand_where_they_say(found, text)
    assert found.offsets[0].tolist() == [0, 3]


def test_long_headline_is_cut_and_the_window_is_whole():
    found = pair(TEXT, "ferry " * 500)

    assert found.first == pair(TEXT).first + HEADLINE_TOKENS + 1  # and its full stop
    assert (found.offsets == pair(TEXT).offsets).all()


@pytest.mark.parametrize("words", [65, 1000])
def test_long_question_is_cut_and_the_window_is_whole(words):
    found = pair(TEXT, question="ferry " * words)

    assert found.first == QUESTION_TOKENS + 2
    assert (found.offsets == pair(TEXT).offsets).all()


@pytest.mark.parametrize("text", ["", " \n"])
def test_empty_window_has_no_tokens(text):
    found = pair(text, HEADLINE)

    assert found.offsets.shape == (0, 2)
    assert found.first == len(found.ids)
    assert best_span(found, *np.zeros((2, len(found.ids)), np.float32)) is None


def made_pair(count, first=3):
    """A pair with tokens of two characters and a space each."""
    starts = np.arange(count) * 3
    ids = np.zeros(first + count + 1, np.int64)
    return Pair("ab " * count, ids, ids, first, np.stack([starts, starts + 2], axis=1))


def slow_best(found, starts, ends):
    """The best span by trying all of them: the first token, the last, and their score."""
    options = [
        (starts[found.first + row] + ends[found.first + column], -row, -column)
        for row in range(len(found.offsets))
        for column in range(row, min(row + 30, len(found.offsets)))
    ]
    score, row, column = max(options)
    return -row, -column, score - starts[0] - ends[0]


@pytest.mark.parametrize("count", [1, 2, 7, 29, 30, 31, 90])
def test_best_span_is_what_trying_all_finds(count):
    chance = np.random.default_rng(count)
    found = made_pair(count)
    for _ in range(20):
        starts, ends = chance.normal(size=(2, len(found.ids))).astype(np.float32)

        best = best_span(found, starts, ends)

        first, last, logit = slow_best(found, starts, ends)
        assert best.span == (found.offsets[first][0], found.offsets[last][1])
        assert best.logit == pytest.approx(logit, abs=1e-5)


def test_answer_is_never_longer_than_30_tokens():
    found = made_pair(60)
    starts, ends = np.zeros((2, len(found.ids)), np.float32)
    starts[found.first], ends[found.first + 59], ends[found.first + 29] = 9, 9, 5

    assert best_span(found, starts, ends).span == (0, 29 * 3 + 2)


def test_question_and_separators_are_never_the_answer():
    found = made_pair(4)
    starts, ends = np.zeros((2, len(found.ids)), np.float32)
    starts[1] = ends[1] = starts[-1] = ends[-1] = 99
    starts[found.first + 2] = ends[found.first + 2] = 1

    best = best_span(found, starts, ends)

    assert (best.span, best.logit) == ((6, 8), 2)


def test_span_that_is_less_likely_than_none_has_a_negative_logit():
    found = made_pair(4)
    starts, ends = np.zeros((2, len(found.ids)), np.float32)
    starts[0] = ends[0] = 2.5

    assert best_span(found, starts, ends).logit == -5


def marked(found, first, last):
    """What is read of a window if its tokens `first` to `last` are the likeliest."""
    starts, ends = np.zeros((2, len(found.ids)), np.float32)
    starts[found.first + first] = ends[found.first + last] = 1
    return found.window[slice(*best_span(found, starts, ends).span)]


@pytest.mark.parametrize("headline", ["", HEADLINE])
@pytest.mark.parametrize(
    ("text", "token", "answer"),
    [
        ("The prize went to Andre\u0301, a writer", 4, "Andre\u0301"),
        ("The prize went to Andre\u0301", 4, "Andre\u0301"),
        ("The prize went to Jose\u0301\u0323.", 4, "Jose\u0301\u0323"),
        ("The prize went to André, a writer", 4, "André"),
        ("A\u030a won", 0, "A\u030a"),
    ],
)
def test_accent_is_marked_with_its_letter(text, token, answer, headline):
    assert marked(pair(text, headline), token, token) == answer


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [(0, 0, "पु"), (1, 1, "पु"), (1, 2, "पुल"), (2, 2, "ल"), (3, 3, "है"), (3, 4, "है"), (4, 4, "है")],
)
def test_vowel_sign_is_marked_with_its_letter(first, last, answer):
    offsets = np.array([[0, 1], [1, 2], [2, 3], [4, 5], [5, 6]])
    ids = np.zeros(7, np.int64)

    assert marked(Pair("पुल है", ids, ids, 1, offsets), first, last) == answer
