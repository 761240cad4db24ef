"""A near miss differs in one name, figure, date or word, or asks when, where or why instead."""

import random

import pytest

from index.training.near_misses import (
    exchange_adverb,
    exchange_mention,
    exchange_opposite,
    mentions,
    negate,
)
from index.training.verbs import exchange_verb

QUESTIONS = [
    "When did Mayor Ines Falk open the bridge in May?",
    "How many people came to Alder Bay on Monday?",
    "Who paid $4.5 million in 1987?",
    "What was sold to the museum in 2019 for 30%?",
    "Did the first ferry win on Friday or lose in 1990s Norway?",
    "Why is it raining?",
    "who?",
    "",
]
NEAR = (
    "Mayor Ada Nyberg closed the ferry to Port Selle in June 2004. On Tuesday some 72 people paid "
    "$3 million, or 15%."
)
ELSEWHERE = ["Before July, the Coast Wire counted 8,100 boats in Westray on Sunday in 1961."]
VERBS = frozenset({"open", "win"})
SEEDS = range(60)


def exchanged(question, near=NEAR, elsewhere=ELSEWHERE):
    """All that comes of a question, by seed."""
    return {exchange_mention(question, near, elsewhere, random.Random(seed)) for seed in SEEDS}


def test_mentions_are_told_by_kind():
    text = "On Monday, May 4, 1987, Mayor Ines Falk of Alder Bay paid $4.5 million, or 30%, in May."

    assert mentions(text) == {
        "month": ["May"],
        "day": ["Monday"],
        "year": ["1987"],
        "figure": ["4", "$4.5 million", "30%"],
        "name": ["Mayor Ines Falk of Alder Bay"],
    }


@pytest.mark.parametrize("text", ["", "it rained all day.", "The first word is no name."])
def test_text_without_mentions_has_none(text):
    assert not any(mentions(text).values())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who left in May?", {"Who left in June?"}),
        ("Who left on Monday?", {"Who left on Tuesday?"}),
        ("Who left in 1987?", {"Who left in 2004?"}),
        ("Who paid $9 million?", {"Who paid $3 million?", "Who paid 72?", "Who paid 15%?"}),
        (
            "Who met Omar Hadi?",
            {"Who met Ada Nyberg?", "Who met Port Selle?"},
        ),
    ],
)
def test_mention_is_exchanged_for_another_of_its_kind(question, expected):
    assert exchanged(question, elsewhere=()) == expected


def test_other_mention_comes_from_elsewhere_if_none_is_near():
    assert exchanged("Who left in May?", near="It rained.") == {"Who left in July?"}


def test_one_mention_is_exchanged_at_a_time():
    for found in exchanged("Who left Oslo in May 1987?"):
        kept = [each in found for each in ("Oslo", "May", "1987")]
        assert sum(kept) == 2


def test_same_letters_inside_another_word_stay():
    assert exchanged("Who is the Mayor of May?", elsewhere=(), near="In June it rained.") == {
        "Who is the Mayor of June?"
    }
    assert exchanged("Of 300 boats, who sold 3?", elsewhere=(), near="Some 7 left.") == {
        "Of 300 boats, who sold 7?",
        "Of 7 boats, who sold 3?",
    }


def test_figure_that_is_part_of_a_word_is_no_mention_to_exchange():
    assert exchanged("Who ruled in the 19th century?", near="It cost 12.", elsewhere=()) == {None}
    assert exchanged("Who sold 16 of the F16?", near="Some 7 left.", elsewhere=()) <= {
        "Who sold 7 of the F16?"
    }


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("What do the Armenian unions say?", "It was Armenia."),
        ("Who left in 1840?", "In the 1840s."),
    ],
)
def test_mention_that_means_nearly_the_same_is_not_taken(question, near):
    assert exchanged(question, near=near, elsewhere=()) == {None}


def test_sign_in_a_mention_is_no_pattern():
    assert exchanged("Who paid $9?", near=r"He paid $5 \1.", elsewhere=()) == {
        "Who paid $5?",
        "Who paid 1?",
    }


def test_mention_of_the_question_itself_is_not_taken():
    assert exchanged("Who met Ada Nyberg?", near="It was Ada Nyberg, not Nyberg.") == {
        "Who met Coast Wire?",
        "Who met Westray?",
    }
    assert exchanged("Who left in May?", near="In May.", elsewhere=()) == {None}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who was the first to speak?", {"Who was the last to speak?"}),
        (
            "Who won and who opened it?",
            {"Who lost and who opened it?", "Who won and who closed it?"},
        ),
        (
            "Which Northern port opened?",
            {"Which Southern port opened?", "Which Northern port closed?"},
        ),
        ("Who spoke?", {None}),
        ("Who is a winners' friend?", {None}),
    ],
)
def test_word_is_exchanged_for_its_opposite(question, expected):
    assert {exchange_opposite(question, random.Random(seed)) for seed in SEEDS} == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who was there, and who is here?", "Who was not there, and who is here?"),
        ("Did it rain?", "Did not it rain?"),
        ("Why has he not left?", None),
        ("Why didn’t he leave?", None),
        ("Who left?", None),
    ],
)
def test_first_auxiliary_verb_is_negated(question, expected):
    assert negate(question) == expected


@pytest.mark.parametrize(
    ("question", "window", "expected"),
    [
        ("When did it open?", "It opened on 4/5.", {"Where did it open?", "Why did it open?"}),
        ("when was it sold?", "In Oslo it was sold in 2004.", {"why was it sold?"}),
        (
            "Why did it close?",
            "Cod were gone, so it closed.",
            {"When did it close?", "Where did it close?"},
        ),
        ("How did it close?", "In Oslo it closed on Monday because it rained.", {None}),
        (
            "How did it open?",
            "It opened by itself.",
            {"When did it open?", "Where did it open?", "Why did it open?"},
        ),
        ("Where is it?", "It is there, an hour from Oslo.", {"When is it?", "Why is it?"}),
        ("When the port closed, who left?", "All left.", {None}),
        ("How many left?", "All left.", {None}),
    ],
)
def test_what_is_asked_becomes_when_where_or_why_without_a_sign_of_it(question, window, expected):
    assert {exchange_adverb(question, window, random.Random(seed)) for seed in SEEDS} == expected


@pytest.mark.parametrize("question", QUESTIONS)
def test_near_miss_is_never_the_question_itself(question):
    found = exchanged(question) | {negate(question)}
    for seed in SEEDS:
        rng = random.Random(seed)
        found.add(exchange_opposite(question, rng))
        found.add(exchange_verb(question, "", [NEAR, "They open; win."], VERBS, rng))
        found.add(exchange_adverb(question, "", rng))

    assert question not in found
