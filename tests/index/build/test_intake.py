"""The same article twice is one; what only looks alike stays two."""

import pytest

from index.build.intake import Intake
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
            published="--11-23",
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
    old = article("a", "Old text.", url="https://example.org/ferry", published="2022-11-23")
    new = article("b", "New text.", url=url, published="2022-11-23")

    (found,) = taken(intake, old, new)

    assert (found.id, found.text, found.url) == ("a", "New text.", url)
    assert intake.repeated == 1


def test_older_version_that_comes_later_is_left(intake):
    new = article("a", "New text.", url="https://example.org/ferry", published="2022-11-24")
    old = article("b", "Old text.", url="https://example.org/ferry", published="2022-11-23")

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


def test_id_of_another_article_is_refused_with_its_place(intake):
    intake.try_add(article("a", "One."), "a.txt")

    refused = intake.try_add(article("a", "Two."), "a.md")

    assert refused == Skipped("a.md", "same id 'a' as in a.txt, which is kept")
    assert [each.text for each in intake.articles()] == ["One."]
