"""What became of words that were quoted: they stand, changed, were removed."""

from datetime import UTC, datetime

import pytest

from index.answers.corrections import Fate, find_correction
from index.models import Article
from index.text.sentences import split_sentences

BEFORE = "Ten people were hurt, police said."
OTHERS = "A bus overturned near Gyumri. {} The road was closed until noon."
AT = datetime(2026, 11, 26, tzinfo=UTC)


def correction(before, text, at=AT):
    article = Article(id="bus", text=text, headline="Bus")
    return find_correction(before, article, split_sentences(text), at)


def pieces(text, spans):
    return [text[each.start : each.end] for each in spans]


def test_words_that_stand_are_found_wherever_they_are():
    found = correction(BEFORE, f"Corrected.\n{OTHERS.format(BEFORE)}")

    assert (found.fate, found.now.quote.text) == (Fate.STANDS, BEFORE)


def test_other_white_space_is_no_change():
    found = correction(BEFORE, OTHERS.format(BEFORE.replace(" ", "\r\n", 1)))

    assert found.fate is Fate.STANDS


@pytest.mark.parametrize(
    ("now", "was", "became"),
    [
        ("Two people were hurt, police said.", ["Ten"], ["Two"]),
        ("Ten people were hurt, police said on Friday.", [], ["on Friday"]),
        ("Ten people were not hurt, police said.", [], ["not"]),
        ("Ten people were hurt, police say.", ["said"], ["say"]),
        ("Two people were hurt and one died, hospitals said.", None, None),
    ],
)
def test_passage_that_changed_is_shown_with_what_differs(now, was, became):
    found = correction(BEFORE, OTHERS.format(now))

    assert (found.fate, found.now.quote.text, found.at) == (Fate.CHANGED, now, AT)
    if was is not None:
        assert pieces(BEFORE, found.differs_before) == was
        assert pieces(now, found.differs_now) == became


def test_passage_may_have_become_two_sentences():
    now = "Ten people were hurt. Police said so on Friday."

    found = correction(BEFORE, OTHERS.format(now))

    assert found.now.quote.text == now


def test_passage_that_was_removed_has_no_other_in_its_place():
    found = correction(BEFORE, OTHERS.format("Nobody knows why."))

    assert (found.fate, found.now, found.at) == (Fate.LOST, None, AT)


def test_article_without_sentences_has_lost_the_words():
    assert correction(BEFORE, "").fate is Fate.LOST
