"""A build logs what it added, changed and removed, and takes the log of the last 90 days over."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from sqlite3 import connect

import pytest

from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.models import Span, article_key
from index.snapshot.change_file import ChangeFile, write_change_log
from index.snapshot.snapshot import open_snapshot
from index.store.change_log import (
    Change,
    ChangeKind,
    DatedChange,
    lost_at,
    removed_at,
)

FERRY = "The ferry left at noon. It was full. Nobody waved."
ARTICLE = "---\ntitle: {}\noutlet: Wire\nurl: https://example.org/{}\n---\n{}"


def article(text, title="Ferry"):
    return ARTICLE.format(title, title.lower(), text)


@pytest.fixture
def edition(tmp_path, tiny_encoder):
    """Build an edition of these articles; return its snapshot's id."""

    def build(keep_versions=False, **texts):
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in texts.items():
            (folder / f"{name}.md").write_text(text, "utf-8")
        options = BuildOptions(allow_shrink=True, keep_versions=keep_versions)
        return build_snapshot([folder], tmp_path / "index", tiny_encoder, "test", options).folder

    return build


def log_of(folder):
    return ChangeFile(folder / "changes.db")


def logged(folder, name="ferry"):
    """What happened to an article, the latest first."""
    with log_of(folder) as log:
        return [each.change for each in log.of_article(article_key(name))]


def test_first_build_logs_no_article(edition):
    folder = edition(ferry=article(FERRY))

    with log_of(folder) as log:
        assert log.since(datetime(2000, 1, 1, tzinfo=UTC)) == []
        assert log.news_since(folder.name) == frozenset()
        assert log.news_since("another") is None


def test_sentences_that_the_new_text_lacks_are_logged_without_their_words(edition):
    edition(ferry=article(FERRY))
    folder = edition(ferry=article(FERRY.replace("noon", "one")))

    (change,) = logged(folder)

    assert (change.kind, change.fields, change.lost) == (
        ChangeKind.CHANGED,
        ("text",),
        (Span(0, 23),),
    )
    assert change.text is None
    assert b"noon" not in (folder / "changes.db").read_bytes()


def test_date_of_a_loss_is_that_of_the_build_that_dropped_the_sentence():
    first, second, third = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3))
    fields = {"key": "k", "id": "ferry", "headline": "Ferry", "fields": ("text",)}
    other = Change(ChangeKind.CHANGED, text_hash="a1", lost=(Span(24, 36),), **fields)
    again = Change(ChangeKind.CHANGED, text_hash="b1", lost=(Span(0, 23),), **fields)
    gone = Change(ChangeKind.REMOVED, text_hash="c1", **fields)
    log = [DatedChange(gone, third), DatedChange(again, second), DatedChange(other, first)]

    assert removed_at(log) == third
    assert removed_at(log[1:]) is None
    assert lost_at(log[1:], "a1", Span(24, 30)) == first
    assert lost_at(log[1:], "a1", Span(0, 23)) == second
    assert lost_at(log[2:], "a1", Span(0, 23)) == first
    assert lost_at(log, "a1", Span(0, 23)) is None
    assert lost_at(log, "d1", Span(0, 23)) is None


def test_versions_are_kept_where_that_is_asked_for(edition):
    edition(ferry=article(FERRY), tram=article("A tram came.", "Tram"))
    folder = edition(True, ferry=article(FERRY.replace("noon", "one")))

    assert [each.text for each in logged(folder)] == [FERRY]
    assert [each.text for each in logged(folder, "tram")] == ["A tram came."]


def test_article_that_went_is_logged_with_what_names_it(edition):
    edition(ferry=article(FERRY), tram=article("A tram came.", "Tram"))
    folder = edition(ferry=article(FERRY))

    (change,) = logged(folder, "tram")

    assert (change.kind, change.headline, change.outlet) == (ChangeKind.REMOVED, "Tram", "Wire")
    assert (change.url, change.text) == ("https://example.org/tram", None)


def test_news_are_new_and_rewritten_articles_since_a_snapshot(edition):
    first = edition(ferry=article(FERRY), tram=article("A tram came.", "Tram"))
    second = edition(
        ferry=article(FERRY), tram=article("Two trams came.", "Tram"), bus=article("A bus.", "Bus")
    )
    third = edition(
        ferry=article(FERRY).replace("outlet: Wire", "outlet: Post"),
        tram=article("Two trams came.", "Tram"),
        bus=article("A bus.", "Bus"),
        car=article("A car.", "Car"),
    )

    with log_of(third) as log:
        keys = {
            name: log.news_since(folder.name)
            for name, folder in {"first": first, "second": second, "third": third}.items()
        }

    tram, bus, car = (article_key(name) for name in ("tram", "bus", "car"))
    assert keys == {"first": {tram, bus, car}, "second": {car}, "third": set()}


def test_what_is_older_than_90_days_is_dropped(tmp_path):
    now = datetime(2026, 11, 26, tzinfo=UTC)
    old, recent = now - timedelta(days=91), now - timedelta(days=89)
    paths = [tmp_path / f"{name}.db" for name in ("old", "recent", "now")]
    write_change_log(paths[0], "old", old, (), None, None)
    write_change_log(paths[1], "recent", recent, (), ("old", old), paths[0])

    write_change_log(paths[2], "now", now, (), ("recent", recent), paths[1])

    with closing(connect(paths[2])) as connection:
        names = connection.execute("SELECT snapshot FROM builds ORDER BY number").fetchall()
    assert names == [("recent",), ("now",)]


def test_previous_snapshot_without_a_log_is_where_the_log_begins(edition):
    first = edition(ferry=article(FERRY))
    (first / "changes.db").unlink()
    manifest = first / "manifest.json"
    values = json.loads(manifest.read_text("utf-8"))
    del values["files"]["changes.db"]
    manifest.write_text(json.dumps(values), "utf-8")

    second = edition(ferry=article(FERRY), tram=article("A tram came.", "Tram"))

    with log_of(second) as log:
        assert log.news_since(first.name) == {article_key("tram")}
    with open_snapshot(second.parents[1]) as snapshot:
        assert snapshot.changes is not None
