"""The most reported events of some days, whatever they are about."""

import os
import shutil
from datetime import date

import pytest

from index.coverage import open_coverage
from index.timelines.digest import make_digest

DAY = date(2026, 11, 25)
ARTICLE = "---\ntitle: {title}\noutlet: {outlet}\ndate: {day}\n---\n{text}\n"
QUAKE = "A strong earthquake shook the city of Almaty on Wednesday, {}."
QUAKES = [
    ("Wire", QUAKE.format("injuring twelve people, the emergencies ministry said")),
    ("Post", QUAKE.format("and twelve people were injured, officials said")),
    ("Courier", "Twelve people were hurt as a strong earthquake shook Almaty on Wednesday."),
]
BUDGET = "Parliament passed the budget for next year on Wednesday, with 80 votes in favour."
FLOOD = "A flood reached the town of Oral last week, officials said."
LETTER = "Sign up for our letter, and we send you the best of the week on Fridays."
OTHERS = [
    f"{what} on Wednesday, the newspaper of the town reported in its evening edition."
    for what in (
        "A rare owl was photographed in the forest of Kostanay",
        "The chess champion won her ninth title in Astana",
        "A train with grain left the port of Aktau for Baku",
        "The oldest cinema of Semey reopened its doors",
        "Farmers near Turkistan began to harvest cotton by robot",
        "An opera about a horse had its first night in Atyrau",
    )
]


@pytest.fixture(scope="module")
def coverage(encoder, sample_index, make_index, tmp_path_factory):
    folder = tmp_path_factory.mktemp("digest")
    # Its encoder is taken over: to export it again would take seconds.
    shutil.copytree(sample_index, folder / "index", copy_function=os.link)
    articles = [("Earthquake shakes Almaty", *each, DAY) for each in QUAKES]
    articles += [
        ("Parliament passes budget", "Wire", BUDGET, DAY),
        ("Parliament passes the budget", "Post", BUDGET.replace("80", "eighty"), DAY),
        ("Flood reaches Oral", "Wire", FLOOD, "2026-11-20"),
        ("Letter", "Wire", LETTER, DAY),
    ]
    articles += [(" ".join(text.split()[:6]), "Wire", text, DAY) for text in OTHERS]
    for number, (title, outlet, text, day) in enumerate(articles):
        written = ARTICLE.format(title=title, outlet=outlet, text=text, day=day)
        (folder / f"{number}.md").write_text(written, "utf-8")
    make_index(folder / "index", encoder, *folder.glob("*.md"), allow_shrink=True)
    with open_coverage(folder / "index") as opened:
        yield opened


def test_most_reported_come_first_and_six_at_most(coverage):
    digest = coverage.digest(DAY, DAY)

    first, second, *rest = digest.events
    assert set(first.outlets) == {"Wire", "Post", "Courier"}
    assert "earthquake" in first.quote.text
    assert (set(second.outlets), second.articles) == ({"Wire", "Post"}, 2)
    assert "budget" in second.quote.text
    assert [each.articles for each in rest] == [1] * 4
    assert (digest.articles, digest.dropped) == (12, 0)


def test_days_are_included_and_others_not(coverage):
    (event,) = coverage.digest(date(2026, 11, 20), date(2026, 11, 20)).events

    assert event.quote.text == FLOOD


def test_where_nothing_was_published_there_is_nothing(coverage):
    digest = coverage.digest(date(2026, 11, 21), date(2026, 11, 24))

    assert (digest.events, digest.articles) == ((), 0)
    assert digest.coverage.articles == 13


def test_more_than_can_be_read_are_read_evenly_over_the_days(coverage):
    store, scales = coverage._store, coverage._encoder.scales
    days = date(2026, 11, 20), DAY

    digest = make_digest(store, scales, *days, events=20, most_read=4)
    whole = make_digest(store, scales, *days, events=20, most_read=13)

    assert (digest.articles, digest.read) == (13, 4)
    assert (whole.articles, whole.read) == (13, 13)
    assert FLOOD in [each.quote.text for each in digest.events]
    assert sum(each.articles for each in digest.events) <= 4


def test_what_talks_to_the_reader_is_no_event(coverage):
    digest = coverage.digest(DAY, DAY, events=20)

    assert not any("letter" in each.quote.text for each in digest.events)
    assert len(digest.events) == 8
