"""Builds in Milvus log what they change, and the log reads as that of a folder."""

from datetime import UTC, datetime, timedelta

import pytest

from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.coverage import Coverage
from index.milvus.change_log import MilvusChangeLog
from index.milvus.editions import current_edition
from index.milvus.engine import Engine
from index.milvus.schema import Table
from index.models import article_key
from index.snapshot.snapshot import open_snapshot
from index.store.change_log import KEPT_DAYS
from tests.index.hash_encoder import HashEncoder

pytestmark = pytest.mark.slow

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
KEPT = {"keep_versions": True, "allow_shrink": True}


def read(store, ids, articles):
    """All that the log says, with the number of the build for its id."""
    log = store.changes
    return (
        [each.change for each in log.since(ALWAYS)],
        [[one.change for one in log.of_article(article_key(each))] for each in articles],
        [log.news_since(each) for each in (*ids, "another")],
        log.kept_texts(""),
        log.kept_texts(article_key(articles[1])[:6]),
    )


def test_log_is_that_of_a_folder_with_the_same_builds(build, opened, write_articles, tmp_path):
    articles, index_dir = ["000", "001", "007", "008", "100"], tmp_path / "index"
    there, here = [], []
    for numbers, changed in (
        (range(6), []),
        (range(8), [1]),
        (range(1, 8), [1, 2]),
        (range(9), []),
    ):
        folder = write_articles(numbers, changed)
        build(folder, **KEPT)
        built = build_snapshot([folder], index_dir, HashEncoder(), "test", BuildOptions(**KEPT))
        here.append(built.folder.name)
        with opened() as store:
            there.append(store.id)

    with opened() as store, open_snapshot(index_dir) as snapshot:
        found, expected = read(store, there, articles), read(snapshot, here, articles)
        assert found == expected
        assert len(found[0]) > 8
        assert len(found[3]) == 5
        built_at = datetime.fromisoformat(store.manifest.built_at)
        (added,) = store.changes.of_article(article_key("008"))
        assert added.built_at == built_at
        assert store.changes.since(built_at + timedelta(seconds=1)) == []


def test_open_edition_knows_nothing_of_those_after_it(build, opened, write_articles):
    build(write_articles(range(3)))
    with opened() as store:
        before = store.id
        build(write_articles(range(4)))

        assert store.changes.since(ALWAYS) == []
        assert store.changes.news_since(before) == frozenset()


def test_watch_is_checked_against_what_is_new(build, opened, write_articles):
    build(write_articles(range(3)))
    with opened() as store:
        before = store.id
    build(write_articles(range(4)))

    with opened() as store:
        assert Coverage(store, HashEncoder()).news_since(before) == {article_key("003")}


def test_edition_of_before_there_was_a_log_is_where_the_log_begins(
    build, address, opened, write_articles
):
    build(write_articles(range(3)))
    with Engine(address) as engine:
        engine.drop(Table.CHANGES)
    with opened() as store:
        before = store.id
        assert store.changes is None

    build(write_articles(range(4)))

    with opened() as store:
        assert store.changes.news_since(before) == {article_key("003")}


def test_what_a_killed_build_logged_is_forgotten(build, opened, write_articles, monkeypatch):
    build(write_articles(range(5)))
    with monkeypatch.context() as patched:
        patched.setattr("index.milvus.writing.announce", _stop)
        with pytest.raises(KeyboardInterrupt):
            build(write_articles(range(7)))

    build(write_articles(range(6)))

    with opened() as store:
        assert [each.change.id for each in store.changes.since(ALWAYS)] == ["005"]


def test_what_is_older_than_90_days_is_deleted_unless_its_edition_is_there(
    build, address, write_articles
):
    for count in (5, 4, 5):
        build(write_articles(range(count)))
    old = int((datetime.now(UTC) - timedelta(days=KEPT_DAYS + 1)).timestamp())
    with Engine(address) as engine:
        rows = list(engine.rows(Table.CHANGES, "number >= 0", ["number"]))
        engine.update(Table.CHANGES, [row | {"built_at": old} for row in rows])

    build(write_articles(range(6)))

    with Engine(address) as engine:
        log = MilvusChangeLog(engine, current_edition(engine).number)
        assert [each.change.kind for each in log.since(ALWAYS)] == ["added", "added"]
        builds = engine.rows(Table.CHANGES, "kind == 'build'", ["number", "edition"])
        assert [row["edition"] for row in builds] == [3, 4]


def _stop(*_):
    raise KeyboardInterrupt
