"""A build takes rows and vectors over only if it would make the same ones itself."""

import json
from dataclasses import replace

import numpy as np
import pytest

from index.build import from_milvus
from index.build.from_milvus import copy_to_folder
from index.build.to_milvus import copy_to_milvus
from index.errors import StoreUnavailableError
from index.milvus.editions import current_edition
from index.milvus.engine import Engine
from index.milvus.rows import divide_text, join_text
from index.milvus.schema import Table
from index.milvus.unfinished import note_unfinished, read_unfinished
from index.milvus.verification import verify_edition
from index.milvus.weighting import MOST_DRIFT
from index.models import Filters, article_key
from index.snapshot.layout import current_folder
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
        killed = HashEncoder()
        kill(build, write_articles(range(20)), encoder=killed)
        with Engine(address) as engine:
            rows = list(engine.rows(Table.PASSAGES, "number >= 0", ["terms"]))
            found = read_unfinished(engine).weighting
            noted = found.average_length, found.acronyms.names

        _, encoder = build(write_articles(range(21)))

        assert encoder.encoded
        assert not set(encoder.encoded) & set(killed.encoded)
        with Engine(address) as engine:
            found = list(engine.rows(Table.PASSAGES, "number >= 0", ["terms"]))
        assert found[: len(rows)] == rows
        assert weighting()[0] == noted[0]

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

    def test_rows_that_do_not_fit_any_more_are_deleted_before_others_are_written(
        self, build, kill, opened, write_articles, monkeypatch
    ):
        folder = write_articles([each for each in range(40) if each % 3])
        text = "Nobody spoke. The Harbour Bridge Council met."
        (folder / "written-out.txt").write_text(text, "utf-8")
        kill(build, folder)
        explains = "The Harbour Bridge Council (HBC) met."
        (folder / "explained.txt").write_text(explains, "utf-8")
        with monkeypatch.context() as patched:
            patched.setattr("index.milvus.writing.EditionWriter.add", _stop)
            with pytest.raises(KeyboardInterrupt):
                build(folder)

        build(folder)

        with opened() as store:
            assert {name for name, *_ in scores(store, ["hbc"])} == {"explained", "written-out"}


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

    def test_killed_build_of_other_articles_passes_none_on(
        self, build, kill, weighting, write_articles, build_folder
    ):
        kill(build, write_articles(range(10, 20)))
        folder = write_articles(range(4))

        build(folder)

        assert weighting() == weighting_of(build_folder(folder))

    def test_mean_length_that_moved_little_stays_and_no_score_is_off_by_more(
        self, build, opened, weighting, write_articles, build_folder
    ):
        build(write_articles(range(30)))
        before = weighting()
        folder = write_articles(range(40))

        _, encoder = build(folder)

        now = weighting_of(build_folder(folder))
        assert weighting() == (before[0], now[1])
        assert 1 < max(before[0] / now[0], now[0] / before[0]) < 1 + MOST_DRIFT
        assert len(encoder.encoded) < 30, "passages of the new articles"
        with opened() as store, open_snapshot(build_folder(folder)) as snapshot:
            found, expected = scores(store), scores(snapshot)
        assert found.keys() == expected.keys()
        assert found == pytest.approx(expected, rel=MOST_DRIFT)
        assert found != pytest.approx(expected, rel=1e-5)

    def test_mean_length_that_moved_far_weighs_every_passage_again(
        self, build, opened, address, weighting, write_articles, build_folder
    ):
        build(write_articles(range(8)))
        with opened() as store:
            before = scores(store)
            folder = write_articles(range(8))
            for number in range(12):
                (folder / f"short{number}.txt").write_text(f"Storm {number}.", "utf-8")

            _, encoder = build(folder)

            assert len(encoder.encoded) == 12
            store._rows._kept.clear()
            assert scores(store) == before, "nobody sees half of the new weights"
        assert weighting()[0] == pytest.approx(weighting_of(build_folder(folder))[0])
        with opened() as store, open_snapshot(build_folder(folder)) as snapshot:
            assert scores(store) == pytest.approx(scores(snapshot), rel=1e-5)
        assert list(verify_edition(address)) == []

    def test_acronym_explained_later_finds_the_articles_that_write_its_name_out(
        self, build, opened, write_articles, build_folder
    ):
        def write(numbers):
            folder = write_articles(numbers)
            text = "Nobody spoke. The Harbour Bridge Council met."
            (folder / "written-out.txt").write_text(text, "utf-8")
            return folder

        build(write([1, 2, 4, 5]))
        with opened() as store:
            assert scores(store, ["hbc"]) == {}
        folder = write([1, 2, 3, 4, 5])

        _, encoder = build(folder)

        with opened() as store, open_snapshot(build_folder(folder)) as snapshot:
            found, expected = scores(store, ["hbc"]), scores(snapshot, ["hbc"])
            assert found == pytest.approx(expected, rel=MOST_DRIFT)
            assert {name for name, *_ in found} == {"003", "written-out"}
            assert store.document_frequencies(["hbc"]) == snapshot.document_frequencies(["hbc"])
        assert not any("Nobody spoke" in each for each in encoder.encoded)

        build(write([1, 2, 4, 5]))
        with opened() as store:
            assert store.document_frequencies(["hbc"]) == {"hbc": 0}
            assert scores(store, ["hbc"]) == {}


def test_rows_of_before_lengths_were_stored_are_written_again(
    build, address, opened, weighting, write_articles, build_folder
):
    build(write_articles(range(20)))
    with Engine(address) as engine:
        rows = list(engine.rows(Table.ARTICLES, "since == 1", ["number", "identity"]))
        for row in rows:
            identity = json.loads(join_text(row["identity"]))[:8]
            row["identity"] = divide_text(json.dumps(identity))
        engine.update(Table.ARTICLES, rows)
    folder = write_articles(range(21))

    _, encoder = build(folder)

    assert len(encoder.encoded) < 4, "passages of the new article"
    assert weighting()[0] == pytest.approx(weighting_of(build_folder(folder))[0])
    with opened() as store:
        assert store._engine.count(Table.PASSAGES, "since == 2") == store.manifest.passages


class TestMovingThere:
    """`build_index.py --from FOLDER` over an edition that is there already."""

    def test_terms_of_an_earlier_version_replace_all_rows_until_the_next_build(
        self, build, address, opened, build_folder, write_articles
    ):
        folder = write_articles(range(3))
        build(folder)
        index_dir = build_folder(folder)
        manifest = current_folder(index_dir) / "manifest.json"
        values = json.loads(manifest.read_text("utf-8")) | {"schema_version": 4}
        manifest.write_text(json.dumps(values), "utf-8")
        with open_snapshot(index_dir) as snapshot:
            copy_to_milvus(snapshot, address, "moved")
            passages = snapshot.manifest.passages

        with opened() as store:
            assert not store.manifest.has_current_terms
            engine = store._engine
            assert engine.count(Table.PASSAGES, "since == 2") == passages
            assert engine.count(Table.PASSAGES, "since == 1 and until > 2") == 0

        _, encoder = build(folder)

        assert encoder.encoded == []
        with opened() as store:
            assert store.manifest.has_current_terms
            assert store._engine.count(Table.PASSAGES, "since == 3") == passages

    def test_article_without_passages_is_moved_and_kept(
        self, build, address, opened, build_folder, write_articles, tmp_path
    ):
        folder = write_articles(range(2))
        (folder / "empty.txt").write_text("...", "utf-8")
        with open_snapshot(build_folder(folder)) as snapshot:
            copy_to_milvus(snapshot, address, "moved")
        assert list(verify_edition(address)) == []

        summary, encoder = build(folder)

        assert (summary.changes.unchanged, encoder.encoded) == (3, [])
        copy_to_folder(address, tmp_path / "back", "back")
        with open_snapshot(tmp_path / "back") as snapshot:
            assert snapshot.database.number_by_key(article_key("empty")) is not None


def test_moving_back_while_builds_delete_the_edition_does_not_call_it_damaged(
    build, address, write_articles, tmp_path, monkeypatch
):
    build(write_articles(range(8)))
    write = from_milvus._write

    def build_meanwhile(*arguments):
        for first in (1, 2):
            build(write_articles(range(first, 8)))
        write(*arguments)

    monkeypatch.setattr(from_milvus, "_write", build_meanwhile)
    with pytest.raises(StoreUnavailableError, match="deleted by a later build"):
        copy_to_folder(address, tmp_path / "back", "back")

    assert not (tmp_path / "back" / "CURRENT").exists()


def weighting_of(index_dir):
    """The average length and the acronyms of a snapshot."""
    with open_snapshot(index_dir) as snapshot:
        return snapshot.database.postings.average_length(), snapshot.acronyms.names


def scores(store, terms=("bridg", "harbour", "storm", "hbc", "мост")):
    """BM25 of every passage for each term, by the article's id and the passage's place in it."""
    found = {}
    for term in terms:
        lexical = store.find(np.ones(16, np.float32), [term], 10_000, Filters()).lexical
        origins = store.origins(lexical)
        articles = store.articles({each.article for each in origins.values()})
        for number, score in lexical.items():
            origin = origins[number]
            name = articles[origin.article].article.id
            found[name, origin.sentences_before, term] = score
    return found


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
