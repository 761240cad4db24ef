"""What is told within days of each other is one event; events come from the whole span."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate
from index.encoders.scale import BUNDLED_SCALES
from index.models import Article
from index.text.near_duplicates import Fingerprint
from index.text.terms import split_terms
from index.timelines.event_clustering import cluster_events
from index.timelines.event_sentences import EventSentence

FAR = {"ferry": 0, "court": 1, "mayor": 2, "port": 38, "quay": 39} | {
    f"matter {n}": n for n in range(3, 38)
}


def vector(about, towards=None, cosine=1.0):
    """A unit vector for one matter, `cosine` away from `towards`."""
    found = np.zeros(80, np.float32)
    if towards is None:
        found[FAR.get(about, 0)] = 1
    else:
        found[FAR[towards]], found[40 + FAR[about]] = cosine, (1 - cosine**2) ** 0.5
    return found


def told(published, score=1.0, about="ferry", towards=None, cosine=1.0, text="", outlet=None):
    known = PartialDate.parse(published)
    article = Article(f"{published} {about} {text}", text, "", outlet=outlet, published=known)
    words = text or f"{published.replace('-', 'x')}{about}{score}{cosine}"
    return EventSentence(
        0,
        article,
        (),
        0,
        score,
        vector(about, towards, cosine),
        Fingerprint.of(words, split_terms(words)),
        known,
    )


def clustered(sentences, scales=BUNDLED_SCALES):
    return cluster_events(sentences, scales)


def dates(events):
    return [str(event.best.article.published) for event in events]


def dates_of(everything):
    return [str(each.article.published) for each in everything]


def test_retelling_within_a_day_is_the_same_event():
    best, next_day = told("2022-07-07"), told("2022-07-08", 0.9, "court", "ferry", 0.5)

    (event,) = clustered([next_day, best])

    assert (event.best, event.others) == (best, [next_day])


def test_best_sentence_tells_the_event_even_where_it_is_not_the_first():
    (event,) = clustered([told("2022-07-06", 0.8), told("2022-07-07", 1.0)])

    assert str(event.best.article.published) == "2022-07-07"


@pytest.mark.parametrize(
    ("day", "cosine", "events"),
    [
        ("2022-07-07", 0.44, 2),
        ("2022-07-08", 0.46, 1),
        ("2022-07-09", 0.46, 2),
        ("2022-07-09", 0.76, 1),
        ("2022-07-10", 0.76, 1),
        ("2022-07-11", 0.99, 2),
    ],
)
def test_the_later_the_more_it_must_say_the_same(day, cosine, events):
    later = told(day, 0.9, "court", "ferry", cosine)

    assert len(clustered([told("2022-07-07"), later])) == events


def test_month_alone_can_be_any_of_its_days():
    assert len(clustered([told("2022-07-20"), told("2022-07", 0.9)])) == 1
    assert len(clustered([told("2022-07-20"), told("2022-06", 0.9)])) == 2


def test_copies_are_one_event_of_the_earliest_whatever_the_day():
    words = "Crews of the Alder ferry voted for a strike over the night shifts"
    late, early = told("2022-07-07", text=words), told("2022-03-01", 0.6, text=words)
    other = told("2022-03-02", 0.5)

    event, *rest = clustered([late, early, other])

    assert rest == []
    assert str(event.best.article.published) == "2022-03-01"
    assert event.best.score == 1.0
    assert sorted(str(each.article.published) for each in event.sentences) == [
        "2022-03-01",
        "2022-03-02",
        "2022-07-07",
    ]


def test_sentence_with_another_figure_is_no_copy():
    words = "The strike of the ferry crews has cost Alder {} dollars"
    one = told("2022-07-07", text=words.format(40), about="ferry")
    other = told("2022-01-07", text=words.format(90), about="ferry")

    assert len(clustered([one, other])) == 2


def test_weak_sentences_make_no_event_and_still_count_as_told():
    weak = told("2022-07-07", 0.3, "court", "ferry", 0.9)
    alone = told("2021-07-07", 0.3, "mayor")
    good = [told("2022-07-07"), told("2020-07-07", 0.7, "port"), told("2019-07-07", 0.6, "quay")]

    events = clustered([*good, weak, alone])

    assert sorted(dates(events)) == ["2019-07-07", "2020-07-07", "2022-07-07"]
    assert events[0].others == [weak]


def test_one_that_stands_out_leaves_room_for_the_others():
    usual = [told(f"{year}-07-07", 0.4, f"matter {year - 2000}") for year in (2017, 2018, 2019)]

    assert len(clustered([told("2022-07-07"), *usual])) == 4
    assert len(clustered([told("2022-07-07"), *(replace(each, score=0.2) for each in usual)])) == 1


def test_first_events_come_from_the_whole_span_and_not_from_the_busiest_month():
    busy = [told(f"2022-03-{day:02}", 1.0, f"matter {day}") for day in range(3, 28)]
    quiet = [told(f"{year}-06-01", 0.7, f"matter {year - 1985}") for year in range(2016, 2022)]

    found = dates(clustered([*busy, *quiet]))

    assert len(found) == 31
    assert sum(day.startswith("2022-03") for day in found[:10]) == 5
    assert set(dates_of(quiet)) <= set(found[:11])


def test_what_many_tell_comes_before_what_one_tells():
    often = [
        told("2022-03-01", 0.8, "court"),
        *(told("2022-03-01", 0.7, "court") for _ in range(9)),
    ]

    found = clustered([told("2021-03-01", 0.9), *often])

    assert dates(found) == ["2022-03-01", "2021-03-01"]
    assert len(found[0].sentences) == 10


def test_event_that_sounds_like_another_one_counts_less():
    again = told("2020-09-01", 0.9, "mayor", "ferry", 0.97)
    new = told("2021-03-01", 0.8, "court")

    assert dates(clustered([told("2022-03-01"), again, new])) == [
        "2022-03-01",
        "2021-03-01",
        "2020-09-01",
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.floats(0.1, 1.0), st.sampled_from(list(FAR))),
        max_size=25,
    )
)
def test_every_article_is_in_one_event_at_most(drawn):
    everything = [
        told((date(2020, 1, 1) + timedelta(days)).isoformat(), score, about, text=f"no {row}")
        for row, (days, score, about) in enumerate(drawn)
    ]

    found = [each.article.id for event in clustered(everything) for each in event.sentences]

    assert len(found) == len(set(found)) <= len(everything)
