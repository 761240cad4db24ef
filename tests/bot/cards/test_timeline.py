"""Timelines as cards: in order of date, within every limit, whatever the articles hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.answer import MAX_QUESTION
from bot.cards.base import MAX_TEXT
from bot.cards.page_ids import EventsId
from bot.cards.timeline import SHOWN_EVENTS, events_to_show, timeline_card
from index.answers.citations import quote_span
from index.answers.quotes import MAX_CHARACTERS
from index.dates.partial_date import PartialDate
from index.models import Filters, Span, Status
from index.timelines.timeline import Event, Timeline
from tests.bot.cards.test_message_limits import FACTS, LANGUAGES, ODD, article, components
from tests.bot.reading import ENGLISH, RUSSIAN, shown, unquoted

DAYS = ["2022-11-23", "2022-01", "2022", "2021-05-01T10:00:00+00:00", "2022-03-03", "2020-12-31"]
NOTHING = {"status": Status.NO_MATCH, "articles": 0}
PNG = b"\x89PNG\r\n\x1a\n"


def quote(text, day="2022-11-23", **fields):
    whole = article(text, published=PartialDate.parse(day), **fields)
    return quote_span(whole, Span(0, min(len(text), MAX_CHARACTERS)), 0.5)


def timeline_of(*texts, left_out=0, articles=1, outlets=(), **fields):
    events = tuple(
        Event(quote(text, day), articles, outlets, rank)
        for rank, (text, day) in enumerate(zip(texts, DAYS, strict=False))
    )
    return Timeline("ferries", Status.ANSWERED, events, left_out, articles=7, **fields)


def card_of(timeline, phrases=ENGLISH, picture=None, coverage=FACTS):
    timeline = replace(timeline, coverage=coverage)
    events = events_to_show(timeline, phrases)
    return timeline_card(timeline, events, 7, phrases, picture)


def ids(view):
    return [each["custom_id"] for each in components(view) if "custom_id" in each]


def test_events_stand_in_order_of_date_numbered_as_on_the_picture():
    texts = [f"The ferry sailed {word}." for word in ("a", "b", "c", "d", "e", "f")]

    lines = shown(card_of(timeline_of(*texts), picture=PNG))

    assert lines[:2] == ["**Timeline:** ferries", "-# 7 articles on it"]
    days = [line.split("\n")[0] for line in lines[2:-1:2]]
    assert days == [
        "**31 December 2020**",
        "**1 May 2021**",
        "**January 2022**",
        "**2022**",
        "**3 March 2022**",
        "**23 November 2022**",
    ]
    assert [line[:4] for line in lines[3:-1:2]] == [f"\\[{n}\\" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("outlets", "english", "russian"),
    [
        (("A",), "in 5 articles", "в 5 статьях"),
        (("A", "B"), "in 5 articles of 2 outlets", "в 5 статьях 2 изданий"),
        (tuple(map(str, range(21))), "in 5 articles of 21 outlets", "в 5 статьях 21 издания"),
    ],
)
def test_event_says_how_often_it_was_told(outlets, english, russian):
    timeline = timeline_of("The ferry sailed.", articles=5, outlets=outlets)

    assert shown(card_of(timeline))[2].startswith(f"**23 November 2022** · {english}\n> ")
    assert shown(card_of(timeline, RUSSIAN))[2].startswith(f"**23 ноября 2022 г.** · {russian}\n> ")


def test_foremost_events_are_shown_where_not_all_fit_and_the_rest_is_offered():
    texts = ["*" * 700, "+" * 700, "-" * 700, "#" * 700]

    timeline = timeline_of(*texts, filters=Filters(since=date(2022, 1, 1)))

    card = card_of(replace(timeline, events=timeline.events[::-1]))

    quotes = {unquoted(line.split("\n", 1)[1])[0] for line in shown(card) if "> " in line}
    assert quotes == {"*", "+"}
    assert EventsId(2, since=date(2022, 1, 1)).custom_id in ids(card)


def test_names_in_the_spelling_of_the_coverage_are_shown():
    timeline = replace(timeline_of("The ferry sailed."), respelt=("Orlova", "Zas"))

    assert shown(card_of(timeline))[1] == "-# Showing results for Orlova, Zas"


def test_further_events_are_offered_behind_those_shown():
    timeline = timeline_of("The ferry sailed.", "It sank.", left_out=3)
    second_page = replace(
        timeline, events=tuple(replace(each, rank=each.rank + 6) for each in timeline.events)
    )

    assert EventsId(2).custom_id in ids(card_of(timeline))
    assert EventsId(8).custom_id in ids(card_of(second_page))
    assert not [each for each in ids(card_of(replace(timeline, left_out=0))) if "events" in each]


def test_closest_coverage_is_shown_as_far_as_there_is_room():
    related = tuple(quote(mark * 700, headline="*" * 300) for mark in "*+-")

    card = card_of(Timeline("ferries", Status.NOT_ANSWERED, related=related))

    assert sum(map(len, shown(card))) <= MAX_TEXT
    assert len([line for line in shown(card) if line.startswith("> ")]) == 1


def test_topic_is_shown_as_text():
    timeline = replace(timeline_of("The ferry sailed."), topic="<@1>\n**ferries** @everyone")

    assert shown(card_of(timeline))[0] == (
        "**Timeline:** \\<\\@1\\> \\*\\*ferries\\*\\* \\@everyone"
    )


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        (NOTHING, "answer-no-match"),
        (NOTHING | {"undated": 3}, "timeline-only-undated"),
        (NOTHING | {"filters": Filters(since=date(2022, 1, 1))}, "timeline-no-match-filtered"),
        ({"status": Status.NOT_ANSWERED}, "timeline-nothing"),
        ({"status": Status.ANSWERED}, "timeline-no-more"),
    ],
)
def test_nothing_to_show_is_said_in_a_sentence_of_its_own(fields, phrase):
    timeline = replace(timeline_of(), **fields)

    assert ENGLISH.say(phrase) in shown(card_of(timeline))
    assert shown(card_of(timeline, coverage=replace(FACTS, articles=0))).count(
        ENGLISH.say("answer-no-coverage")
    )


@pytest.mark.parametrize("undated", [0, 2])
def test_articles_that_tell_no_event_are_not_denied(undated):
    silent = replace(timeline_of(), status=Status.NO_MATCH, articles=1, undated=undated)

    assert ENGLISH.say("timeline-without-events", count=1) in shown(card_of(silent))


def test_event_that_no_card_has_room_for_offers_no_further_ones(monkeypatch):
    monkeypatch.setattr("bot.cards.timeline.MAX_TEXT", 100)

    assert [each.split(":")[0] for each in ids(card_of(timeline_of("The ferry sailed.")))] == [
        "dismiss"
    ]


def test_undated_articles_are_counted():
    assert shown(card_of(timeline_of("The ferry sailed.", undated=2)))[1] == (
        "-# 7 articles on it · 2 articles without a known date are left out"
    )


def test_picture_is_attached_and_described():
    card = card_of(timeline_of("The ferry sailed."), picture=PNG)

    (item,) = [each for each in components(card) if each["type"] == 12]
    assert item["items"][0]["media"]["url"] == f"attachment://{card.pictures[0].filename}"
    assert item["items"][0]["description"] == ENGLISH.say("picture-of-topic")
    assert card.pictures[0].fp.read() == PNG


@LANGUAGES
@settings(max_examples=200)
@given(
    st.lists(ODD.filter(str.strip), max_size=SHOWN_EVENTS),
    st.lists(ODD.filter(str.strip), max_size=3),
    st.text(max_size=MAX_QUESTION),
    st.text(max_size=5000),
    st.sampled_from(["https://a.example/x", "https://a.example/" + "(" * 600, None]),
)
def test_card_keeps_every_limit_and_shows_quotes_character_by_character(
    phrases, texts, related, topic, headline, url
):
    timeline = timeline_of(*texts, left_out=1)
    events = tuple(
        replace(each, quote=quote(each.quote.text, day, headline=headline, url=url))
        for each, day in zip(timeline.events, DAYS, strict=False)
    )
    if events:
        timeline = replace(timeline, topic=topic, events=events)
    else:
        found = tuple(quote(text, headline=headline, url=url) for text in related)
        timeline = Timeline(topic, Status.NOT_ANSWERED, related=found)

    card = card_of(timeline, phrases, picture=PNG)

    assert sum(map(len, shown(card))) <= MAX_TEXT
    assert all(shown(card))
    assert len(components(card)) <= 40
    assert all(len(each) <= 100 for each in ids(card))
    blocks = [line[line.index("> ") :] for line in shown(card) if "\n> " in f"\n{line}"]
    quotes = [each.quote.text for each in events] or [each.text for each in timeline.related]
    assert bool(blocks) == bool(quotes)
    for block in blocks:
        assert unquoted(block) in ["\n".join(each.splitlines()) for each in quotes]
