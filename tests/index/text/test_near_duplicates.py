"""A light edit is a copy; another figure, a "not", or too few words to tell are not."""

import pytest

from index.text.near_duplicates import Fingerprint
from index.text.terms import split_terms


def fingerprint(text: str) -> Fingerprint:
    return Fingerprint.of(text, split_terms(text))


REPORTED = "The harbour bridge reopened to lorries on Monday after 14 months of repairs."


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (REPORTED, True),
        ("On Monday the harbour bridge reopened to lorries, after 14 months of repairs.", True),
        ("The harbour bridge reopened to lorries on Monday after 15 months of repairs.", False),
        ("The harbour bridge never reopened to lorries on Monday after 14 months.", False),
        ("The ferry to Holm sailed on Monday after 14 months of repairs.", False),
    ],
)
def test_only_the_same_facts_in_about_the_same_words_are_a_copy(other, is_copy):
    assert fingerprint(REPORTED).is_near_duplicate_of(fingerprint(other)) is is_copy


@pytest.mark.parametrize("short", ["HOLM (Gazette) —", "He declined to comment.", "—"])
def test_what_stands_in_many_articles_is_no_copy(short):
    assert not fingerprint(short).is_near_duplicate_of(fingerprint(short))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("He declined to comment.", "He declined to comment.", True),
        ("He declined to comment.", "he  declined to comment.", True),
        ("He declined to comment.", "He did not comment.", False),
        ("Holm beat Alder.", "Alder beat Holm.", False),
        ("She is.", "We were.", False),
        (REPORTED, REPORTED.replace("lorries", "cars"), True),
        (REPORTED, REPORTED.replace("14", "15"), False),
    ],
)
def test_short_sentence_beside_a_copy_is_one_if_its_words_are_the_same(one, other, is_same):
    assert fingerprint(one).is_same_as(fingerprint(other)) is is_same
