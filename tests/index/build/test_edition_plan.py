"""A build keeps the rows that it would write again as they are."""

from dataclasses import replace

import pytest

from index.build.edition_plan import measured_length, plan_edition
from index.milvus.rows import StoredIdentity, fields_hash
from index.milvus.weighting import Weighting
from index.milvus.written import Written
from index.models import Article
from index.text.acronyms import Acronyms
from tests.index.hash_encoder import HashEncoder

HARBOUR = Article("harbour", "The Harbour Bridge Council met.", "Council")
FERRY = Article("ferry", "The ferry left.", "Ferry")
STORM = Article("storm", "A storm came.", "Storm")
NONE, HBC = Acronyms(), Acronyms({("harbour", "bridg", "council"): "hbc"})


def stored(article, terms=4, passages=1):
    return StoredIdentity(
        article.identity, fields_hash(article), article.content_hash, 1, passages, terms
    )


def written(articles, average=10.0, acronyms=NONE, first=0):
    numbered = {each.id: (number, stored(each)) for number, each in enumerate(articles, first)}
    return Written(numbered, Weighting(average, acronyms))


def plan(articles, *before, acronyms=NONE, mean=10.0):
    made = plan_edition(lambda: iter(articles), before, acronyms, lambda known: mean)
    return made.weighting.average_length, {name: no for name, (no, _) in made.kept.items()}


def test_first_build_keeps_nothing_and_takes_the_mean_as_it_is():
    assert plan([FERRY], mean=12.5) == (12.5, {})


def test_articles_that_did_not_change_are_kept():
    changed = replace(STORM, author="N. N.")

    assert plan([FERRY, changed], written([FERRY, STORM])) == (10.0, {"ferry": 0})


def test_mean_that_moved_little_leaves_the_weights():
    assert plan([FERRY], written([FERRY]), mean=10.4) == (10.0, {"ferry": 0})


def test_mean_that_moved_far_leaves_no_row():
    assert plan([FERRY], written([FERRY]), mean=10.6) == (10.6, {})


def test_articles_that_hold_the_name_of_a_new_acronym_are_written_again():
    before = written([HARBOUR, FERRY])

    assert plan([HARBOUR, FERRY], before, acronyms=HBC) == (10.0, {"ferry": 1})


def test_what_a_killed_build_left_is_kept_beside_the_current_edition():
    before, left = written([FERRY, STORM]), written([STORM, HARBOUR], first=7)

    assert plan([FERRY, STORM, HARBOUR], before, left) == (
        10.0,
        {"ferry": 0, "storm": 1, "harbour": 8},
    )


def test_rows_with_the_new_acronym_are_preferred_to_those_without():
    before, left = written([HARBOUR]), written([HARBOUR], acronyms=HBC, first=7)

    assert plan([HARBOUR], before, left, acronyms=HBC) == (10.0, {"harbour": 7})


def test_rows_that_weigh_otherwise_than_those_of_the_current_edition_are_not_kept():
    before, left = written([FERRY]), written([STORM], average=10.2, first=7)

    assert plan([FERRY, STORM], before, left) == (10.0, {"ferry": 0})


def test_killed_build_goes_on_with_the_mean_that_it_weighed_by():
    before, left = written([FERRY], average=5.0), written([STORM], average=10.2, first=7)

    assert plan([FERRY, STORM], before, left) == (10.2, {"storm": 7})


def test_mean_of_a_killed_build_of_other_articles_says_nothing():
    assert plan([FERRY], written([STORM], average=10.2)) == (10.0, {})


def test_mean_is_of_what_is_known_and_of_the_others():
    known = {"storm": (0, stored(STORM, terms=30, passages=3))}

    found = measured_length(lambda: iter([STORM, FERRY]), known, NONE, HashEncoder())

    assert found == pytest.approx((30 + 3) / 4)  # "ferri" of the headline, "ferri left"


def test_of_many_others_every_nth_is_measured(monkeypatch):
    monkeypatch.setattr("index.build.edition_plan._MEASURED", 2)
    texts = ["One two three.", "Storm.", "Storm.", "Six storms came.", "Storm."]
    articles = [Article(str(number), text, "News") for number, text in enumerate(texts)]

    found = measured_length(lambda: iter(articles), {}, NONE, HashEncoder())

    assert found == pytest.approx((4 + 4) / 2)


def test_without_passages_the_mean_is_one():
    assert measured_length(lambda: iter(()), {}, NONE, HashEncoder()) == 1.0
