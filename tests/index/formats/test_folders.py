"""Files become articles; text is kept as it was written, and a bad file says what is wrong."""

import gzip
import json
import os
import re
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate
from index.formats.folders import READERS, iter_articles
from index.models import Article, Skipped

STORY = "MINSK, 5 May (Coast Wire) – The ferry left at noon. It was full.\nNobody waved.\n"
PAGE = (
    "<article><p>It left. The harbour had waited for that day, an official said at noon.</p>"
    "<p>Two hundred people were on board, among them the mayor of the town.</p></article>"
)


def read(*paths):
    return [found for _, found in iter_articles(paths)]


def read_one(path):
    ((_, found),) = iter_articles([path])
    return found


def lines(*articles):
    return "".join(json.dumps(each) + "\n" for each in articles)


class TestPlainText:
    def test_headline_line_and_dateline_are_read(self, write_files):
        text = f"Ferry leaves Minsk\n\n{STORY}"
        folder = write_files({"ferry.txt": text})

        assert read(folder) == [
            Article(
                id="ferry",
                text=text,
                headline="Ferry leaves Minsk",
                outlet="Coast Wire",
                published=PartialDate.parse("--05-05"),
                place="MINSK",
                language="en",
            )
        ]

    def test_first_sentence_stands_in_for_a_headline(self, write_files):
        article = read_one(write_files({"ferry.txt": STORY}) / "ferry.txt")

        assert article.headline == "The ferry left at noon."
        assert article.headline_stands_in
        assert (article.outlet, article.published, article.place) == (
            "Coast Wire",
            PartialDate(None, 5, 5),
            "MINSK",
        )

    @pytest.mark.parametrize("line", ["The ferry left.", "Who left?", "x" * 201, "He: “Go”"])
    def test_line_that_reads_like_text_is_no_headline(self, write_files, line):
        article = read_one(write_files({"a.txt": f"{line}\nThe story goes on."}) / "a.txt")

        assert article.headline == line
        assert article.headline_stands_in

    def test_only_line_is_text_and_no_headline(self, write_files):
        article = read_one(write_files({"a.txt": "Ferry leaves Minsk"}) / "a.txt")

        assert article.headline_stands_in
        assert article.text == "Ferry leaves Minsk"

    def test_dateline_without_a_story_is_read(self, write_files):
        folder = write_files({"a.txt": "MINSK (Coast Wire) – \n", "b.txt": "The ferry left."})

        assert [found.id for found in read(folder) if isinstance(found, Article)][-1] == "b"

    def test_dateline_on_its_own_line_is_no_headline(self, write_files):
        text = "MINSK, 5 May (Coast Wire) –\nThe ferry left at noon. It was full.\n"
        article = read_one(write_files({"a.txt": text}) / "a.txt")

        assert article.headline == "The ferry left at noon."
        assert (article.outlet, article.published) == ("Coast Wire", PartialDate(None, 5, 5))

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251", "koi8_r"])
    def test_text_in_another_encoding_is_read_like_utf8(self, write_files, encoding):
        text = "Паром ушёл из порта\r\n\r\nПаром ушёл из порта в полдень. Он был полон.\r\n"
        folder = write_files({"a.txt": text.encode(encoding)}, "old")
        plain = write_files({"a.txt": text.encode()}, "new")

        assert read(folder) == read(plain)
        assert read(folder)[0].text == text

    def test_byte_order_mark_is_no_part_of_the_text(self, write_files):
        folder = write_files({"a.txt": b"\xef\xbb\xbfThe ferry left."})

        assert read_one(folder / "a.txt").text == "The ferry left."


class TestMarkdown:
    def test_front_matter_gives_the_fields(self, write_files):
        front = (
            "---\ntitle: |\n  Ferry leaves\n  Minsk\noutlet: Alder Post\n"
            "url: https://example.org/ferry?a=1#top\npublished: 2022-01-10T18:30:00+06:00\n"
            "language: en\nauthor: Test Author\n---\n"
        )
        folder = write_files({"ferry.md": f"{front}\nThe ferry left.  \n\n"})

        assert read(folder) == [
            Article(
                id="ferry",
                text="\nThe ferry left.  \n\n",
                headline="Ferry leaves Minsk",
                outlet="Alder Post",
                url="https://example.org/ferry?a=1#top",
                published=PartialDate.parse("2022-01-10T18:30:00+06:00"),
                language="en",
                author="Test Author",
            )
        ]

    @pytest.mark.parametrize("text", ["The ferry left.", "\n \n  The ferry\n", "---\nThe ferry"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", " \n"])
    def test_text_begins_on_the_line_behind_the_front_matter(self, write_files, text, end):
        front = f"---{end}title: Ferry leaves{end}---{end}".encode()
        article = read_one(write_files({"a.md": front + text.encode()}) / "a.md")

        assert (article.headline, article.text) == ("Ferry leaves", text)

    def test_fields_go_before_the_dateline(self, write_files):
        front = "---\noutlet: Alder Post\npublished: 2022-05-06\n---\n"
        article = read_one(write_files({"a.md": front + STORY}) / "a.md")

        assert (article.outlet, article.published) == ("Alder Post", PartialDate(2022, 5, 6))
        assert article.place == "MINSK"
        assert article.headline == "The ferry left at noon."

    def test_heading_is_the_headline_without_its_mark(self, write_files):
        text = "# Is the ferry full?\n\nThe ferry left."
        article = read_one(write_files({"a.md": text}) / "a.md")

        assert (article.headline, article.headline_stands_in) == ("Is the ferry full?", False)
        assert article.text == text

    def test_heading_of_hard_wrapped_text_is_one_line(self, write_files):
        text = (
            "# Notes from the quay\nThe ship that left\nthe port on Monday was\n"
            "late and so the people\nwaited for it.\n\nIt came back\nin the evening.\n"
        )
        article = read_one(write_files({"a.md": text}) / "a.md")

        assert article.headline == "Notes from the quay"

    @pytest.mark.parametrize("front", ["---\n---\n", "---\n# a comment\n---\n"])
    def test_front_matter_may_be_empty(self, write_files, front):
        article = read_one(write_files({"a.md": f"{front}The ferry left."}) / "a.md")

        assert article.text.strip() == "The ferry left."
        assert article.outlet is None

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "https://", "http://[::1", "ferry.html", "file:///etc"]
    )
    def test_address_that_nobody_can_open_is_unknown(self, write_files, address):
        folder = write_files({"a.jsonl": lines({"text": "The ferry left.", "url": address})})

        assert read_one(folder / "a.jsonl").url is None


class TestJsonLines:
    def test_each_line_is_an_article(self, write_files):
        folder = write_files(
            {
                "news.jsonl": lines(
                    {
                        "id": 7,
                        "title": "Ferry leaves",
                        "source": "Alder Post",
                        "url": "http://example.org/7",
                        "published": "23 November 2022",
                        "text": "\tThe ferry left.\u2028It was full. ",
                    },
                )
                + "\n"
                + lines({"headline": "Second", "outlet": "Coast Wire", "text": "It came back."})
            }
        )

        assert read(folder) == [
            Article(
                id="7",
                text="\tThe ferry left.\u2028It was full. ",
                headline="Ferry leaves",
                outlet="Alder Post",
                url="http://example.org/7",
                published=PartialDate.parse("2022-11-23"),
                language="en",
            ),
            Article(id="news:3", text="It came back.", headline="Second", outlet="Coast Wire"),
        ]

    def test_id_of_zero_is_an_id(self, write_files):
        folder = write_files({"news.jsonl": lines({"id": 0, "text": "The ferry left."})})

        assert read_one(folder / "news.jsonl").id == "0"

    def test_archive_is_read_like_the_file(self, write_files):
        plain = lines({"text": "The ferry left."}, {"text": "It came back."})
        folder = write_files({"a.jsonl": plain}, "plain")
        packed = write_files({"a.jsonl.gz": gzip.compress(plain.encode())}, "packed")

        assert read(folder) == read(packed)
        assert [article.id for article in read(packed)] == ["a:1", "a:2"]

    def test_line_separator_inside_a_line_divides_nothing(self, write_files):
        line = '{"text": "The ferry left.\u2028It was full.\x85"}\n'
        folder = write_files({"a.jsonl": line})

        assert read_one(folder / "a.jsonl").text == "The ferry left.\u2028It was full.\x85"


class TestFolders:
    def test_files_are_read_in_order_and_named_by_their_path(self, write_files):
        folder = write_files(
            {
                "b/2.txt": "Two.",
                "b/1.md": "One.",
                "a.txt": "Zero.",
                "image.png": b"\x89PNG",
                "UPPER.TXT": "Upper.",
                "b/c/deep.jsonl": lines({"text": "Deep."}),
            }
        )

        found = [(article.id, article.text) for article in read(folder)]
        assert found == [
            ("UPPER", "Upper."),
            ("a", "Zero."),
            ("b/1", "One."),
            ("b/2", "Two."),
            ("b/c/deep:1", "Deep."),
        ]

    def test_upper_case_archive_is_read_too(self, write_files):
        packed = gzip.compress(lines({"text": "The ferry left."}).encode())
        folder = write_files({"NEWS.JSONL.GZ": packed})

        assert [article.text for article in read(folder)] == ["The ferry left."]

    def test_paths_are_read_in_the_order_given(self, write_files):
        one = write_files({"one.txt": "One."}, "1")
        two = write_files({"two.txt": "Two."}, "2")

        assert [article.id for article in read(two / "two.txt", one)] == ["two", "one"]

    def test_folder_of_pictures_and_scripts_holds_no_article(self, write_files):
        files = {"a.png": b"\x89PNG", "b.css": "p {}", "c.js": "a()", "d.mp4": b"\0", ".e.md": "E."}

        assert read(write_files(files)) == []

    def test_files_of_unknown_formats_are_counted_once(self, write_files):
        files = {
            "a.docx": b"PK",
            "b/c.docx": b"PK",
            "d.pdf": b"%PDF",
            "notes": "Text.",
            "e.txt": "E.",
        }
        folder = write_files(files)

        article, reported = read(folder)

        assert article.text == "E."
        assert reported.place == str(folder)
        assert reported.reason.startswith(
            "files of unknown formats: .docx 2, .pdf 1, without an ending 1; known: .txt, .md"
        )

    @pytest.mark.parametrize(
        "kept",
        [
            *(".trash", ".Trash-1000/files", ".stversions", ".git", "__MACOSX", "$RECYCLE.BIN"),
            *("#recycle", "@eaDir", "lost+found", "b/.obsidian/trash", "Trash", "b/_trash"),
            *("files_trashbin/files", "files_versions", "~snapshot/daily"),
        ],
    )
    def test_deleted_and_old_files_are_not_read(self, write_files, kept):
        folder = write_files({"a.md": "The ferry left.", f"{kept}/a.md": "It sank."})

        assert [article.text for article in read(folder)] == ["The ferry left."]

    def test_packed_or_not_is_told_by_the_content(self, write_files):
        packed = gzip.compress(b"The ferry left.")
        folder = write_files({"a.txt.gz": b"The ferry left.", "b.txt": packed, "c.txt.gz": packed})

        assert [article.text for article in read(folder)] == ["The ferry left."] * 3

    @pytest.mark.parametrize(
        "name",
        [
            "a.sync-conflict-20220509-101500-ABCDEF7.md",
            "a (Ann's conflicted copy 2022-05-09).md",
            "a (conflicted copy 2022-05-09 101500).md",
            "a_conflict-20220509-101500.md",
            "a (SFConflict ann@a.example 2022-05-09-10-15-00).md",
        ],
    )
    def test_other_version_of_a_synchronised_file_is_skipped(self, write_files, name):
        folder = write_files({"a.md": "The ferry left.", name: "It sank."})

        article, skipped = sorted(read(folder), key=lambda each: isinstance(each, Skipped))

        assert article.text == "The ferry left."
        assert skipped.place == str(folder / name)
        assert skipped.reason.startswith("another version of a file")

    @pytest.mark.parametrize(
        "name", ["conflict.md", "the-conflict-in-2022.md", "a (2).md", "a (conflict).md"]
    )
    def test_file_about_a_conflict_is_read(self, write_files, name):
        assert read_one(write_files({name: "The ferry left."}) / name).text == "The ferry left."

    def test_hidden_folder_that_is_named_is_read(self, write_files):
        folder = write_files({".articles/a.md": "The ferry left."})

        assert [article.text for article in read(folder / ".articles")] == ["The ferry left."]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.markdown", "---\ntitle: Ferry\n---\nIt left."),
            ("a.ndjson", '{"title": "Ferry", "text": "It left."}\n'),
            ("a.tsv", "title\ttext\nFerry\tIt left.\n"),
            ("a.xhtml", f"<html><title>Ferry</title>{PAGE}</html>"),
            ("a.html?id=1", f"<html><title>Ferry</title>{PAGE}</html>"),
        ],
    )
    def test_other_endings_of_known_formats_are_read(self, write_files, name, content):
        (article,) = read(write_files({name: content}))

        assert article.headline == "Ferry"
        assert article.text.startswith("It left.")

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.md.gz", "---\ntitle: Ferry\n---\nIt left."),
            ("a.json.gz", '{"title": "Ferry", "text": "It left."}'),
            ("a.ndjson.gz", '{"title": "Ferry", "text": "It left."}\n'),
            ("a.CSV.GZ", "title,text\nFerry,It left.\n"),
            ("a.html.gz", f"<html><title>Ferry</title>{PAGE}</html>"),
        ],
    )
    def test_every_format_may_be_packed(self, write_files, name, content):
        (article,) = read(write_files({name: gzip.compress(content.encode())}))
        (damaged,) = read(write_files({name: b"\x1f\x8b\x08 no archive"}, "damaged"))

        assert article.headline == "Ferry"
        assert article.text.startswith("It left.")
        assert article.id in ("a", "a:1", "a:2")
        assert damaged.reason.startswith("damaged archive: ")

    def test_pages_named_as_their_addresses_have_ids_of_their_own(self, write_files):
        folder = write_files({f"index.html?p={n}": PAGE.replace("noon", f"{n}") for n in (1, 2)})

        assert [article.id for article in read(folder)] == ["index.html?p=1", "index.html?p=2"]

    def test_folder_with_the_name_of_a_page_is_a_folder(self, write_files):
        folder = write_files({"x.html/a.txt": "The ferry left."})

        assert [article.id for article in read(folder)] == ["x.html/a"]

    def test_link_that_leads_nowhere_or_to_a_folder_is_named(self, write_files, tmp_path):
        folder = write_files({"a.txt": "The ferry left."})
        (tmp_path / "elsewhere").mkdir()
        (folder / "b.txt").symlink_to(folder / "b.txt")
        (folder / "c.txt").symlink_to(tmp_path / "gone")
        (folder / "d").symlink_to(tmp_path / "elsewhere")
        (folder / "e").symlink_to(folder)

        article, *skipped = read(folder)

        assert article.id == "a"
        assert skipped == [
            Skipped(str(folder / "b.txt"), "Too many levels of symbolic links"),
            Skipped(str(folder / "c.txt"), "No such file or directory"),
            Skipped(str(folder / "d"), "a link to a folder: name the folder itself"),
            Skipped(str(folder / "e"), "a link to a folder: name the folder itself"),
        ]

    def test_pipe_is_named_and_not_waited_for(self, write_files):
        folder = write_files({"a.txt": "The ferry left."})
        os.mkfifo(folder / "b.txt")

        assert read(folder)[1:] == [Skipped(str(folder / "b.txt"), "not a regular file")]
        assert read(folder / "b.txt") == [Skipped(str(folder / "b.txt"), "not a regular file")]

    def test_name_that_is_no_text_is_refused(self, write_files):
        folder = write_files({"a.txt": "The ferry left."})
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("The ferry came back.")

        skipped = read(folder)[1]

        assert skipped.place == f"{folder}/caf\\udce9.txt"
        assert skipped.reason == "its name is not UTF-8: rename it"

    def test_folder_that_cannot_be_opened_is_named(self, write_files, monkeypatch):
        folder = write_files({"a.txt": "The ferry left.", "closed/b.txt": "It came back."})
        scan = os.scandir

        def refuse(path):
            if Path(path).name == "closed":
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)

        assert read(folder)[1:] == [Skipped(str(folder / "closed"), "Permission denied")]

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.jsonl", "\n\n"), ("a.json", "[]"), ("a.csv", "title,text\n"), ("a.jsonl", "")],
    )
    def test_file_without_an_article_is_named(self, write_files, name, content):
        folder = write_files({name: content})

        assert read(folder) == [Skipped(str(folder / name), "no article in it")]


class TestBadFiles:
    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            (
                "a.txt",
                "橋は三月末".encode("cp932"),
                "not UTF-8 (byte 0) and no other encoding: save",
            ),
            ("a.md", "Мост открыт".encode()[:-1], "damaged UTF-8 (byte 19): save it as UTF-8"),
            (
                "a.txt",
                b"PK\x03\x04\x14\0\0\0",
                "a ZIP archive (.docx and .epub are such), not text",
            ),
            ("a.txt", b" \n\n", "no text"),
            ("a.txt", b"", "no text"),
            ("a.md", b"---\ntitle: T\n---\n \n", "no text"),
            ("a.md", b"---\ntitle: T\nText.", "front matter is not closed by a line ---"),
            ("a.md", b"---\n- one\n---\nText.", "front matter is not a list of `name: value`"),
            ("a.md", b"---\ntitle: [T\n---\nText.", "front matter is not YAML: "),
            ("a.md", b'---\ntitle: "\\ud800"\n---\nText.', "front matter is not YAML: "),
            ("a.pdf", b"%PDF", "unknown format '.pdf'; known: .txt, .md, .jsonl, "),
            ("README", b"Text.", "unknown format 'README'; known: .txt, .md, .jsonl, "),
            ("a.jsonl.gz", b"\0Text.", "damaged archive: Not a gzipped file"),
        ],
    )
    def test_bad_file_is_skipped_with_its_reason(self, write_files, name, content, reason):
        path = write_files({name: content}) / name

        skipped = read_one(path)

        assert skipped.place == str(path)
        assert skipped.reason.startswith(reason)
        assert "\n" not in skipped.reason

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b'{"text": "The ferry left."', "not JSON: "),
            (b"The ferry left.", "not JSON: "),
            (b'"The ferry left."', "expected an object with id, title, source, text"),
            (b"[1, 2]", "expected an object with id, title, source, text"),
            (b'{"id": "x", "title": "T"}', "no `text` field with the article's text"),
            (b'{"text": null}', "no `text` field with the article's text"),
            (b'{"text": 5}', "no `text` field with the article's text"),
            (b'{"text": " \\n "}', "no text"),
            (
                '{"text": "橋は三月末"}'.encode("cp932"),
                "not UTF-8 and no other encoding: save it as",
            ),
            (b'{"text": "Half \\ud83d of it."}', "half of a character (a lone surrogate)"),
        ],
    )
    def test_bad_line_is_skipped_and_the_others_are_read(self, write_files, line, reason):
        good = lines({"text": "The ferry left."}).encode()
        path = write_files({"a.jsonl": good + line + b"\n" + good}) / "a.jsonl"

        first, skipped, third = read(path)

        assert (first.id, third.id) == ("a:1", "a:3")
        assert skipped.place == f"{path}:2"
        assert skipped.reason.startswith(reason)

    @pytest.mark.parametrize(
        "fields",
        [
            {"title": "Half \ud83d of it"},
            {"id": "half \ud83d"},
            {"source": "half \ud83d"},
            {"author": "half \ud83d"},
            {"url": "https://example.org/\ud83d"},
        ],
        ids=lambda fields: next(iter(fields)),
    )
    def test_half_a_character_never_reaches_the_index(self, write_files, fields):
        folder = write_files({"a.jsonl": lines({"text": "The ferry left.", **fields})})

        found = read_one(folder / "a.jsonl")

        if isinstance(found, Article):
            assert all(str(value).encode() for value in astuple(found))

    @pytest.mark.parametrize(
        "line",
        ['{"id": ' + "1" * 5000 + ', "text": "The ferry left."}', "[" * 100_000],
        ids=["number of 5000 digits", "100000 brackets"],
    )
    def test_line_that_json_gives_up_on_is_skipped(self, write_files, line):
        folder = write_files({"a.jsonl": f'{line}\n{{"text": "It came back."}}\n'})

        first, second = read(folder)

        assert first.place == f"{folder / 'a.jsonl'}:1"
        assert second.text == "It came back."

    def test_impossible_date_is_blamed_on_the_date(self, write_files):
        front = "---\ntitle: T\npublished: 2022-13-45\n---\n"
        found = read_one(write_files({"a.md": f"{front}The ferry left."}) / "a.md")

        # Read without the date, or skipped for it; but the front matter is closed.
        assert "not closed" not in str(found)

    def test_missing_file_is_skipped(self, tmp_path):
        path = tmp_path / "gone.txt"

        assert read(path) == [Skipped(str(path), "No such file or directory")]

    def test_cut_archive_gives_what_came_before_the_cut(self, write_files):
        packed = gzip.compress(lines(*({"text": f"Boat {n * 7919}."} for n in range(200))).encode())
        path = write_files({"a.jsonl.gz": packed[: len(packed) // 2]}) / "a.jsonl.gz"

        *articles, last = read(path)

        assert [article.text for article in articles[:2]] == ["Boat 0.", "Boat 7919."]
        assert len(articles) < 200
        assert last == Skipped(
            str(path),
            "damaged archive: Compressed file ended before the end-of-stream marker was reached",
        )

    @pytest.mark.parametrize("place", [0.2, 0.4, 0.6, 0.8])
    def test_archive_with_an_altered_byte_is_reported(self, write_files, place):
        packed = bytearray(
            gzip.compress(lines(*({"text": f"Boat {n * 7919}."} for n in range(200))).encode())
        )
        packed[int(len(packed) * place)] ^= 0xFF
        path = write_files({"a.jsonl.gz": bytes(packed)}) / "a.jsonl.gz"

        reasons = [each.reason for each in read(path) if isinstance(each, Skipped)]

        assert any(reason.startswith("damaged archive: ") for reason in reasons)


def test_every_format_is_in_the_documentation():
    page = (Path(__file__).parents[3] / "docs" / "articles.md").read_text("utf-8")
    formats = page.split("## Formats")[1].split("\n## ")[0]

    assert [each for each in READERS if f"`{each}`" not in formats] == []


# A file of NULs is no text; one of them in JSON is.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


@given(ANY_TEXT)
@settings(max_examples=80)
def test_text_is_kept_to_the_last_character(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("verbatim")
    assume(text.strip().casefold() not in ("nan", "none", "null", "n/a", "undefined", "unknown"))
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "b.jsonl").write_text(json.dumps({"text": text}) + "\n", "utf-8")

    found = read(folder)

    # A mark before a line is one of another file that was put to this one.
    unmarked = re.sub("^\ufeff+", "", text, flags=re.MULTILINE)
    if unmarked.strip():
        assert [article.text for article in found] == [unmarked, text]
    else:
        assert found[0] == Skipped(str(folder / "a.txt"), "no text")


def test_articles_of_the_tests_are_read_as_written(article_folder):
    found = {article.id: article for _, article in iter_articles([article_folder])}

    assert list(found) == [
        "awkward",
        "ferry-fares",
        "harbour-bridge",
        "copy-post",
        "copy-herald",
        "no-headline",
        "most-otkryt",
        "wrapped",
    ]
    for name in ("awkward.md", "harbour-bridge.txt", "wrapped.txt"):
        data = (article_folder / name).read_bytes()
        assert found[name.split(".")[0]].text == data.decode()
    assert found["harbour-bridge"].headline == "Harbour bridge opens after nine years of work"
    assert found["no-headline"].headline.startswith("The lighthouse of North Shore was sold")
    assert found["most-otkryt"].published == PartialDate(2024, 3, 14)
    assert found["awkward"].headline == "Notes from the quay"
    assert found["wrapped"].headline == (
        "The tide gauge at the mole has been out of order since the first storm of the winter."
    )


def test_excluded_folder_is_passed_over_wherever_it_lies(write_files):
    folder = write_files(
        {
            "a.txt": "The bridge opened.",
            "deep/index/manifest.json": "{}",
            "deep/index/snapshots/1/tokenizer.json": "{}",
            "deep/index.txt": "The ferry stays.",
        }
    )

    found = [article.id for _, article in iter_articles([folder], folder / "deep" / "index")]

    assert found == ["a", "deep/index"]


def test_excluded_folder_is_known_by_any_of_its_paths(write_files, monkeypatch):
    folder = write_files({"a.txt": "The bridge opened.", "index/manifest.json": "{}"})
    monkeypatch.chdir(folder)

    assert len(list(iter_articles([folder], Path("index")))) == 1
    assert len(list(iter_articles([Path()], folder / "index"))) == 1


def test_name_with_half_a_character_can_be_printed(write_files):
    folder = write_files({"a.json": b'{"\\ud83d": 1}', "b.csv": b"\xff\xfe\xd8\x3d,\xff\n1,2\n"})

    for skipped in read(folder):
        assert skipped.reason.encode()
        assert skipped.place.encode()
