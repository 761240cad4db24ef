"""A JSON file is an article or a list of them; JSON Lines may be in any encoding."""

import json

import pytest

from index.models import Article, Skipped
from index.readers.folders import iter_articles

STORY = "The ferry left the port at noon on Monday."


def read(path):
    return [found for _, found in iter_articles([path])]


def test_object_is_an_article(write_files):
    found = {"headline": "Ferry leaves", "publisher": {"name": "Alder Post"}, "body": STORY}
    folder = write_files({"ferry.json": json.dumps(found)})

    assert read(folder) == [
        Article(id="ferry", text=STORY, headline="Ferry leaves", outlet="Alder Post", language="en")
    ]


def test_list_is_an_article_each(write_files):
    found = [{"id": 7, "text": STORY}, {"text": "It came back."}]
    folder = write_files({"news.json": json.dumps(found, indent=2)})

    assert [(article.id, article.text) for article in read(folder)] == [
        ("7", STORY),
        ("news:2", "It came back."),
    ]


def test_bad_entry_is_skipped_and_the_others_are_read(write_files):
    found = [{"text": STORY}, {"title": "T", "id": 3}, "text", {"text": "It came back."}]
    path = write_files({"news.json": json.dumps(found)}) / "news.json"

    first, second, third, fourth = read(path)

    assert (first.id, fourth.id) == ("news:1", "news:4")
    assert second == Skipped(
        f"{path}[2]", "no `text` field with the article's text (found: title, id)"
    )
    assert third == Skipped(f"{path}[3]", "expected an object with id, title, source, text")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON: "),
        (b"", "not JSON: "),
        (b'{"text": "a"}\n{"text": "b"}', "not JSON: Extra data"),
        (b"[" * 100_000, "not JSON: "),
        (b"5", "expected an object with id, title, source, text"),
        (b"{}", "no `text` field with the article's text (found: nothing)"),
        (b'{"text": ""}', "no text"),
        (b"\x89PNG\r\n", "an image, not text"),
    ],
)
def test_bad_file_is_skipped_with_its_reason(write_files, content, reason):
    path = write_files({"a.json": content}) / "a.json"

    (skipped,) = read(path)

    assert skipped.place == str(path)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_other_encodings_are_read(write_files, name, encoding):
    text = "Паром вышел из порта в полдень и вернулся вечером."
    line = json.dumps({"text": text}, ensure_ascii=False)
    folder = write_files({name: f"{line}\r\n".encode(encoding)})

    assert [article.text for article in read(folder)] == [text]


def test_json_lines_that_are_no_text_are_skipped_once(write_files):
    path = write_files({"a.jsonl": b"PK\x03\x04\x14\0\n\n\0\n"}) / "a.jsonl"

    (skipped,) = read(path)

    assert skipped.place == str(path)
    assert skipped.reason.startswith("a ZIP archive")
