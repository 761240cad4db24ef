"""A row of a CSV file is an article; its columns have the names of the JSON fields."""

import csv
import io

import pytest

from index.dates.partial_date import PartialDate
from index.models import Article, Skipped
from index.readers.folders import iter_articles

STORY = "The ferry left the port at noon on Monday, and it was full."
HEADER = ["id", "title", "outlet", "url", "published", "text"]


def read(path):
    return [found for _, found in iter_articles([path])]


def table(*rows, header=HEADER, delimiter=",", end="\r\n"):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows([header, *rows])
    return written.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_row_is_an_article(write_files, delimiter, end):
    text = f'{STORY}\n\n"We waited; we waited",\tshe said.\r\nNobody waved.'
    rows = (
        ["7", "Ferry leaves", "Alder Post", "https://a.example/7", "9 May 2022", text],
        ["", "", "", "", "", "It came back."],
    )
    folder = write_files({"news.csv": table(*rows, delimiter=delimiter, end=end)})

    first, second = read(folder)

    assert first == Article(
        id="7",
        text=text,
        headline="Ferry leaves",
        outlet="Alder Post",
        url="https://a.example/7",
        published=PartialDate.parse("2022-05-09"),
        language="en",
    )
    assert (second.text, second.outlet, second.published) == ("It came back.", None, None)
    assert second.id.startswith("news:")


def test_delimiter_is_the_one_under_which_the_header_names_the_text(write_files):
    folder = write_files({"a.csv": "title;body, in full;text\nFerry, and more;x;It left.\n"})

    (article,) = read(folder)

    assert (article.headline, article.text) == ("Ferry, and more", "It left.")


def test_blank_lines_before_the_header_and_between_rows_are_passed_over(write_files):
    folder = write_files({"a.csv": "\n\nTitle,Text\n\nFerry,It left.\n\n"})

    assert [(article.id, article.headline) for article in read(folder)] == [("a:5", "Ferry")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_other_encodings_are_read(write_files, encoding):
    text = "Паром вышел из порта в полдень и вернулся вечером."
    folder = write_files(
        {"a.csv": table(["Паром", text], header=["title", "text"]).encode(encoding)}
    )

    assert [(article.headline, article.text) for article in read(folder)] == [("Паром", text)]


def test_text_may_be_very_long(write_files):
    text = "The ferry left. " * 20_000
    folder = write_files({"a.csv": table([text], header=["text"])})

    assert [article.text for article in read(folder)] == [text]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "id;name\n1;Ferry\n",
            'no column "text" (found: id, name); '
            "expected a header with text, title, outlet, url, published",
        ),
        ("Ferry, it left.\n", 'no column "text" (found: Ferry, it left.); expected a header'),
        ("", 'no column "text" (found: nothing); expected a header'),
        (b"PK\x03\x04\x14\0", "a ZIP archive (.docx and .epub are such), not text"),
    ],
)
def test_file_without_a_text_column_is_skipped(write_files, content, reason):
    path = write_files({"a.csv": content}) / "a.csv"

    (skipped,) = read(path)

    assert skipped.place == str(path)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"Ferry", '1 values in 2 columns: put values with the delimiter into "'),
        (b"Ferry,It left, and came back.", "3 values in 2 columns: put values with the delimiter"),
        (b"Ferry,  ", "no text"),
        (b'Ferry,"It left" again', "not CSV: "),
        ("Ferry,橋は三月末".encode("cp932"), "not UTF-8 and no other encoding: save it as UTF-8"),
    ],
)
def test_bad_row_is_skipped_and_the_others_are_read(write_files, row, reason):
    content = b"title,text\nOne,It left.\n" + row + b"\nTwo,It came back.\n"
    path = write_files({"a.csv": content}) / "a.csv"

    first, skipped, third = read(path)

    assert (first.headline, third.headline) == ("One", "Two")
    assert (first.id, third.id) == ("a:2", "a:4")
    assert skipped.place == f"{path}:3"
    assert skipped.reason.startswith(reason)


def test_quotation_mark_that_is_never_closed_swallows_nothing(write_files):
    path = write_files({"a.csv": 'text\nIt left.\n"It came\nback.\n'}) / "a.csv"

    article, skipped = read(path)

    assert article.text == "It left."
    assert skipped == Skipped(f"{path}:3", "not CSV: unexpected end of data")
