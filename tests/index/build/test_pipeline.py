"""A build reads, splits and encodes everything, or changes nothing."""

import json

import numpy as np
import pytest

import index.build.vectors
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot, preview_changes
from index.dates.partial_date import PartialDate
from index.encoders.base import PassageText
from index.encoders.onnx_encoder import OnnxEncoder
from index.errors import IndexWriteError, NoArticlesError
from index.formats.folders import FORMATS, iter_articles
from index.models import Skipped, Span
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import open_snapshot
from index.text.sentences import split_sentences

KOREAN = (
    "대통령은 오늘 항구에서 열린 회의에서 새로운 다리 건설 계획을 발표하였으며 주민들은 환영하였다 "
)
CYRILLIC = "Президент заявил что союзнические отношения должны оставаться прочными во все времена "
CHINESE = "中国政府今天在港口宣布新的桥梁建设计划"


def rows_of(snapshot):
    """Yield each passage's number with what the encoder is asked to encode."""
    database = snapshot.database
    for passage in database.passages():
        article = database.article(passage.article)
        spans = {each.number: each.span for each in database.sentences(passage.article)}
        start, end = spans[passage.first].start, spans[passage.last].end
        inside = tuple(
            Span(spans[number].start - start, spans[number].end - start)
            for number in range(passage.first, passage.last + 1)
        )
        headline = "" if article.headline_stands_in else article.headline
        yield passage, PassageText(headline, article.text[start:end], inside)


def leftovers(index_dir):
    return [path.name for path in (index_dir / "snapshots").iterdir() if path.name.startswith(".")]


def test_summary_and_manifest_say_what_was_built(write_files, tmp_path, tiny_encoder):
    folder = write_files(
        {
            "a.txt": "Ferry leaves\n\nMINSK, 5 May 2022 (Coast Wire) – It left. It was full.",
            "b.jsonl": json.dumps({"text": "One line.", "published": "2021"}) + "\nno json\n",
            "c.md": "---\npublished: --\n---\n \n",
        }
    )
    steps = []

    summary = build_snapshot(
        [folder],
        tmp_path / "index",
        tiny_encoder,
        "the command",
        BuildOptions(lambda *step: steps.append(step)),
    )

    assert (summary.counts.articles, summary.counts.sentences, summary.counts.passages) == (2, 3, 2)
    assert [skipped.place for skipped in summary.skipped] == [
        f"{folder / 'b.jsonl'}:2",
        str(folder / "c.md"),
    ]
    assert summary.skipped[1] == Skipped(str(folder / "c.md"), "no text")
    assert summary.folder == current_folder(tmp_path / "index")
    assert 0 < summary.seconds < 60
    assert steps == [
        ("Reading articles", 1, None),
        ("Reading articles", 2, None),
        ("Encoding passages", 2, 2),
    ]
    snapshot = open_snapshot(tmp_path / "index")
    manifest = snapshot.manifest
    snapshot.close()
    assert manifest.encoder == tiny_encoder.description
    assert manifest.schema_version == 5
    assert (manifest.articles, manifest.sentences, manifest.passages) == (2, 3, 2)
    assert (manifest.oldest, manifest.newest) == (PartialDate(2021), PartialDate(2022, 5, 5))
    assert manifest.command == "the command"


def test_articles_and_their_sentences_are_stored_as_read(tiny_index, article_folder):
    snapshot = open_snapshot(tiny_index)
    read = [article for _, article in iter_articles([article_folder])]

    assert list(snapshot.database.articles()) == read
    numbers = []
    for number, article in enumerate(read):
        stored = snapshot.database.sentences(number)
        spans = split_sentences(article.text, article.language)
        if article.id in ("awkward", "harbour-bridge"):  # the first line is the headline
            spans = spans[1:]
        assert [each.span for each in stored] == spans
        numbers += [each.number for each in stored]
    assert numbers == list(range(snapshot.manifest.sentences))
    snapshot.close()


def test_headline_in_the_text_is_cited_and_not_quoted(
    write_files, tmp_path, tiny_encoder, make_index
):
    folder = write_files({"a.md": "# Ferry leaves\n\nIt left at noon. It was full."})
    make_index(tmp_path / "index", tiny_encoder, folder)

    snapshot = open_snapshot(tmp_path / "index")
    assert snapshot.database.article(0).headline == "Ferry leaves"
    spans = [each.span for each in snapshot.database.sentences(0)]
    snapshot.close()
    assert spans == [Span(16, 32), Span(33, 45)]


def test_sentence_that_stands_in_for_a_headline_can_be_quoted(
    write_files, tmp_path, tiny_encoder, make_index
):
    folder = write_files({"a.txt": "The ferry left at noon. It was full."})
    make_index(tmp_path / "index", tiny_encoder, folder)

    snapshot = open_snapshot(tmp_path / "index")
    assert snapshot.database.article(0).headline_stands_in
    spans = [each.span for each in snapshot.database.sentences(0)]
    snapshot.close()
    assert spans == [Span(0, 23), Span(24, 36)]


def test_stored_vectors_are_those_of_the_encoder(sample_index, encoder):
    snapshot = open_snapshot(sample_index)
    passages, read = zip(*rows_of(snapshot), strict=True)
    filled = 0
    for passage, encoded in zip(passages, encoder.encode_passages(read), strict=True):
        cosines = snapshot.passage_vectors.cosines(encoded.vector, [passage.number])
        assert cosines[passage.number] > 0.9999
        stored = snapshot.sentence_vectors.read(range(filled, passage.last + 1))
        new = encoded.sentences[filled - passage.first :]
        assert np.linalg.norm(stored, axis=1) == pytest.approx(np.ones(len(new)), abs=2e-3)
        assert (stored * new).sum(axis=1).min() > 0.999
        filled = passage.last + 1
    assert filled == snapshot.manifest.sentences
    snapshot.close()


def test_shared_sentence_takes_its_vector_from_the_first_passage(
    write_files, tmp_path, tiny_encoder, make_index
):
    lines = [f"Line {n} of the harbour: " + "the bridge opened " * 9 + "." for n in range(4)]
    folder = write_files({"a.jsonl": json.dumps({"title": "T", "text": "\n".join(lines)})})
    make_index(tmp_path / "index", tiny_encoder, folder)

    snapshot = open_snapshot(tmp_path / "index")
    (one, first), (other, second) = list(rows_of(snapshot))[:2]
    assert one.last == other.first
    in_first = tiny_encoder.encode_passages([first])[0].sentences[-1]
    in_second = tiny_encoder.encode_passages([second])[0].sentences[0]
    stored = snapshot.sentence_vectors.read([one.last])[0]
    assert stored == pytest.approx(in_first, abs=1e-3)
    assert np.abs(in_first - in_second).max() > 5e-3
    snapshot.close()


def test_blocks_change_no_vector(
    tiny_index, tiny_encoder, article_folder, make_index, tmp_path, monkeypatch
):
    monkeypatch.setattr(index.build.vectors, "_SORTED_AT_ONCE", 3)
    monkeypatch.setattr(index.build.vectors, "_KEPT_AT_ONCE", 2)
    make_index(tmp_path / "index", tiny_encoder, article_folder)

    one, other = open_snapshot(tiny_index), open_snapshot(tmp_path / "index")
    assert one.manifest.passages > 6
    every = range(one.manifest.sentences)
    assert one.sentence_vectors.read(every) == pytest.approx(
        other.sentence_vectors.read(every), abs=2e-3
    )
    question = tiny_encoder.encode_question("bridge")
    found = one.passage_vectors.search(question, 100)
    again = other.passage_vectors.search(question, 100)
    assert found == pytest.approx(again, abs=1e-5)
    one.close()
    other.close()


@pytest.mark.parametrize(
    "text",
    [
        CYRILLIC * 12,
        (CYRILLIC.strip() + ". ") * 8,
        CHINESE * 24,
        KOREAN * 5,
        "ы" * 1500,
        "a.b/c-d" * 120,
    ],
    ids=["Cyrillic", "Cyrillic sentences", "Chinese", "Korean", "long word", "signs"],
)
def test_no_passage_is_longer_than_the_encoder_reads(
    write_files, tmp_path, encoder, make_index, text
):
    title = "Заголовок новости " * 20
    folder = write_files({"a.jsonl": json.dumps({"title": title, "text": text})})
    make_index(tmp_path / "index", encoder, folder)

    snapshot = open_snapshot(tmp_path / "index")
    texts = [text.text for _, text in rows_of(snapshot)]
    snapshot.close()
    assert max(encoder.count_tokens(texts)) <= encoder.passage_tokens
    assert encoder.passage_tokens + 48 + 2 <= 256


def test_passages_of_the_samples_fit_the_encoder(sample_index, encoder):
    snapshot = open_snapshot(sample_index)
    texts = [text.text for _, text in rows_of(snapshot)]
    snapshot.close()

    assert max(encoder.count_tokens(texts)) <= encoder.passage_tokens
    assert max(map(len, texts)) <= 600


def test_new_index_may_be_empty(write_files, tmp_path, tiny_encoder, make_index):
    folder = write_files({})

    summary = make_index(tmp_path / "index", tiny_encoder, folder)

    assert (summary.counts.articles, summary.skipped) == (0, [])
    snapshot = open_snapshot(tmp_path / "index")
    assert snapshot.manifest.articles == 0
    assert len(snapshot.sentence_vectors) == 0
    assert (snapshot.manifest.oldest, snapshot.manifest.newest) == (None, None)
    snapshot.close()


def test_empty_folder_never_empties_an_index(
    write_files, tmp_path, tiny_encoder, article_folder, make_index
):
    index_dir = tmp_path / "index"
    old = make_index(index_dir, tiny_encoder, article_folder).folder

    with pytest.raises(NoArticlesError) as caught:
        make_index(index_dir, tiny_encoder, write_files({}))

    assert str(caught.value) == (
        f"no articles to index (found: no file): expected {FORMATS}; nothing was changed"
    )
    assert current_folder(index_dir) == old
    assert leftovers(index_dir) == []


def test_files_of_other_formats_never_empty_an_index_and_are_counted(
    write_files, tmp_path, tiny_encoder, article_folder, make_index
):
    index_dir, folder = tmp_path / "index", write_files({"a.docx": b"PK", "b.docx": b"PK"})
    old = make_index(index_dir, tiny_encoder, article_folder).folder

    with pytest.raises(NoArticlesError, match=r"\(found: 1 skipped\)") as caught:
        make_index(index_dir, tiny_encoder, folder)

    assert caught.value.skipped == [
        f"{folder}: files of unknown formats: .docx 2; known: {FORMATS}"
    ]
    assert current_folder(index_dir) == old


def test_unreadable_files_alone_make_no_index(write_files, tmp_path, tiny_encoder, make_index):
    folder = write_files({"a.txt": b"\xff", "b.txt": b""})

    with pytest.raises(NoArticlesError, match=r"\(found: 2 skipped\)"):
        make_index(tmp_path / "index", tiny_encoder, folder)

    assert not (tmp_path / "index" / "CURRENT").exists()
    assert leftovers(tmp_path / "index") == []


@pytest.mark.parametrize("failure", [OSError("disk is full"), KeyboardInterrupt()])
def test_build_that_fails_midway_leaves_the_old_index_answering(
    write_files, tmp_path, tiny_encoder, make_index, article_folder, monkeypatch, failure
):
    index_dir = tmp_path / "index"
    old = make_index(index_dir, tiny_encoder, article_folder).folder
    pointer = (index_dir / "CURRENT").read_bytes()

    def fail(self, passages):
        raise failure

    monkeypatch.setattr(OnnxEncoder, "encode_passages", fail)
    with pytest.raises((IndexWriteError, KeyboardInterrupt)):
        make_index(index_dir, tiny_encoder, article_folder, write_files({"a.txt": "Another text."}))
    monkeypatch.undo()

    assert (index_dir / "CURRENT").read_bytes() == pointer
    assert [path.name for path in (index_dir / "snapshots").iterdir()] == [old.name]
    snapshot = open_snapshot(index_dir)
    assert snapshot.manifest.articles == 8
    assert snapshot.passage_vectors.search(tiny_encoder.encode_question("bridge"), 3)
    snapshot.close()


def test_build_that_fails_at_the_first_index_leaves_none(
    tmp_path, tiny_encoder, make_index, article_folder, monkeypatch
):
    def fail(self, passages):
        raise OSError("disk is full")

    monkeypatch.setattr(OnnxEncoder, "encode_passages", fail)
    with pytest.raises(IndexWriteError, match="disk is full"):
        make_index(tmp_path / "index", tiny_encoder, article_folder)

    assert not (tmp_path / "index" / "CURRENT").exists()
    assert list((tmp_path / "index" / "snapshots").iterdir()) == []


def test_articles_of_one_id_are_one(write_files, tmp_path, tiny_encoder, make_index):
    folder = write_files({"a.txt": "First text.", "a.md": "Second text."})

    summary = make_index(tmp_path / "index", tiny_encoder, folder, folder / "a.txt")

    assert summary.counts.articles == 1
    assert [skipped.reason for skipped in summary.skipped] == [
        f"same id 'a' as in {folder / 'a.md'}, which is kept"
    ] * 2


def test_half_a_character_stops_no_build(write_files, tmp_path, tiny_encoder, make_index):
    lines = [{"id": "a", "title": "Half \ud83d", "text": "One."}, {"id": "b", "text": "Two."}]
    folder = write_files({"a.jsonl": "\n".join(map(json.dumps, lines))})

    summary = make_index(tmp_path / "index", tiny_encoder, folder)

    assert summary.counts.articles >= 1


def test_index_inside_the_articles_is_no_article(write_files, tiny_encoder):
    folder = write_files({"a.txt": "The bridge opened.", "b.txt": "The ferry stays."})
    build_snapshot([folder], folder / "coverage-index", tiny_encoder, "a test")

    again = build_snapshot([folder], folder / "coverage-index", tiny_encoder, "a test")
    preview = preview_changes([folder], folder / "coverage-index")

    assert again.skipped == preview.skipped == []
    assert again.changes.unchanged == preview.changes.unchanged == 2
