"""A build takes rows and vectors over only if it would make the same ones itself."""

from dataclasses import replace

import pytest

from index.build.edition import copy_to_milvus
from index.milvus.editions import current_edition, note_unfinished, read_unfinished
from index.milvus.engine import Engine
from index.milvus.schema import Table
from index.milvus.verification import verify_edition
from index.snapshot.snapshot import open_snapshot
from tests.index.hash_encoder import HashEncoder

pytestmark = pytest.mark.slow


@pytest.fixture
def kill(monkeypatch):
    """Stop builds when all rows are written, before the edition is announced."""

    def run(build, *arguments, **options):
        with monkeypatch.context() as patched:
            patched.setattr("index.milvus.writing.announce", _stop)
            with pytest.raises(KeyboardInterrupt):
                build(*arguments, **options)

    return run


@pytest.fixture
def weighting(address):
    """The average length and the acronyms of the edition in use."""

    def run():
        with Engine(address) as engine:
            found = current_edition(engine).weighting
            return found.average_length, found.acronyms.names

    return run


class TestKilledBuild:
    def test_its_rows_are_kept_with_their_weighting(
        self, build, kill, weighting, write_articles, address
    ):
        kill(build, write_articles(range(4)))
        with Engine(address) as engine:
            rows = list(engine.rows(Table.PASSAGES, "number >= 0", ["terms"]))
            found = read_unfinished(engine).weighting
            noted = found.average_length, found.acronyms.names

        _, encoder = build(write_articles(range(5)))

        assert len(encoder.encoded) == 2, "passages of the new article"
        with Engine(address) as engine:
            found = list(engine.rows(Table.PASSAGES, "number >= 0", ["terms"]))
        assert found[: len(rows)] == rows
        assert weighting() == noted

    def test_rows_of_another_encoder_are_discarded(self, build, kill, opened, write_articles):
        folder = write_articles(range(3))
        killed = HashEncoder()
        kill(build, folder, encoder=killed)

        _, encoder = build(folder, encoder=HashEncoder(weights="1"))

        assert len(encoder.encoded) == len(killed.encoded)
        with opened() as store:
            assert store.manifest.encoder.weights_sha256 == "1" * 64
            assert store._engine.count(Table.PASSAGES, "number >= 0") == len(killed.encoded)

    def test_rows_with_terms_of_another_version_are_discarded(
        self, build, kill, address, write_articles
    ):
        folder = write_articles(range(3))
        killed = HashEncoder()
        kill(build, folder, encoder=killed)
        with Engine(address) as engine:
            note_unfinished(engine, replace(read_unfinished(engine), schema_version=4))

        _, encoder = build(folder)

        assert len(encoder.encoded) == len(killed.encoded)


def test_moving_there_replaces_the_vectors_of_another_encoder(
    build, address, build_folder, write_articles
):
    folder = write_articles(range(2))
    build(folder, encoder=HashEncoder(weights="1"))

    with open_snapshot(build_folder(folder)) as snapshot:
        summary = copy_to_milvus(snapshot, address, "moved")
        expected = [each.tolist() for n in range(2) for each in snapshot.vectors_of(n)[0]]

    assert "another encoder" in summary.why_not_reusable
    with Engine(address) as engine:
        rows = engine.rows(Table.PASSAGES, "since == 2", ["number", "vector"])
        assert [list(map(float, row["vector"])) for row in rows] == expected


def test_vectors_stay_with_the_sentences_that_they_were_made_of(
    build, address, opened, write_articles, tmp_path, monkeypatch
):
    folder = write_articles(range(2))
    (folder / "empty.txt").write_text("...", "utf-8")
    build(folder)
    with opened() as store:
        before = [each.sentences for each in store.articles(store.numbers_by_key("")).values()]
    for path in folder.glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("title: ", "author: N. N.\ntitle: "))
    monkeypatch.setattr("index.text.segmentation.MAX_CHARACTERS", 60)

    _, encoder = build(folder)

    assert encoder.encoded == []
    with opened() as store:
        articles = store.articles(store.numbers_by_key("")).values()
        assert [each.article.author for each in articles].count("N. N.") == 2
        found = [[one.span for one in each.sentences] for each in articles]
        assert sorted(found) == sorted([one.span for one in each] for each in before)
    assert list(verify_edition(address)) == []


class TestWeighting:
    def test_it_is_that_of_the_first_edition_with_passages(
        self, build, weighting, write_articles, tmp_path
    ):
        (tmp_path / "none").mkdir()
        build(tmp_path / "none")
        assert weighting() == (1.0, {})

        build(write_articles(range(6)))

        average, acronyms = weighting()
        assert average > 20
        assert "hbc" in {each.lower() for each in acronyms.values()}

    def test_it_stays_with_rows_and_is_learnt_again_for_another_encoder(
        self, build, weighting, write_articles
    ):
        build(write_articles(range(1, 3)))
        first = weighting()

        build(write_articles(range(6)))
        assert weighting() == first

        build(write_articles(range(6)), encoder=HashEncoder(weights="1"))
        assert weighting() != first


def _stop(*_, **__):
    raise KeyboardInterrupt


def test_collection_that_a_killed_build_left_without_indexes_gets_them(
    build, address, opened, write_articles, monkeypatch
):
    with Engine(address) as engine:
        with monkeypatch.context() as patched:
            patched.setattr(engine._client.__class__, "create_index", _stop)
            for table in Table:
                with pytest.raises(KeyboardInterrupt):
                    engine.create(table, 16)
        name = f"{address.name}_passages"
        assert engine._client.list_indexes(name) == []

    build(write_articles(range(2)))

    with opened() as store:
        assert store.manifest.articles == 2
        assert len(store._engine._client.list_indexes(name)) == 8
