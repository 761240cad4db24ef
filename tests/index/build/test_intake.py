"""The same article twice is one; what only looks alike stays two."""

import pytest

from index.build.intake import Intake
from index.dates.partial_date import PartialDate
from index.models import Article, Skipped


def article(name, text="The ferry left.", **fields):
    return Article(id=name, text=text, headline="Ferry", **fields)


@pytest.fixture
def intake():
    opened = Intake()
    yield opened
    opened.close()


def taken(intake, *articles):
    for each in articles:
        assert intake.try_add(each, f"{each.id}.txt") is None
    return list(intake.articles())


def test_articles_come_back_as_they_were_in_order(intake):
    articles = [
        Article(
            id="z/1",
            text=" “Text”\r\nwith \u200f marks,\x00 zero and 🚢. ",
            headline="Headline",
            headline_stands_in=True,
            outlet="Post",
            url="https://example.org/1?id=2",
            published=PartialDate.parse("--11-23"),
            place="MINSK",
            language="en",
            author="Author",
        ),
        article("a"),
    ]

    assert taken(intake, *articles) == articles
    assert intake.repeated == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/ferry",
        "http://example.org/ferry/",
        "https://EXAMPLE.org/ferry#comments",
        "https://example.org/ferry?utm_source=feed",
    ],
)
def test_later_version_at_an_address_counts_under_the_first_id(intake, url):
    old = article(
        "a", "Old text.", url="https://example.org/ferry", published=PartialDate.parse("2022-11-23")
    )
    new = article("b", "New text.", url=url, published=PartialDate.parse("2022-11-23"))

    (found,) = taken(intake, old, new)

    assert (found.id, found.text, found.url) == ("a", "New text.", url)
    assert intake.repeated == 1


def test_older_version_that_comes_later_is_left(intake):
    new = article(
        "a", "New text.", url="https://example.org/ferry", published=PartialDate.parse("2022-11-24")
    )
    old = article(
        "b", "Old text.", url="https://example.org/ferry", published=PartialDate.parse("2022-11-23")
    )

    assert taken(intake, new, old) == [new]


@pytest.mark.parametrize(
    "urls",
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        (None, None),
    ],
)
def test_other_address_and_text_is_another_article(intake, urls):
    articles = [article("a", "One.", url=urls[0]), article("b", "Two.", url=urls[1])]

    assert taken(intake, *articles) == articles


@pytest.mark.parametrize("outlets", [("Post", "Post"), ("Post", None), (None, "Post"), (None,) * 2])
def test_same_text_is_one_article(intake, outlets):
    articles = [article("a", outlet=outlets[0]), article("b", outlet=outlets[1])]

    assert taken(intake, *articles) == articles[:1]
    assert intake.repeated == 1


def test_copy_with_an_address_is_kept_under_the_first_id(intake):
    (found,) = taken(intake, article("a"), article("b", url="https://example.org/ferry"))

    assert (found.id, found.url) == ("a", "https://example.org/ferry")


def test_copy_by_another_outlet_is_an_article_of_its_own(intake):
    articles = [article("a", outlet="Post"), article("b", outlet="Wire")]

    assert taken(intake, *articles) == articles


def test_id_of_another_version_is_refused_with_its_place(intake):
    intake.try_add(article("a", "One."), "a.txt")

    refused = intake.try_add(article("a", "Two."), "a.md")

    assert refused == Skipped("a.md", "same id 'a' as in a.txt, which is kept")
    assert [each.text for each in intake.articles()] == ["One."]


def story(name, headline, text, **fields):
    return Article(id=name, text=text, headline=headline, **fields)


FERRY = "The ferry left at noon. It was full. Nobody on board waved to the people on the quay."
TRAM = "The tram came back at nine. Its driver had slept. The town hall promised a new one."


def test_articles_that_were_numbered_alike_are_all_kept(intake):
    addressed = [
        story("1", "Ferry leaves", FERRY, url="https://coast.example/ferry"),
        story("1", "Ferry leaves", TRAM, url="https://coast.example/ferry-2"),
    ]
    headed = [story("1", "Pool shut", "No water."), story("1", "Mill sold", "No miller.")]

    found = taken(intake, *addressed, *headed)

    assert [(each.headline, each.text) for each in found] == [
        (each.headline, each.text) for each in (*addressed, *headed)
    ]
    assert found[0].id == "1"
    assert len({each.id for each in found}) == 4
    assert intake.repeated == 0


def test_same_text_under_one_id_at_three_outlets_is_three_articles(intake):
    found = taken(intake, *(article("a", outlet=outlet) for outlet in ("Post", "Wire", "Herald")))

    assert [each.outlet for each in found] == ["Post", "Wire", "Herald"]
    assert len({each.id for each in found}) == 3


@pytest.mark.parametrize(
    "urls",
    [
        ("https://coast.example/news", "https://coast.example/news"),
        ("https://coast.example/", "https://coast.example/"),
        ("https://coast.example/live#post-1", "https://coast.example/live#post-2"),
        ("https://coast.example/live?1", "https://coast.example/live?2"),
    ],
)
def test_articles_that_share_the_address_of_a_section_are_all_kept(intake, urls):
    articles = [
        story("a", "Ferry leaves", FERRY, url=urls[0]),
        story("b", "Tram comes back", TRAM, url=urls[1]),
    ]

    assert taken(intake, *articles) == articles


def test_version_under_a_new_headline_is_known_by_its_sentences(intake):
    url = "https://coast.example/ferry"
    old = story("a", "Ferry leaves", FERRY, url=url, published=PartialDate(2022, 11, 23))
    new = story("b", "Full boat, silent crew", f"{FERRY} It came back.", url=url)
    newer = story(
        "c", "Silence on board", f"It sank. {FERRY}", url=url, published=PartialDate(2022, 11, 24)
    )

    (found,) = taken(intake, old, new, newer)

    assert (found.id, found.headline) == ("a", "Silence on board")
    assert intake.repeated == 2


def test_version_without_a_headline_is_known_by_its_address(intake):
    url = "https://coast.example/ferry"
    old = story("a", "The ferry left at noon.", FERRY, url=url, headline_stands_in=True)
    new = story("b", "The tram came back at nine.", TRAM, url=url, headline_stands_in=True)

    assert [each.text for each in taken(intake, old, new)] == [TRAM]
