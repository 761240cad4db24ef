"""A row of a CSV file is an article; its columns have the names of the JSON fields."""

import csv
import io

import pytest

from index.dates.partial_date import PartialDate
from index.formats.folders import iter_articles
from index.models import Article

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
        (b'Ferry,"It left, again" and again', "not CSV: "),
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


HEAD = "id,title,outlet,url,published,text\n"


def row(number, title="Boat {} left", text="Boat number {} left the harbour."):
    columns = (
        *(str(number), title.format(number), "Alder Post", f"https://alder.example/{number}"),
        *(f"2022-11-{number:02}", text.format(number)),
    )
    return ",".join(columns) + "\n"


@pytest.mark.parametrize(
    "stray",
    [
        row(3, title='"Boat {} left'),
        row(3, text='"Boat number {} left the harbour.'),
        row(3, title='"Boat" {} left'),
        row(3, text='"Boat number {}" left the harbour.'),
    ],
)
def test_stray_quotation_mark_costs_no_other_row(write_files, stray):
    rows = [row(number) for number in range(1, 29)]
    folder = write_files({"a.csv": HEAD + "".join([*rows[:2], stray, *rows[3:]])})

    found = read(folder)

    assert [article.id for article in found] == [str(number) for number in range(1, 29)]
    assert '"Boat' in f"{found[2].headline} {found[2].text}"
    assert found[3].text == "Boat number 4 left the harbour."


def test_two_stray_marks_do_not_make_one_row_of_those_between(write_files):
    rows = [row(number) for number in range(1, 9)]
    rows[2], rows[5] = row(3, title='"Boat {} left'), row(6, title='Boat {} left"')
    folder = write_files({"a.csv": HEAD + "".join(rows)})

    found = read(folder)

    assert [article.id for article in found] == [str(number) for number in range(1, 9)]
    assert (found[2].headline, found[5].headline) == ('"Boat 3 left', 'Boat 6 left"')


def test_row_that_a_stray_mark_makes_unclear_is_skipped_alone(write_files):
    unclear = '3,"Boat 3 left, "at last", they say,Post,https://a.example/3,2022-11-03,Yes.\n'
    path = write_files({"a.csv": HEAD + row(2) + unclear + row(4)}) / "a.csv"

    first, skipped, last = read(path)

    assert (first.id, last.id) == ("2", "4")
    assert (skipped.place, skipped.reason[:9]) == (f"{path}:3", "not CSV: ")


def test_text_over_many_lines_stays_one_row(write_files):
    text = "Boats, ferries, ships.\nWho, where, when, how, why, what.\n\nAll of them left."
    quoted = f'1,T,Post,https://a.example/1,2022-11-01,"{text}"\n'
    folder = write_files({"a.csv": HEAD + quoted + row(2)})

    assert [article.text for article in read(folder)] == [text, "Boat number 2 left the harbour."]


def test_quotation_marks_may_be_escaped_as_databases_do(write_files):
    rows = '7,"The \\"Anna\\", a ferry",Post,,2022-11-07,"She said \\"go\\"."\n'
    folder = write_files({"a.csv": HEAD + rows + row(8)})

    first, second = read(folder)

    assert (first.headline, first.text) == ('The "Anna", a ferry', 'She said "go".')
    assert second.id == "8"


def test_quotation_marks_of_a_tsv_file_are_part_of_its_text(write_files):
    rows = 'T\t"Never," she said, "again."\nU\t"It left.\nV\tIt came "back".\n'
    folder = write_files({"a.tsv": "title\ttext\n" + rows})

    assert [article.text for article in read(folder)] == [
        '"Never," she said, "again."',
        '"It left.',
        'It came "back".',
    ]


@pytest.mark.parametrize("first", ["sep=|\n", '"sep=|"\r\n', "SEP=|\n\n"])
def test_delimiter_may_be_stated_as_excel_does(write_files, first):
    folder = write_files({"a.csv": f"{first}text|title\nIt left.|Ferry, and more\n"})

    (article,) = read(folder)

    assert (article.headline, article.text) == ("Ferry, and more", "It left.")


def test_values_may_be_divided_by_bars(write_files):
    folder = write_files({"a.csv": "text|title\nIt left.|Ferry, and more\n"})

    assert [article.headline for article in read(folder)] == ["Ferry, and more"]


def test_html_in_a_column_is_read_as_text(write_files):
    folder = write_files({"a.csv": 'title,text\nR&amp;D,"<p>It left,</p><p>she said.</p>"\n'})

    assert [(each.headline, each.text) for each in read(folder)] == [("R&D", "It left,\nshe said.")]


def test_column_that_looks_like_the_date_is_reported(write_files):
    path = write_files({"a.csv": "text,seen time\nIt left.,2022-05-09\nIt came.,\n"}) / "a.csv"

    *articles, reported = read(path)

    assert [article.published for article in articles] == [None, None]
    assert reported.place == f"{path} (seentime)"
    assert reported.reason.startswith(
        "looks like a date but is not read, of articles without one: 1"
    )


def test_tables_put_to_each_other_are_one_table(write_files):
    one, other = (table(["", title, "", "", "", STORY + title]) for title in ("One", "Two"))
    folder = write_files({"a.csv": f"\ufeff{one}\ufeff{other}"})

    assert [(each.headline, each.text) for each in read(folder)] == [
        ("One", STORY + "One"),
        ("Two", STORY + "Two"),
    ]
