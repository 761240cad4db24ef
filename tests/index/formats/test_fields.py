"""One table says from which fields an article is made, whatever format they come from."""

import json
from pathlib import Path

import pytest

from index.dates.partial_date import PartialDate
from index.errors import ArticleFormatError
from index.formats.field_names import NAMES, names_text
from index.formats.fields import Fields
from index.formats.make_article import make_article

PAGE = (Path(__file__).parents[3] / "docs" / "articles.md").read_text("utf-8")
FIELDS = PAGE.split("## Fields")[1].split("\n## ")[0]
STORY = "The ferry left the port at noon on Monday. It came back in the evening."


def article(text=STORY, **given):
    return make_article(Path("a.json"), text, "a", Fields(given))


@pytest.mark.parametrize("name", [name for names in NAMES.values() for name in names])
def test_every_field_is_in_the_documentation(name):
    assert f"`{name}`" in FIELDS


@pytest.mark.parametrize("name", NAMES["headline"])
def test_headline_has_these_names(name):
    assert article(**{name: "Ferry  leaves"}).headline == "Ferry leaves"


@pytest.mark.parametrize("name", NAMES["outlet"])
def test_outlet_has_these_names(name):
    assert article(**{name: "Alder Post"}).outlet == "Alder Post"


@pytest.mark.parametrize("name", NAMES["url"])
def test_address_has_these_names(name):
    assert article(**{name: "https://alder.example/1"}).url == "https://alder.example/1"


@pytest.mark.parametrize("name", NAMES["published"])
def test_date_has_these_names(name):
    assert article(**{name: "9 May 2022"}).published == PartialDate(2022, 5, 9)


@pytest.mark.parametrize("name", NAMES["author"])
def test_author_has_these_names(name):
    assert article(**{name: "Test Author"}).author == "Test Author"


@pytest.mark.parametrize("name", NAMES["language"])
def test_language_has_these_names(name):
    assert article("M1.", **{name: "ru_RU"}).language == "ru"


@pytest.mark.parametrize("name", NAMES["text"])
def test_text_has_these_names(name):
    assert Fields({name: STORY}).text() == STORY
    assert names_text(["title", name])


@pytest.mark.parametrize("name", ["PUBDATE", "pub_date", "Pub Date", "pub-date", " pubDate "])
def test_capitals_and_signs_in_a_name_make_no_difference(name):
    assert article(**{name: "2022-05"}).published == PartialDate(2022, 5)


def test_first_name_that_says_something_counts():
    assert article(title=" ", headline="Ferry leaves").headline == "Ferry leaves"
    assert article(source="Wire", outlet="Alder Post").outlet == "Alder Post"
    assert article(url="ferry.html", link="https://a.example/1").url == "https://a.example/1"
    assert article(published="soon", date="2022").published == PartialDate(2022)
    assert Fields({"text": " ", "body": STORY}).text() == STORY
    assert Fields({"text": " ", "body": None}).text() == " "
    assert Fields({"summary": STORY, "text": 5}).text() is None


def test_lists_are_joined_and_of_objects_the_name_is_taken():
    assert article(authors=["One", {"name": "Two"}, None, ""]).author == "One, Two"
    assert article(source={"id": None, "name": "Alder Post"}).outlet == "Alder Post"
    assert article(source={"id": "alder"}, publisher="Alder Post").outlet == "Alder Post"


def test_language_is_found_for_every_article():
    assert article().language == "en"
    assert article("Паром вышел из порта в полдень и вернулся вечером.", lang="en").language == "ru"


def test_headline_repeated_over_the_story_leaves_the_dateline_to_be_read():
    text = "Ferry leaves\n\nMINSK, 9 May (Coast Wire) – The ferry left. It was full.\n"

    assert article(text, title="Ferry leaves").outlet == "Coast Wire"


@pytest.mark.parametrize("field", ["title", "source", "author", "url"])
def test_half_a_character_is_refused(field):
    value = json.loads('"https://alder.example/\\ud83d"')

    with pytest.raises(ArticleFormatError, match="half of a character"):
        article(**{field: value})


@pytest.mark.parametrize(
    "end",
    [
        "It came back… [+1204 chars]",
        "It came back [+12 characters]",
        "It came back [...]",
        "It came back […]\n",
        "It came back… Read more",
        "It came back... Continue reading →",
        "Он вернулся… Читать далее",
        "It came... [1204 chars]",
        "It came back (more…)",
        "It came back [Read more…]",
        "Он вернулся [далее]",
    ],
)
def test_text_that_is_cut_off_is_refused(end):
    with pytest.raises(
        ArticleFormatError, match=r"the text is cut off \(“… .*”\): export all of it"
    ):
        article(f"{STORY} {end}")


def test_notice_in_place_of_the_text_is_refused():
    with pytest.raises(ArticleFormatError, match="the text is cut off"):
        article("ONLY AVAILABLE IN CORPORATE PLANS")


@pytest.mark.parametrize("end", ["And then…", "Read more", "He read on.", "It [...] came back."])
def test_text_with_such_an_end_may_be_whole(end):
    assert article(f"{STORY} {end}").text.endswith(end)


@pytest.mark.parametrize("value", ["None", "nan", "NULL", 12, "https://alder.example"])
def test_what_stands_for_nothing_is_no_outlet(value):
    assert article(outlet=value).outlet is None
    assert article(outlet=value, publisher="Alder Post").outlet == "Alder Post"


def test_number_is_no_author_but_may_be_a_headline():
    assert article(author=12, title=1984).author is None
    assert article(author=12, title=1984).headline == "1984"
    assert article(author=True, title=False).author is None


def test_prefix_of_a_name_makes_no_difference():
    assert article(**{"dc:title": "Ferry leaves", "dc:creator": "One"}).author == "One"


@pytest.mark.parametrize(
    ("field", "value"), [("status", "draft"), ("post_status", "trash"), ("published", False)]
)
def test_draft_is_refused(field, value):
    with pytest.raises(ArticleFormatError, match="not published"):
        article(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("deleted", True),
        ("isDeleted", 1),
        ("retracted", "yes"),
        ("state", "unpublished"),
        ("is_published", False),
        ("deleted_at", "2024-01-01T00:00:00Z"),
        ("post_type", "revision"),
    ],
)
def test_what_was_taken_back_is_refused(field, value):
    with pytest.raises(ArticleFormatError, match="not published"):
        article(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("status", "publish"), ("published", True), ("deleted", False), ("deleted_at", None)),
        *(("is_published", 1), ("post_type", "post"), ("retracted", "")),
    ],
)
def test_what_is_published_is_read(field, value):
    assert article(**{field: value}).text == STORY


def test_column_or_object_inside_gives_a_field_alike():
    flat = article(**{"source.name": "Alder Post", "links.permalink": "https://a.example/1"})
    inside = article(source={"name": "Alder Post"}, links={"permalink": "https://a.example/1"})

    assert flat == inside
    assert (flat.outlet, flat.url) == ("Alder Post", "https://a.example/1")


def test_first_address_of_a_list_counts():
    assert article(
        alternate=[{"href": "https://a.example/1"}, {"href": "https://b.example"}]
    ).url == ("https://a.example/1")
    assert article(url=["ferry", "https://a.example/1"]).url == "https://a.example/1"


def test_address_before_it_was_saved_elsewhere_counts():
    saved = {"url": "https://saved.example/me/1", "url_original": "https://a.example/1"}

    assert article(**saved).url == "https://a.example/1"


@pytest.mark.parametrize("value", ["null", "NaN", "nan", "N/A", "None"])
def test_what_stands_for_nothing_is_no_value(value):
    fields = Fields({"id": value, "language": value, "text": value, "title": value})

    assert (fields.line("id"), fields.line("language")) == (None, None)
    assert not fields.has_text or fields.text() is None
    assert fields.line("headline") == (value if value == "None" else None)


@pytest.mark.parametrize("written", ["[[Ann Poe]]", "[[people/ann|Ann Poe]]", "By Ann Poe"])
def test_author_has_no_marks_of_a_link_or_of_a_byline(written):
    assert article(author=[written]).author == "Ann Poe"


def test_date_inside_an_object_is_read():
    given = {"date": "2022-05-09 12:00:00.000000", "timezone_type": 3, "timezone": "UTC"}

    assert article(published=given).published == PartialDate.parse("2022-05-09T12:00:00")


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        (
            [{"type": "p", "text": "It left."}, {"type": "image"}, {"text": "It sank."}],
            "It left.\nIt sank.",
        ),
        (["It ", {"type": "bold", "text": "left"}, " at noon."], "It left at noon."),
        (["It left.", "It sank."], "It left.\nIt sank."),
        ([{"title": "Ferry leaves", "text": "It left."}], None),
        ([{"type": "image"}], None),
        ([], None),
    ],
)
def test_blocks_of_an_editor_are_its_paragraphs(blocks, text):
    assert Fields({"content": blocks}).text() == text
