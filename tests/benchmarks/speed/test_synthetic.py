"""A made-up coverage is a whole snapshot, of real sentences and of vectors near real ones."""

from contextlib import closing

import numpy as np
import pytest

from benchmarks.speed.synthetic import build_synthetic
from index.errors import NoArticlesError
from index.models import silent
from index.snapshot.snapshot import open_snapshot
from index.snapshot.verification import verify_snapshot
from index.text.terms import split_terms


@pytest.fixture(scope="module")
def made_up(tiny_index, tmp_path_factory):
    index_dir = tmp_path_factory.mktemp("synthetic") / "index"
    build_synthetic(tiny_index, index_dir, 100, silent)
    return index_dir


@pytest.fixture
def source(tiny_index):
    with closing(open_snapshot(tiny_index)) as snapshot:
        yield snapshot


@pytest.fixture
def snapshot(made_up):
    with closing(open_snapshot(made_up)) as snapshot:
        yield snapshot


def sentences(snapshot):
    return [
        article.text[each.span.start : each.span.end]
        for number, article in enumerate(snapshot.database.articles())
        for each in snapshot.database.sentences(number)
    ]


def test_it_is_whole_and_as_large_as_asked(made_up, snapshot, source):
    assert list(verify_snapshot(made_up)) == []
    assert 100 <= snapshot.manifest.passages < 120
    assert snapshot.manifest.articles > source.manifest.articles
    assert snapshot.manifest.encoder == source.manifest.encoder


def test_sentences_are_real_and_shuffled(snapshot, source):
    real, found = sentences(source), sentences(snapshot)

    assert set(found) <= set(real)
    assert found[: len(real)] != real


def test_words_of_a_passage_are_those_of_its_sentences(snapshot):
    database = snapshot.database
    passage = list(database.passages())[-1]
    article = database.article(passage.article)
    spans = {each.number: each.span for each in database.sentences(passage.article)}
    text = article.text[spans[passage.first].start : spans[passage.last].end]
    terms = split_terms(f"{article.headline} {text}")

    assert passage.number in database.postings.scores(terms, 3)


def test_vectors_are_of_unit_length_and_near_real_ones(snapshot, source):
    every = snapshot.passage_vectors.read(range(snapshot.manifest.passages))
    real = source.passage_vectors.read(range(source.manifest.passages))

    assert np.linalg.norm(every, axis=1) == pytest.approx(np.ones(len(every)), abs=1e-2)
    nearest = (every @ real.T).max(axis=1)
    assert nearest.min() > 0.7
    assert nearest.max() < 0.999


def test_it_is_the_same_every_time(tiny_index, snapshot, tmp_path):
    build_synthetic(tiny_index, tmp_path / "again", 100, silent)

    with closing(open_snapshot(tmp_path / "again")) as again:
        assert sentences(again) == sentences(snapshot)
        rows = range(snapshot.manifest.passages)
        assert np.array_equal(again.passage_vectors.read(rows), snapshot.passage_vectors.read(rows))


def test_empty_coverage_is_no_model(tmp_path, tiny_encoder, make_index, write_files):
    make_index(tmp_path / "index", tiny_encoder, write_files({}))

    with pytest.raises(NoArticlesError):
        build_synthetic(tmp_path / "index", tmp_path / "made-up", 100, silent)
