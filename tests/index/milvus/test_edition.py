"""An edition in Milvus holds what a snapshot of the same articles holds, build after build."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from index.build.edition import preview_edition
from index.build.from_milvus import copy_to_folder
from index.build.options import BuildOptions
from index.build.to_milvus import copy_to_milvus
from index.coverage import Coverage, open_coverage
from index.errors import (
    IndexWriteError,
    NoArticlesError,
    ShrinkError,
    SnapshotMismatchError,
    SnapshotNotFoundError,
    StoreUnavailableError,
)
from index.milvus.engine import Engine
from index.milvus.rows import article_of, numbered, place_of
from index.milvus.schema import Table
from index.milvus.store import MilvusStore
from index.milvus.verification import verify_edition
from index.models import Filters
from index.snapshot.snapshot import open_snapshot
from index.store.change_log import ChangeKind
from index.text.names import KnownName
from scripts._questions import read_questions
from tests.conftest import PROJECT
from tests.index.hash_encoder import HashEncoder

A_STEP = 12  # passages
QUESTIONS = [
    "Who opened the harbour bridge?",
    "Что сказал мэр про мост?",
    "Which minister lost the vote in the winter election?",
    "What did the Harbour Bridge Council decide?",
    "When did the HBC meet?",
    "xylophone",
    "storm",
]
FILTERS = [
    Filters(),
    Filters("Post"),
    Filters('The "Wire"', since=date(2022, 4, 1)),
    Filters(until=date(2022, 6, 30)),
    Filters("Nobody"),
]


def answers(store, encoder):
    """What questions and topics get: quotes with their scores, counts, the whole timeline."""
    coverage = Coverage(store, encoder)
    found = []
    for question in QUESTIONS:
        for filters in FILTERS:
            answer = coverage.answer(question, 10, filters=filters, asked_on=date(2022, 12, 1))
            quotes = [*answer.quotes, *answer.related]
            found.append(
                (
                    answer.status,
                    round(answer.probability, 6),
                    answer.undated,
                    answer.dropped,
                    [(each.text, each.article_id, each.span, each.also_in) for each in quotes],
                )
            )
    for topic in ("harbour bridge", "winter storm"):
        timeline = coverage.timeline(topic)
        events = [(each.quote.text, each.articles, each.rank) for each in timeline.events]
        found.append((timeline.articles, timeline.undated, timeline.left_out, events))
    for filters in FILTERS:
        dated = store.dated_within(filters)
        articles = store.articles([each.number for each in dated])
        found.append([(articles[each.number].article.id, each.published) for each in dated])
    overview = coverage.overview()
    found.append((overview.outlets, overview.undated, overview.monthly_counts, overview.oldest))
    return found


@pytest.fixture
def in_folder(build_folder):
    """What a snapshot of these articles answers."""

    def run(folder):
        with open_snapshot(build_folder(folder)) as snapshot:
            return answers(snapshot, HashEncoder())

    return run


def forget(store):
    """Let it ask for everything again."""
    store._rows._kept.clear()
    store._frequencies._kept.clear()


def in_milvus(opened):
    with opened() as store:
        return answers(store, HashEncoder())


def ids(opened):
    with opened() as store:
        numbers = store.numbers_by_key("")
        return sorted(each.article.id for each in store.articles(numbers).values())


@pytest.mark.slow  # real builds in Milvus Lite
class TestParity:
    def test_first_build_answers_as_a_snapshot_does(self, build, opened, write_articles, in_folder):
        folder = write_articles(range(40))

        summary, _ = build(folder)

        assert summary.counts.articles == 40
        assert in_milvus(opened) == in_folder(folder)

    def test_names_are_those_of_a_snapshot(self, build, opened, address, tmp_path):
        folder = tmp_path / "names"
        folder.mkdir()
        (folder / "a.txt").write_text("At noon, Orlova left. Then Ortiz met Nyberg.", "utf-8")

        build(folder)
        copy_to_folder(address, tmp_path / "back", "back")

        with opened() as store, open_snapshot(tmp_path / "back") as snapshot:
            orlova = KnownName("orlova", "orlova", "Orlova", 1)
            ortiz = KnownName("ortiz", "ortiz", "Ortiz", 1)
            assert store.names("o") == snapshot.names("o") == [orlova, ortiz]
            assert store.names("p") == []

    def test_texts_longer_than_a_field_come_back_byte_for_byte(
        self, build, opened, address, tmp_path
    ):
        folder = tmp_path / "long"
        folder.mkdir()
        text = "".join(f"Абзац {number} о мосте и пароме.\n" for number in range(5_000))
        (folder / "long.txt").write_text(text, "utf-8")

        build(folder)

        assert len(text.encode()) > 3 * 65_535
        with opened() as store:
            stored = store.articles(store.numbers_by_key(""))
        assert [each.article.text for each in stored.values()] == [text]
        assert list(verify_edition(address)) == []

    def test_moving_there_and_back_changes_no_byte(
        self, address, tmp_path, build_folder, write_articles
    ):
        index_dir = build_folder(write_articles(range(15)))
        with open_snapshot(index_dir) as source:
            copy_to_milvus(source, address, "there")
            copy_to_folder(address, tmp_path / "back", "back")
            with open_snapshot(tmp_path / "back") as target:
                for name in ("passages", "sentences", "faiss_index"):
                    there, back = (getattr(each.layout, name) for each in (source, target))
                    assert there.read_bytes() == back.read_bytes()
                assert list(source.database.articles()) == list(target.database.articles())
                rows = [
                    each.database._connection.execute("SELECT * FROM postings").fetchall()
                    for each in (source, target)
                ]
                assert rows[0] == rows[1]
                assert source.manifest.encoder == target.manifest.encoder

    def test_moving_back_is_guarded_as_every_build_and_logs_what_went(
        self, build, address, tmp_path, build_folder, write_articles
    ):
        index_dir = build_folder(write_articles(range(6)))
        build(write_articles(range(3), changed=[1]))

        with pytest.raises(ShrinkError):
            copy_to_folder(address, index_dir, "back")
        with open_snapshot(index_dir) as snapshot:
            assert snapshot.manifest.articles == 6

        summary = copy_to_folder(address, index_dir, "back", BuildOptions(allow_shrink=True))

        assert len(summary.changes.removed) == 3
        with open_snapshot(index_dir) as snapshot:
            assert snapshot.manifest.articles == 3
            logged = snapshot.changes.since(datetime(2000, 1, 1, tzinfo=UTC))
            assert [(each.change.kind, each.change.id) for each in logged] == [
                (ChangeKind.CHANGED, "001"),
                *((ChangeKind.REMOVED, f"00{number}") for number in (3, 4, 5)),
            ]

    def test_moved_edition_answers_as_its_folder(
        self, address, opened, build_folder, write_articles, in_folder
    ):
        folder = write_articles(range(25))
        with open_snapshot(build_folder(folder)) as snapshot:
            copy_to_milvus(snapshot, address, "moved")

        assert in_milvus(opened) == in_folder(folder)


@pytest.mark.slow
class TestExamples:
    """The sample articles, with the real encoder and the reader, moved to Milvus."""

    @pytest.fixture
    def both(self, sample_index, address):
        with open_snapshot(sample_index) as snapshot:
            copy_to_milvus(snapshot, address, "a test")
        with (
            open_coverage(sample_index, reader="on") as folder,
            open_coverage(address, reader="on") as milvus,
        ):
            yield folder, milvus

    def test_questions_get_the_same_quotes_and_refusals(self, both):
        folder, milvus = both
        asked = list(read_questions(PROJECT / "examples" / "questions.jsonl"))

        for each in asked:
            one, other = (store.answer(each.text, 10) for store in (folder, milvus))
            assert [quote.text for quote in other.quotes] == [quote.text for quote in one.quotes]
            assert other.status is one.status
            assert other.probability == pytest.approx(one.probability, abs=1e-5)
            assert (other.undated, other.dropped, other.more) == (one.undated, 0, one.more)
        assert len(asked) > 20

    def test_every_quote_is_in_the_text_that_milvus_holds(self, both):
        _, milvus = both
        answer = milvus.answer("who was nominated CSTO secretary general?")

        for quote in answer.quotes:
            article = milvus.article(quote.article_key)
            assert article.text[quote.span.start : quote.span.end] == quote.text
            context = milvus.context(quote.article_key, quote.span)
            assert context.quote.text == quote.text
        assert answer.quotes

    def test_encoder_that_is_named_must_be_the_one_that_built_it(self, both, address):
        with pytest.raises(SnapshotMismatchError, match="encoder"):
            open_coverage(address, "another-model")


@pytest.mark.slow
class TestIncremental:
    def test_only_what_changed_is_encoded(self, build, opened, write_articles):
        build(write_articles(range(30)))

        summary, encoder = build(write_articles(range(2, 33), changed=[5]))

        changes = summary.changes
        counts = [len(changes.added), len(changes.changed), len(changes.removed)]
        assert counts == [3, 1, 2]
        assert changes.unchanged == 27
        assert 4 <= len(encoder.encoded) < 20
        assert ids(opened) == [f"{number:03}" for number in range(2, 33)]

    def test_nothing_new_leaves_the_edition(self, build, opened, write_articles):
        folder = write_articles(range(10))
        build(folder)
        with opened() as store:
            before = store.id

        summary, encoder = build(folder)

        with opened() as store:
            assert store.id == before
        assert encoder.encoded == []
        assert summary.counts.articles == 10

    def test_incremental_build_answers_as_a_snapshot_of_the_same(
        self, build, opened, write_articles, in_folder
    ):
        build(write_articles(range(30)))
        build(write_articles(range(4, 36), changed=[6, 7]))
        folder = write_articles(range(2, 40), changed=[6])

        build(folder)

        # Weights stay relative to the first build's average length: scores differ a little.
        found, expected = in_milvus(opened), in_folder(folder)
        assert found[-1] == expected[-1]
        asked = len(QUESTIONS) * len(FILTERS)
        pairs = zip(found[:asked], expected[:asked], strict=True)
        same = [one[-1][:1] == other[-1][:1] for one, other in pairs]
        assert sum(same) >= len(same) - 2

    def test_changed_outlet_takes_the_vectors_over(self, build, opened, write_articles):
        folder = write_articles(range(8))
        build(folder)
        first = folder / "000.md"
        first.write_text(first.read_text("utf-8").replace("Post", "Gazette"), "utf-8")

        summary, encoder = build(folder)

        assert len(summary.changes.changed) == 1
        assert encoder.encoded == []
        with opened() as store:
            assert store.outlets()["Gazette"] == 1
            question = HashEncoder().encode_question("bridge")
            found = store.find(question, ["bridg"], 100, Filters("Gazette"))
            assert found.cosines
            assert {article_of(each) for each in found.cosines} == {8}

    def test_frequencies_follow_what_is_there(self, build, opened, write_articles):
        build(write_articles(range(20)))
        build(write_articles(range(10, 24)), allow_shrink=True)

        with opened() as store:
            terms = ["bridg", "harbour", "storm"]
            frequencies = store.document_frequencies([*terms, "xylophon"])
            shares = {term: store.term_shares({term: 1.0}, 0.5) for term in terms}

        assert frequencies == {**{term: len(shares[term]) for term in terms}, "xylophon": 0}
        assert min(frequencies[term] for term in terms) > 0

    def test_most_articles_gone_looks_like_a_failed_fetch(self, build, opened, write_articles):
        build(write_articles(range(20)))
        folder = write_articles(range(8))

        with pytest.raises(ShrinkError):
            build(folder)

        assert len(ids(opened)) == 20
        build(folder, allow_shrink=True)
        assert len(ids(opened)) == 8

    def test_everything_may_go_and_come_back(
        self, build, opened, address, write_articles, in_folder
    ):
        build(write_articles(range(8)))
        with pytest.raises(NoArticlesError):
            build(write_articles([]))

        build(write_articles([]), allow_shrink=True)

        with opened() as store:
            assert (store.manifest.articles, store.numbers_by_key("")) == (0, [])
            assert Coverage(store, HashEncoder()).answer(QUESTIONS[0]).quotes == ()
            assert store.document_frequencies(["bridg"]) == {"bridg": 0}
        folder = write_articles(range(9))
        build(folder)
        assert in_milvus(opened) == in_folder(folder)
        assert list(verify_edition(address)) == []

    def test_encoder_of_another_dimension_needs_another_name(self, build, write_articles):
        folder = write_articles(range(3))
        build(folder)
        wide = HashEncoder()
        wide.description = wide.description.__class__(
            **{
                name: getattr(wide.description, name)
                for name in ("name", "revision", "files_sha256", "prompts", "window", "scales")
            },
            weights_sha256="1" * 64,
            dimension=32,
        )

        with pytest.raises(IndexWriteError, match="build into another NAME"):
            build(folder, encoder=wide)

    def test_other_encoder_encodes_all_again(self, build, opened, write_articles):
        folder = write_articles(range(6))
        build(folder)

        summary, encoder = build(folder, encoder=HashEncoder(weights="1"))

        assert "another encoder" in summary.why_not_reusable
        assert encoder.encoded
        assert len(ids(opened)) == 6


@pytest.mark.slow
class TestEditions:
    def test_open_edition_stays_as_it_was(self, build, opened, write_articles):
        build(write_articles(range(20)))
        with opened() as store:
            before = answers(store, HashEncoder())
            build(write_articles(range(3, 26), changed=[8]))
            forget(store)
            after = answers(store, HashEncoder())

        assert before == after

    def test_rows_of_editions_that_nobody_asks_are_deleted(
        self, build, opened, address, write_articles
    ):
        for first in range(4):
            build(write_articles(range(first, first + 20)))

        with opened() as store:
            engine = store._engine
            assert engine.count(Table.EDITIONS, "number > 0") == 2
            assert engine.count(Table.ARTICLES, "number >= 0") == 21
            files = {row["sha256"] for row in engine.rows(Table.FILES, "name != ''", ["sha256"])}
        assert len(files) <= 3 * 2  # picture, sample and names, of two editions
        assert list(verify_edition(address)) == []

    def test_edition_before_stays_whatever_is_kept_and_an_older_one_answers_nothing(
        self, build, opened, write_articles
    ):
        build(write_articles(range(2)))
        with opened() as store:
            before = answers(store, HashEncoder())
            build(write_articles(range(3)), keep=1)
            forget(store)
            assert answers(store, HashEncoder()) == before

            build(write_articles(range(4)), keep=1)

            coverage = Coverage(store, HashEncoder())
            with pytest.raises(StoreUnavailableError, match="deleted by a later build"):
                coverage.answer(QUESTIONS[0])
            with pytest.raises(StoreUnavailableError, match="deleted by a later build"):
                coverage.timeline("harbour bridge")

    def test_preview_writes_nothing(self, build, address, opened, write_articles):
        build(write_articles(range(10)))
        with opened() as store:
            before = store.id

        summary = preview_edition([write_articles(range(1, 14))], address)

        assert len(summary.changes.added) == 4
        assert summary.input_check is not None
        with opened() as store:
            assert store.id == before

    def test_without_a_build_there_is_nothing_to_open(self, address):
        with pytest.raises(SnapshotNotFoundError, match=r"no index in .*coverage\.db"):
            MilvusStore(address)

    def test_empty_coverage_answers_nothing(self, build, opened, tmp_path):
        (tmp_path / "none").mkdir()

        build(tmp_path / "none")

        with opened() as store:
            assert store.manifest.articles == 0
            coverage = Coverage(store, HashEncoder())
            assert coverage.answer("Who opened the bridge?").quotes == ()
            assert coverage.timeline("bridge").events == ()


@pytest.mark.slow
class TestKilled:
    @pytest.fixture(autouse=True)
    def _small_steps(self, monkeypatch):
        monkeypatch.setattr("index.build.edition_build._CHARACTERS_AT_ONCE", 2_000)

    @pytest.mark.parametrize("after", [1, 4, 9])
    def test_next_build_goes_on_where_it_was(
        self, build, opened, write_articles, in_folder, monkeypatch, after
    ):
        build(write_articles(range(6)))
        folder = write_articles(range(2, 40), changed=[3])
        killed = HashEncoder()
        with monkeypatch.context() as patched:
            stop_after(patched, after)
            with pytest.raises(KeyboardInterrupt):
                build(folder, encoder=killed, allow_shrink=True)
        assert ids(opened) == [f"{number:03}" for number in range(6)]

        _, encoder = build(folder, allow_shrink=True)

        assert ids(opened) == [f"{number:03}" for number in range(2, 40)]
        assert in_milvus(opened)[-1] == in_folder(folder)[-1]
        again = set(killed.encoded) & set(encoder.encoded)
        assert len(again) <= A_STEP, "what was written stays"

    def test_what_is_not_wanted_any_more_is_never_seen(
        self, build, opened, address, write_articles, monkeypatch
    ):
        build(write_articles(range(6)))
        folder = write_articles(range(6, 40))
        with monkeypatch.context() as patched:
            stop_after(patched, 6)
            with pytest.raises(KeyboardInterrupt):
                build(folder, allow_shrink=True)

        build(write_articles(range(7)))

        assert ids(opened) == [f"{number:03}" for number in range(7)]
        assert list(verify_edition(address)) == []
        with opened() as store:
            assert store.document_frequencies(["bridg"])["bridg"] == len(
                store.term_shares({"bridg": 1.0}, 0.5)
            )

    def test_article_that_lost_a_passage_is_written_again(
        self, build, opened, address, write_articles, monkeypatch
    ):
        build(write_articles(range(6)))
        folder = write_articles(range(6, 40))
        with monkeypatch.context() as patched:
            stop_after(patched, 6)
            with pytest.raises(KeyboardInterrupt):
                build(folder, allow_shrink=True)
        with Engine(address) as engine:
            unseen = next(engine.rows(Table.ARTICLES, "since == 2", ["number"]))["number"]
            engine.delete(Table.PASSAGES, f"number == {numbered(unseen, 0)}")

        build(folder, allow_shrink=True)

        assert len(ids(opened)) == 34
        assert list(verify_edition(address)) == []

    def test_dropped_rows_count_again_if_they_come_back(
        self, build, opened, address, write_articles, monkeypatch
    ):
        build(write_articles(range(20)))
        folder = write_articles(range(5, 20))
        with monkeypatch.context() as patched:
            patched.setattr("index.milvus.writing.announce", _stop)
            with pytest.raises(KeyboardInterrupt):
                build(folder, allow_shrink=True)

        build(write_articles(range(21)))

        assert len(ids(opened)) == 21
        assert list(verify_edition(address)) == []


def stop_after(patched, calls):
    """Stop as Ctrl-C does, when rows have been inserted so many times."""
    insert, done = Engine.insert, []

    def counting(self, table, rows):
        if table in (Table.PASSAGES, Table.ARTICLES):
            done.append(table)
        if len(done) > calls:
            raise KeyboardInterrupt
        insert(self, table, rows)

    patched.setattr(Engine, "insert", counting)


def _stop(*_):
    raise KeyboardInterrupt


@pytest.mark.slow
def test_vectors_of_sentences_are_those_of_the_first_passage(build, opened, write_articles):
    build(write_articles(range(3)))

    with opened() as store:
        numbers = list(store.find(np.ones(16, np.float32), [], 50, Filters()).cosines)
        passages = store.passages(numbers)
        vectors = store.vectors_of_sentences(passages)

    assert {number for each in passages for number in each.sentences} == set(vectors)
    assert all(place_of(number) < 64 for number in vectors)
