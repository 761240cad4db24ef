"""The lexical leg ranks by BM25, over all words of a question, in blocks as in one."""

import math

import numpy as np
import pytest

import index.snapshot.inverted_index
from index.models import Article, Span
from index.snapshot.database import Database
from index.snapshot.database_writer import DatabaseWriter
from index.text.passages import SentenceRange
from index.text.segmentation import Segments

PASSAGES = ["bridg open bridg", "ferri bridg left port", "mayor", "port port port ferri", "quay"]


@pytest.fixture
def written(tmp_path):
    """Open the postings of passages with these terms."""
    opened = []

    def write(texts):
        path = tmp_path / f"{len(opened)}.db"
        runs = tuple(SentenceRange(row, row) for row in range(len(texts)))
        draft = DatabaseWriter(path)
        spans = tuple(Span(row, row + 1) for row in range(len(texts)))
        draft.add_article(Article("a", "x" * len(texts), "x"), Segments(spans, runs, ("", *texts)))
        draft.close()
        opened.append(Database(path))
        return opened[-1].postings

    yield write
    for database in opened:
        database.close()


@pytest.fixture
def postings(written):
    return written(PASSAGES)


def bm25(terms, passage, texts=PASSAGES):
    """BM25 by hand: k1 = 1.2, b = .75, and the same idf as a question's words have."""
    documents = [text.split() for text in texts]
    average = sum(map(len, documents)) / len(documents)
    score = 0.0
    for term in terms:
        count = documents[passage].count(term)
        holding = sum(term in document for document in documents)
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        norm = 1.2 * (1 - 0.75 + 0.75 * len(documents[passage]) / average)
        score += idf * count * 2.2 / (count + norm)
    return score


def random_texts(count):
    """Texts of words as common as in a language: word n comes 1/n as often as the first."""
    words = np.random.default_rng(0).zipf(1.3, size=(count, 12)).clip(max=400)
    return [" ".join(f"w{word}" for word in text) for text in words]


@pytest.mark.parametrize(
    "terms", [["ferri"], ["ferri", "port"], ["mayor", "quay", "ferri"], ["bridg", "gone"]]
)
def test_scores_are_bm25_best_first(postings, terms):
    expected = {row: bm25(terms, row) for row in range(len(PASSAGES)) if bm25(terms, row)}
    order = sorted(expected, key=lambda row: -expected[row])

    found = postings.scores(terms, 10)

    assert list(found) == order
    assert list(found.values()) == pytest.approx([expected[row] for row in order])


@pytest.mark.parametrize(("block", "group"), [(7, 64), (64, 4), (1 << 16, 3), (1 << 16, 64)])
def test_best_of_many_are_those_of_plain_formulas(written, monkeypatch, block, group):
    monkeypatch.setattr(index.snapshot.inverted_index, "_BLOCK", block)
    monkeypatch.setattr(index.snapshot.inverted_index, "_GROUP", group)
    texts = random_texts(500)
    terms = ["w1", "w2", "w17", "w390", "w5"]
    expected = {row: bm25(terms, row, texts) for row in range(500)}

    found = written(texts).scores(terms, 20)

    assert list(found.values()) == pytest.approx(sorted(expected.values())[:-21:-1], rel=1e-5)
    assert list(found.values()) == pytest.approx([expected[row] for row in found], rel=1e-5)


def test_common_words_alone_find_something(written):
    texts = random_texts(300)
    postings = written([f"common {text}" for text in texts])
    assert postings.document_frequencies(["common"]) == {"common": 300}

    assert len(postings.scores(["common"], 20)) == 20


def test_passages_that_may_not_be_chosen_are_not(written):
    postings = written(random_texts(500))
    among = np.zeros(500, np.bool_)
    among[[3, 77, 78, 499]] = True
    every = postings.scores(["w1", "w2"], 500)

    found = postings.scores(["w1", "w2"], 20, among)

    assert found == {row: score for row, score in every.items() if among[row]}
    assert found
    assert postings.scores(["w1", "w2"], 20, np.zeros(500, np.bool_)) == {}


def test_equal_scores_are_in_order(written):
    found = written(["ferri port", "port"] * 200).scores(["port"], 230)

    assert list(found) == [*range(1, 400, 2), *range(0, 60, 2)]


def test_scores_stop_at_the_count(postings):
    assert list(postings.scores(["port", "ferri"], 1)) == [3]


def test_repeated_term_counts_once(postings):
    assert postings.scores(["quay"] * 3, 5) == postings.scores(["quay"], 5)


def test_count_that_a_byte_cannot_hold_is_cut_and_a_long_text_is_found(written):
    postings = written(["port " * 256 * 300, "ferri"])

    assert list(postings.scores(["port"], 5)) == [0]
    assert postings.document_frequencies(["port"]) == {"port": 1}


def test_no_term_finds_nothing(postings):
    assert postings.scores([], 5) == {}
    assert postings.document_frequencies([]) == {}


def test_empty_coverage_finds_nothing(written):
    assert written([]).scores(["port"], 5) == {}


def test_thousands_of_terms_are_one_query(postings):
    terms = [f"word{number}" for number in range(5000)]

    assert list(postings.scores([*terms, "quay"], 5)) == [4]


@pytest.mark.parametrize("term", ["NEAR", "OR", "port*", "%", "qua", 'po"rt', "quay,port", "[]"])
def test_term_finds_only_itself(postings, term):
    assert postings.scores([term], 5) == {}
    assert not len(postings.passages_holding(term))


@pytest.mark.parametrize("block", [7, 1 << 16])
def test_passages_that_hold_a_term_are_in_order(written, monkeypatch, block):
    monkeypatch.setattr(index.snapshot.inverted_index, "_BLOCK", block)
    texts = random_texts(500)
    postings = written(texts)

    for term in ("w1", "w17", "w390"):
        expected = [row for row, text in enumerate(texts) if term in text.split()]
        assert postings.passages_holding(term).tolist() == expected
    assert postings.passages_holding("gone").tolist() == []


def test_document_frequencies_count_passages(postings):
    assert postings.document_frequencies(["bridg", "port", "quay", "gone"]) == {
        "bridg": 2,
        "port": 2,
        "quay": 1,
        "gone": 0,
    }
