"""A question's verb is exchanged for one of another text; verbs are learned from texts."""

import random

import pytest

from index.training.verbs import exchange_verb, learn_verbs

SEEDS = range(60)


def test_verbs_are_the_words_that_often_follow_a_modal_verb():
    texts = [
        "She will leave.",
        "They can swim.",
        "They could not stay.",
        "He didn't leave.",
        "He would never go.",
    ]
    often = "They could leave, would never stay, and should probably not."
    boats = ["A boat is a boat, and no boat can boat."] * 3 + ["The boat sank."] * 90

    light = ["She will take it."] * 9

    assert learn_verbs([*light, *texts * 2, *[often] * 3, *boats]) == {"leave"}


VERBS = frozenset({"leave", "sell", "open", "visit"})
WINDOW = "Mayor Falk opened the bridge on Monday and will visit it."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did Falk leave the port?", {"When did Falk sell the port?"}),
        ("When will the open port leave?", {"When will the sell port leave?"}),
        ("Who wanted to leave?", {"Who wanted to sell?"}),
        ("Who opened the bridge?", {"Who closed the bridge?", "Who painted the bridge?"}),
        (
            "Who did it and was hailed?",
            {"Who did it and was closed?", "Who did it and was painted?"},
        ),
        ("Who is the mayor?", {None}),
        ("Where is it located?", {None}),
        ("Who agreed?", {None}),
        ("", {None}),
    ],
)
def test_what_was_done_is_exchanged_for_another_verb_of_elsewhere(question, expected):
    elsewhere = ["They sell boats and visit ports.", "It was closed and painted, then opened."]

    found = {
        exchange_verb(question, WINDOW, elsewhere, VERBS, random.Random(seed)) for seed in SEEDS
    }

    assert found == expected


def test_no_verb_elsewhere_leaves_the_question():
    assert exchange_verb("When did Falk leave?", WINDOW, [WINDOW], VERBS, random.Random(0)) is None
