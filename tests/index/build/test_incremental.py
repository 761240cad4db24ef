"""A build takes over what did not change, follows deletions, and says what it changes."""

import json
import shutil
import sqlite3
from contextlib import closing
from functools import partial

import numpy as np
import pytest

import index.build.vectors
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot, preview_changes
from index.dates.partial_date import PartialDate
from index.errors import ShrinkError
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import open_snapshot
from index.snapshot.vector_index import write_faiss_index
from index.text.names import KnownName
from tests.index.hash_encoder import HashEncoder
from tests.index.schema_3 import write_schema_3
from tests.index.schema_4 import write_schema_4


def lines(number, topic="ferry"):
    return "\n".join(
        f"Story {number} says on line {line} that the {topic} stayed in port for {line + 2} days."
        for line in range(20)
    )


def story(number, **fields):
    return {
        "id": f"story-{number}",
        "title": f"Story {number}",
        "url": f"https://example.org/{number}",
        "outlet": "Post",
        "text": lines(number),
    } | fields


@pytest.fixture
def build(tmp_path):
    """Build `index` of these stories; the encoder that did it comes with the summary."""

    def build_stories(stories, name="index", encoder=None, **options):
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        (folder / "stories.jsonl").write_text("\n".join(map(json.dumps, stories)), "utf-8")
        encoder = encoder or HashEncoder()
        summary = build_snapshot(
            [folder], tmp_path / name, encoder, "a test", BuildOptions(**options)
        )
        return summary, encoder

    return build_stories


@pytest.fixture
def opened(tmp_path):
    """Open an index for reading."""
    snapshots = []

    def open_index(name="index"):
        snapshots.append(open_snapshot(tmp_path / name))
        return snapshots[-1]

    yield open_index
    for snapshot in snapshots:
        snapshot.close()


def state_of(folder):
    stats = {path: path.stat() for path in folder.rglob("*")}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}


def ids(articles):
    return [each.id for each in articles]


def rows_of(snapshot):
    """All that the snapshot holds, in plain values."""
    database, manifest = snapshot.database, snapshot.manifest
    return {
        "articles": list(database.articles()),
        "sentences": [database.sentences(row) for row in range(manifest.articles)],
        "passages": list(database.passages()),
        "lexical": database.postings.scores(["ferri", "bridg", "14", "stori"], 1000),
        "passage vectors": snapshot.passage_vectors.read(range(manifest.passages)).tolist(),
        "sentence vectors": snapshot.sentence_vectors.read(range(manifest.sentences)).tolist(),
    }


def test_nothing_new_leaves_the_snapshot_in_use(build, tmp_path):
    first, _ = build([story(n) for n in range(5)])
    again, encoder = build([story(n) for n in range(5)])

    assert encoder.encoded == []
    assert again.folder == first.folder == current_folder(tmp_path / "index")
    assert again.counts == first.counts
    assert not again.changes
    assert again.changes.unchanged == 5


def test_only_what_is_new_is_encoded(build):
    build([story(n) for n in range(5)])

    summary, encoder = build([story(n) for n in (0, 7, 1, 2, 3, 4, 8)])

    assert ids(summary.changes.added) == ["story-7", "story-8"]
    assert (summary.changes.changed, summary.changes.removed) == ((), ())
    assert summary.changes.unchanged == 5
    assert summary.encoded == len(encoder.encoded) > 0
    assert all("Story 7" in text or "Story 8" in text for text in encoder.encoded)


def test_taken_over_rows_are_those_of_a_full_build(build, opened):
    """Articles added, changed, removed, moved and only renamed, against the same built anew."""
    build([story(n) for n in range(9)])
    stories = [story(n) for n in (8, 11, 2, 1, 3, 5, 6, 7)]
    stories[3] |= {"text": lines(1, "bridge")}
    stories[4] |= {"title": "Another headline"}
    stories[5] |= {"outlet": "Courier", "published": "2022-11-23"}
    build(stories, allow_shrink=True)
    build(stories, name="anew")

    assert rows_of(opened()) == rows_of(opened("anew"))


def test_vectors_taken_over_again_and_again_stay_as_they_were(build, opened, monkeypatch):
    """Also where the FAISS index, of 4 bits every two numbers, could not give them back."""
    monkeypatch.setattr(
        index.build.vectors, "write_faiss_index", partial(write_faiss_index, rounded_up_to=0)
    )
    build([story(n) for n in range(6)])
    first = [opened().vectors_of(number) for number in range(3)]
    for more in range(7, 10):
        build([story(n) for n in range(more)])

    snapshot = opened()
    assert snapshot.manifest.articles == 9
    for number, (passages, sentences) in enumerate(first):
        assert np.array_equal(snapshot.vectors_of(number)[0], passages)
        assert np.array_equal(snapshot.vectors_of(number)[1], sentences)
    assert list(snapshot.passage_vectors.search(first[0][0][0], 1)) == [0]


@pytest.mark.parametrize("ages", [(write_schema_4,), (write_schema_4, write_schema_3)])
def test_index_of_an_older_schema_gets_the_terms_of_today_without_encoding(build, opened, ages):
    stories = [story(1, text="The US ferry left. " + lines(1)), story(2)]
    first, _ = build(stories)
    for age in ages:
        age(first.folder)

    second, encoder = build(stories)

    assert second.folder != first.folder
    assert (second.encoded, encoder.encoded, second.why_not_reusable) == (0, [], None)
    database = opened().database
    assert database.postings.document_frequencies(["us"]) == {"us": 1}
    assert database.parts(0).terms[1] == "us ferri left"
    third, _ = build(stories)
    assert third.folder == second.folder


def test_acronyms_are_learnt_anew_from_all_articles(build, opened):
    name = "The Ferry Owners Board was asked. "
    stories = [story(1, text="The Ferry Owners Board (FOB) met. " + lines(1)), story(2)]
    build(stories)
    build([*stories, story(3, text=name + lines(3))])

    snapshot = opened()
    assert snapshot.acronyms.names == {("ferri", "owner", "board"): "fob"}
    assert snapshot.document_frequencies(["fob"]) == {"fob": 2}
    assert snapshot.database.parts(2).terms[1] == "ferri owner board ask"

    build([story(1), story(2), story(3, text=name + lines(3))])
    assert opened().acronyms.names == {}
    assert opened().document_frequencies(["fob"]) == {"fob": 0}


def test_snapshot_without_vocabulary_is_open_and_knows_none(build, opened):
    first, _ = build([story(1, text="The Ferry Owners Board (FOB) met. " + lines(1))])
    with closing(sqlite3.connect(first.folder / "coverage.db")) as connection, connection:
        connection.execute("DROP TABLE acronyms")
        connection.execute("DROP TABLE names")

    assert opened().acronyms.names == {}
    assert opened().names("f") == []


def test_names_are_learnt_from_all_articles(build, opened):
    build([story(1, text="At noon, Orlova left. " + lines(1)), story(2, text="Then Ortiz came.")])

    assert opened().names("o") == [
        KnownName("orlova", "orlova", "Orlova", 1),
        KnownName("ortiz", "ortiz", "Ortiz", 1),
    ]
    assert opened().names("p") == []


def test_changed_article_replaces_its_old_version_and_keeps_its_id(build, opened):
    build([story(n) for n in range(5)])

    summary, encoder = build(
        [*(story(n) for n in range(4)), story(4, id="renamed", text=lines(4, "bridge"))]
    )

    assert ids(summary.changes.changed) == ["story-4"]
    assert (summary.changes.added, summary.changes.removed) == ((), ())
    assert all("bridge" in text for text in encoder.encoded)
    snapshot = opened()
    assert [one.id for one in snapshot.database.articles()] == [f"story-{n}" for n in range(5)]
    assert "bridge" in snapshot.database.article(4).text
    assert len(snapshot.database.postings.scores(["ferri"], 1000)) == sum(
        passage.article < 4 for passage in snapshot.database.passages()
    )


def test_other_language_is_split_and_encoded_again(build):
    build([story(n, language="en") for n in range(3)])

    summary, encoder = build([story(0, language="ru"), *(story(n, language="en") for n in (1, 2))])

    assert ids(summary.changes.changed) == ["story-0"]
    assert summary.encoded == len(encoder.encoded) > 0


def test_fields_alone_are_changed_without_encoding(build, opened):
    build([story(n) for n in range(3)])

    summary, encoder = build([story(0), story(1, published="2022-11-23"), story(2)])

    assert ids(summary.changes.changed) == ["story-1"]
    assert encoder.encoded == []
    assert opened().database.article(1).published == PartialDate(2022, 11, 23)


def test_moved_article_keeps_its_id(build, opened):
    build([story(0, url=None), story(1)])

    summary, encoder = build(
        [story(0, url=None, id="elsewhere"), story(1, url="http://example.org/1/#comments")]
    )

    assert (summary.changes.added, summary.changes.removed) == ((), ())
    assert encoder.encoded == []
    assert [one.id for one in opened().database.articles()] == ["story-0", "story-1"]


def test_line_put_in_front_changes_no_id(build, opened):
    """Ids are line numbers here: the new line comes with one that is taken."""
    plain = [{"text": lines(n)} for n in range(4)]
    build(plain[1:])

    summary, encoder = build(plain)

    assert len(summary.changes.added) == 1
    assert summary.changes.unchanged == 3
    assert all("Story 0" in text for text in encoder.encoded)
    known = [one.id for one in opened().database.articles()]
    assert known[1:] == ["stories:1", "stories:2", "stories:3"]
    assert known[0].startswith("stories:1~")


def test_deleted_articles_are_gone(build, opened):
    build([story(n) for n in range(10)])

    summary, encoder = build([story(n) for n in range(10) if n not in (3, 7)])

    assert ids(summary.changes.removed) == ["story-3", "story-7"]
    assert encoder.encoded == []
    snapshot = opened()
    assert "Story 3" not in "".join(one.text for one in snapshot.database.articles())
    build([story(n) for n in range(10) if n not in (3, 7)], name="anew")
    assert rows_of(snapshot) == rows_of(opened("anew"))
    assert snapshot.passage_vectors.search(encoder.encode_question("x"), 1000).keys() == set(
        range(snapshot.manifest.passages)
    )


def test_loss_of_more_than_a_fifth_has_to_be_allowed(build, tmp_path):
    old, _ = build([story(n) for n in range(14)])

    with pytest.raises(ShrinkError) as caught:
        build([story(n) for n in range(11)])

    assert str(caught.value) == (
        "3 of 14 articles in the index are no longer there:\n"
        "  story-11 · Story 11\n  story-12 · Story 12\n  story-13 · Story 13\n"
        "nothing was changed; if they are to go, build again with --allow-shrink"
    )
    assert current_folder(tmp_path / "index") == old.folder
    summary, _ = build([story(n) for n in range(11)], allow_shrink=True)
    assert summary.counts.articles == 11


def test_loss_of_exactly_a_fifth_is_no_question(build):
    build([story(n) for n in range(10)])

    summary, _ = build([story(n) for n in range(8)])

    assert summary.counts.articles == 8


def test_first_twenty_of_many_lost_articles_are_named(build):
    build([story(n) for n in range(40)])

    with pytest.raises(ShrinkError) as caught:
        build([story(n) for n in range(5)])

    assert str(caught.value).count(" · ") == 20
    assert "\n  … and 15 more\n" in str(caught.value)


def test_all_articles_may_go_where_that_is_allowed(build):
    build([story(0)])

    summary, _ = build([], allow_shrink=True)

    assert summary.counts.articles == 0


def test_another_encoder_encodes_everything(build):
    build([story(n) for n in range(3)])

    summary, encoder = build([story(n) for n in range(3)], encoder=HashEncoder(weights="1"))

    assert (
        summary.why_not_reusable == "it was built by another encoder: hash (weights 000000000000)"
    )
    assert len(encoder.encoded) == summary.counts.passages
    assert summary.changes.unchanged == 3


@pytest.mark.parametrize("name", ["coverage.db", "passages.faiss", "passages.npy", "sentences.npy"])
def test_nothing_is_taken_over_from_a_damaged_snapshot(build, opened, tmp_path, name):
    build([story(n) for n in range(3)])
    path = current_folder(tmp_path / "index") / name
    data = bytearray(path.read_bytes())
    data[-9] ^= 64
    path.write_bytes(data)

    summary, encoder = build([story(n) for n in range(4)])

    assert name in summary.why_not_reusable
    assert len(encoder.encoded) == summary.counts.passages
    build([story(n) for n in range(4)], name="anew")
    assert rows_of(opened()) == rows_of(opened("anew"))


def test_preview_shows_the_changes_and_writes_nothing(build, tmp_path):
    build([story(n) for n in range(3)])
    (tmp_path / "index" / ".lock").unlink()
    before = state_of(tmp_path / "index")
    (tmp_path / "articles" / "stories.jsonl").write_text(
        "\n".join(map(json.dumps, [story(0), story(1, text=lines(1, "bridge")), story(5)]))
    )

    summary = preview_changes([tmp_path / "articles"], tmp_path / "index")

    assert ids(summary.changes.added) == ["story-5"]
    assert ids(summary.changes.changed) == ["story-1"]
    assert ids(summary.changes.removed) == ["story-2"]
    assert state_of(tmp_path / "index") == before


def test_preview_needs_no_index(build, tmp_path):
    build([story(n) for n in range(3)])
    shutil.rmtree(tmp_path / "index")

    summary = preview_changes([tmp_path / "articles"], tmp_path / "index")

    assert len(summary.changes.added) == 3
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("keep", [1, 3])
def test_as_many_snapshots_are_kept_as_asked_for(build, tmp_path, keep):
    for count in range(2, 7):
        build([story(n) for n in range(count)], keep=keep)

    assert len(list((tmp_path / "index" / "snapshots").iterdir())) == keep
