"""What was fetched is known again; what its feed says was updated is wanted again."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from index.dates.partial_date import PartialDate
from index.errors import InputFileError
from index.formats.folders import iter_articles
from index.formats.html_files import Page
from index.web.archive import NAME, Archive
from index.web.article_files import Kept
from index.web.download import Validators
from index.web.listings import Entry

ADDRESS = "https://coast.example/bridge"
PAGE = Page(
    "The bridge opened.", "Bridge opens", None, None, PartialDate(2024, 3, 14), ADDRESS, "en"
)
TAGS = Validators('"1"', "Thu, 14 Mar 2024 09:30:00 GMT")


def reopened(archive: Archive, folder: Path) -> Archive:
    archive.save()
    return Archive(folder)


def texts(folder: Path) -> list[str]:
    return [article.text for _, article in iter_articles([folder])]


def test_article_is_new_once(tmp_path):
    archive = Archive(tmp_path)
    entry = Entry(ADDRESS, updated=PartialDate.parse("2024-03-14"))

    assert archive.is_wanted(entry)
    assert archive.keep(entry, PAGE, TAGS) is Kept.NEW
    for each in (archive, reopened(archive, tmp_path)):
        assert not each.is_wanted(entry)
        assert each.has(ADDRESS)
        assert each.validators(ADDRESS) == TAGS
        assert each.keep(entry, PAGE, TAGS) is Kept.UNCHANGED


@pytest.mark.parametrize(
    ("first", "later", "is_wanted"),
    [
        ("2024-03-14", "2024-03-14", False),
        ("2024-03-14", "2024-03-15", True),
        ("2024-03-14T10:00:00Z", "2024-03-14", False),  # another feed, less exact
        ("2024-03-14", None, False),
        (None, None, False),
        (None, "2024-03-14", False),  # before it was fetched
        (None, "2999-01-01", True),
    ],
)
def test_article_is_wanted_again_when_its_feed_says_that_it_changed(
    tmp_path, first, later, is_wanted
):
    first, later = (day and PartialDate.parse(day) for day in (first, later))
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS, updated=first), PAGE, TAGS)

    assert reopened(archive, tmp_path).is_wanted(Entry(ADDRESS, updated=later)) == is_wanted


def test_new_date_of_publication_counts_as_a_change(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS, published=PartialDate.parse("2024-03-14")), PAGE, TAGS)

    assert archive.is_wanted(Entry(ADDRESS, published=PartialDate.parse("2024-03-15")))


def test_unmodified_article_is_not_wanted_until_the_next_update(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS, updated=PartialDate.parse("2024-03-14")), PAGE, TAGS)
    updated = Entry(ADDRESS, updated=PartialDate.parse("2999-01-01"))

    assert archive.is_wanted(updated)
    assert archive.keep_unmodified(updated) is Kept.UNCHANGED
    assert not archive.is_wanted(updated)
    assert archive.validators(ADDRESS) == TAGS


def test_other_text_is_a_change(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS), PAGE, TAGS)

    assert archive.keep(Entry(ADDRESS), replace(PAGE, text="It closed."), TAGS) is Kept.CHANGED
    assert texts(tmp_path) == ["It closed."]


def test_article_by_another_address_is_kept_once(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS), PAGE, TAGS)
    other = Entry(f"{ADDRESS}?from=feed")

    assert archive.is_wanted(other)
    assert archive.keep(other, replace(PAGE, text="Another's words."), TAGS) is Kept.UNCHANGED
    assert not reopened(archive, tmp_path).is_wanted(other)
    assert texts(tmp_path) == [PAGE.text]


def test_file_taken_by_another_article_keeps_its_words(tmp_path):
    """The first article's file was deleted, and another of the same day and headline took it."""
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS), PAGE, TAGS)
    (path,) = tmp_path.glob("*.md")
    path.unlink()
    archive = reopened(archive, tmp_path)
    other = replace(PAGE, text="Another bridge opened.", url=f"{ADDRESS}-2")
    archive.keep(Entry(f"{ADDRESS}-2"), other, TAGS)
    archive = reopened(archive, tmp_path)

    assert archive.keep(Entry(ADDRESS), replace(PAGE, text="It closed."), TAGS) is Kept.NEW
    stored = [article for _, article in iter_articles([tmp_path])]
    assert {each.url: each.text for each in stored} == {
        ADDRESS: "It closed.",
        f"{ADDRESS}-2": "Another bridge opened.",
    }


def test_pages_that_all_name_one_address_as_theirs_are_articles_of_their_own(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(f"{ADDRESS}/1"), PAGE, TAGS)
    second = replace(PAGE, headline="Ferry sinks", text="The ferry sank.")

    assert archive.keep(Entry(f"{ADDRESS}/2"), second, TAGS) is Kept.NEW
    assert archive.keep(Entry(f"{ADDRESS}/2"), second, TAGS) is Kept.UNCHANGED
    stored = [article for _, article in iter_articles([tmp_path])]
    assert {each.url: each.headline for each in stored} == {
        ADDRESS: "Bridge opens",
        f"{ADDRESS}/2": "Ferry sinks",
    }


def test_state_that_names_files_is_read(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS, updated=PartialDate.parse("2024-03-14")), PAGE, TAGS)
    archive.save()
    state = json.loads((tmp_path / NAME).read_text())
    (seen,) = state["articles"].values()
    del seen["url"]
    seen["file"] = "../outside.md"
    (tmp_path / NAME).write_text(json.dumps(state))
    archive = Archive(tmp_path)

    assert not archive.is_wanted(Entry(ADDRESS, updated=PartialDate.parse("2024-03-14")))
    assert archive.validators(ADDRESS) == TAGS
    assert archive.keep(Entry(ADDRESS), replace(PAGE, text="It closed."), TAGS) is Kept.CHANGED
    assert texts(tmp_path) == ["It closed."]
    assert not (tmp_path.parent / "outside.md").exists()


def test_deleted_article_is_asked_for_as_a_new_one(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(Entry(ADDRESS), PAGE, TAGS)
    archive.save()
    (path,) = tmp_path.glob("*.md")
    path.unlink()
    archive = Archive(tmp_path)

    assert archive.is_wanted(Entry(ADDRESS))
    assert archive.validators(ADDRESS) == Validators()
    assert archive.keep(Entry(ADDRESS), PAGE, TAGS) is Kept.NEW


def test_article_is_known_without_the_state(tmp_path):
    Archive(tmp_path).keep(Entry(ADDRESS), PAGE, TAGS)
    (path,) = tmp_path.glob("*.md")
    os.utime(path, (1_700_000_000, 1_700_000_000))  # 14 November 2023
    archive = Archive(tmp_path)

    assert not archive.is_wanted(Entry(ADDRESS))
    assert not archive.is_wanted(Entry(ADDRESS, updated=PartialDate.parse("2023-11-14")))
    assert archive.is_wanted(Entry(ADDRESS, updated=PartialDate.parse("2023-11-16")))
    assert archive.validators(ADDRESS) == Validators()


def test_article_in_another_format_is_not_wanted(write_files):
    folder = write_files({"b.jsonl": f'{{"text": "It is red.", "url": "{ADDRESS}"}}\n'})

    assert not Archive(folder).is_wanted(Entry(ADDRESS, updated=PartialDate.parse("2999-01-01")))


def test_source_is_remembered(tmp_path):
    archive = Archive(tmp_path)
    archive.remember_source("https://coast.example/feed", TAGS)

    archive = reopened(archive, tmp_path)

    assert archive.source_validators("https://coast.example/feed") == TAGS
    assert archive.source_validators("https://coast.example/other") == Validators()


def test_state_is_no_article(tmp_path):
    Archive(tmp_path).save()

    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert list(iter_articles([tmp_path])) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"articles": 1}', b'{"articles": {"a": {"file": 1}}}', b"\xff"],
)
def test_damaged_state_says_what_to_do(tmp_path, content):
    (tmp_path / NAME).write_bytes(content)

    with pytest.raises(InputFileError, match="damaged; delete it, no article is lost by that"):
        Archive(tmp_path)
