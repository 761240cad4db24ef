"""Weights of terms are off by less than the mean length has moved, and names are found by terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.milvus.weighting import (
    MOST_DRIFT,
    NameSearch,
    Weighting,
    has_drifted,
    read_weighting,
    term_weights,
    weighting_fields,
)
from index.models import Article
from index.text.acronyms import Acronyms

COUNCIL = ("harbour", "bridg", "council")
LEAGUE = ("ferri", "leagu")


@given(st.integers(1, 300), st.integers(1, 9), st.floats(1, 500), st.floats(0.8, 1.25))
def test_weight_is_off_by_less_than_the_mean_length(others, count, now, moved):
    terms = ["bridg"] * count + ["other"] * others
    used = now * moved

    for term, weight in term_weights(terms, used).items():
        exact = term_weights(terms, now)[term]
        assert max(weight / exact, exact / weight) <= max(moved, 1 / moved) + 1e-9
        assert (weight - exact) * (moved - 1) >= 0, "all weights move in one direction"


@pytest.mark.parametrize(("used", "expected"), [(100, False), (105, False), (95.3, False)])
def test_mean_length_may_move_a_little(used, expected):
    assert has_drifted(used, 100) is expected


@pytest.mark.parametrize("used", [105.1, 95.2, 1.0])
def test_mean_length_that_moved_more_has_drifted(used):
    assert MOST_DRIFT == 0.05
    assert has_drifted(used, 100)


class TestNameSearch:
    def test_equal_acronyms_touch_no_article(self):
        assert not NameSearch(Acronyms({COUNCIL: "hbc"}), Acronyms({COUNCIL: "hbc"}))

    @pytest.mark.parametrize(
        ("one", "other"),
        [({}, {COUNCIL: "hbc"}), ({COUNCIL: "hbc"}, {}), ({COUNCIL: "hb"}, {COUNCIL: "hbc"})],
    )
    def test_articles_with_the_name_are_found(self, one, other):
        search = NameSearch(Acronyms(one | {LEAGUE: "fl"}), Acronyms(other | {LEAGUE: "fl"}))

        assert search
        assert search.finds(Article("a", "Nobody of the Harbour Bridge Councils came.", "Meeting"))
        assert search.finds(Article("a", "Nobody came.", "Harbour bridge council meets"))
        assert not search.finds(Article("a", "A council at the harbour bridge.", "Ferry league"))


def test_weighting_comes_back_from_its_fields():
    weighting = Weighting(41.25, Acronyms({COUNCIL: "hbc"}))

    found = read_weighting(weighting_fields(weighting))

    assert (found.average_length, found.acronyms.names) == (41.25, {COUNCIL: "hbc"})
