"""Front matter gives the fields as they are written, and takes nothing from the text."""

import datetime

import pytest

from index.dates.partial_date import PartialDate
from index.formats.folders import iter_articles
from index.formats.front_matter import FrontMatterError, split_front_matter
from index.models import Article, Skipped


def read(path):
    return [found for _, found in iter_articles([path])]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_toml_is_read_as_hugo_writes_it(write_files, end):
    front = (
        *("+++", 'title = "Ferry leaves"', "date = 2022-05-09T21:30:00+03:00", "draft = false"),
        *('authors = ["One", "Two"]', "[params]", "title = 5", "+++", "", "It left.", ""),
    )
    folder = write_files({"a.md": end.join(front).encode()})

    assert read(folder) == [
        Article(
            id="a",
            text=f"{end}It left.{end}",
            headline="Ferry leaves",
            published=PartialDate.parse("2022-05-09T21:30:00+03:00"),
            author="One, Two",
        )
    ]


def test_json_is_read_as_hugo_writes_it():
    text = '{\n  "title": "Ferry leaves",\n  "tags": ["sea"]\n}\n\nIt left.\n'

    assert split_front_matter(text) == (
        {"title": "Ferry leaves", "tags": ["sea"]},
        "\nIt left.\n",
    )


@pytest.mark.parametrize("text", ["{ferry} left.", "{}\nIt left.", '{"a": 1} left.', "{", "+ 1\n"])
def test_text_that_begins_with_a_brace_is_text(text):
    assert split_front_matter(text) == ({}, text)


def test_yaml_may_end_with_dots():
    assert split_front_matter("---\ntitle: T\n...\nIt left.") == ({"title": "T"}, "It left.")


@pytest.mark.parametrize(
    "written", ["No", "yes", "on", "007", "12:30", "0x1F", "1_000", "1e3", "3.50", "true", "<<"]
)
def test_value_of_yaml_is_what_is_written(write_files, written):
    folder = write_files({"a.md": f"---\ntitle: {written}\n---\nIt left at noon."})

    assert [article.headline for article in read(folder)] == [written]


def test_days_of_yaml_are_read_and_impossible_ones_are_unknown(write_files):
    fields, _ = split_front_matter("---\na: 2022-05-09\nb: 2022-02-30\nc: ~\n---\n")

    assert fields == {"a": datetime.date(2022, 5, 9), "b": "2022-02-30", "c": None}
    folder = write_files({"a.md": "---\npublished: 2022-02-30\ntitle: T\n---\nIt left."})
    assert [(each.headline, each.published) for each in read(folder)] == [("T", None)]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: &a [*a]\n---\n",
        "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n---\n",
        "---\ntitle: " + "[" * 200_000 + "\n---\n",
        "---\n" + "- " * 100_000 + "\n---\n",
        "---\ntitle: " + "{a: " * 100_000 + "\n---\n",
        "---\ntitle: !!python/object/apply:os.getcwd []\n---\n",
        "+++\ntitle = " + "[" * 100_000 + "\n+++\n",
        "+++\ntitle = 'a\n+++\n",
        "+++\ntitle = 1\n",
    ],
    ids=lambda front: front[:20],
)
def test_front_matter_that_cannot_be_read_costs_its_file_alone(write_files, front):
    with pytest.raises(FrontMatterError, match=r"^front matter "):
        split_front_matter(front)

    skipped, article = read(write_files({"a.md": f"{front}It left.", "b.md": "It came back."}))

    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("front matter ")
    assert len(skipped.reason) < 300
    assert article.text == "It came back."


@pytest.mark.parametrize(
    ("text", "headline", "kept"),
    [
        ("---\ntitle: Ferry\nsitename: Post\n---\nIt left.", "Ferry", "It left."),
        ("---\nThe ferry left.\n---\nIt came back.", None, None),
        ("---\nnote: this is a list\n---\nIt came back.", None, None),
        ("---\ntitle: [\n---\nIt left.", None, None),
        ("---\nIt left.\n", None, None),
    ],
)
def test_plain_text_has_front_matter_only_if_it_names_fields(write_files, text, headline, kept):
    (article,) = read(write_files({"a.txt": text}))

    assert article.text == (kept or text)
    assert headline is None or article.headline == headline
    assert article.outlet == ("Post" if headline else None)


@pytest.mark.parametrize("front", ["draft: true", "published: false", "status: trash"])
def test_draft_is_skipped_with_its_reason(write_files, front):
    path = write_files({"a.md": f"---\ntitle: T\n{front}\n---\nIt left."}) / "a.md"

    assert read(path) == [Skipped(str(path), f"not published ({front})")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_lines_of_names_and_values_are_fields(write_files, name, end):
    lines = ("Title: Ferry leaves: all aboard", "Date: 2022-05-09", "Tags: sea", "", "It left.")
    folder = write_files({name: end.join(lines).encode()})

    (found,) = read(folder)

    assert (found.headline, found.text) == ("Ferry leaves: all aboard", "It left.")
    assert found.published == PartialDate(2022, 5, 9)


@pytest.mark.parametrize(
    "text",
    [
        "Title: Ferry leaves\n\nIt left.",
        "Minsk: 5 degrees\nBrest: 7 degrees\n\nIt left.",
        "Date: 2022\nSource: a port\n\nIt left.",
        "Title: Ferry leaves\nDate: 2022\nIt left.",
    ],
)
def test_lines_with_colons_may_be_text(text):
    assert split_front_matter(text) == ({}, text)


@pytest.mark.parametrize("before", ["\n", "\r\n \r\n", "\ufeff\ufeff", "\n\ufeff"])
def test_front_matter_below_blank_lines_or_marks_is_read(write_files, before):
    text = f"{before}---\ntitle: Ferry leaves\n---\nIt left.\n"

    (found,) = read(write_files({"a.md": text}))

    assert (found.headline, found.text) == ("Ferry leaves", "It left.\n")


@pytest.mark.parametrize("text", ["\n---\nIt left.\n---\n", "\n---\nIt left.\n", "\n{}\nIt left."])
def test_line_drawn_below_blank_lines_is_text(text):
    assert split_front_matter(text) == ({}, text)


def test_second_colon_in_a_value_costs_nothing():
    front = 'title: Ferry: fares rise\nsource: "Alder Post"\ntags: [sea, port]\ndate: 2022-05-09'

    fields, text = split_front_matter(f"---\n{front}\n---\nIt left.\n")

    assert fields == {
        "title": "Ferry: fares rise",
        "source": "Alder Post",
        "tags": "[sea, port]",
        "date": "2022-05-09",
    }
    assert text == "It left.\n"


@pytest.mark.parametrize(
    "front",
    [
        "title: Ferry: up\ntags:\n- sea",
        "title: [Ferry: up",
        "title: A: b\nbody: |\n  x: y",
        'title: "A: b',
    ],
)
def test_lines_that_may_be_more_than_names_and_values_are_refused(front):
    with pytest.raises(FrontMatterError, match="front matter is not YAML"):
        split_front_matter(f"---\n{front}\n---\nIt left.\n")
