"""SQLite gives back what was put in, and ranks passages by BM25."""

import math
import sqlite3
import threading

import pytest

from index.database import Database, Origin, Passage
from index.draft import Counts, Draft
from index.models import Article, Sentence, Span
from index.parts import Parts
from index.passages import Run

NO_PARTS = Parts((), (), ("",))
PASSAGES = ["bridg open bridg", "ferri bridg left port", "mayor", "port port port ferri", "quay"]


def parts(*terms, passages=None):
    """Sentences of one character each, each with its terms, each a passage by default."""
    spans = tuple(Span(row, row + 1) for row in range(len(terms)))
    runs = passages or tuple(Run(row, row) for row in range(len(terms)))
    return Parts(spans, runs, ("", *terms))


def article(name, **fields):
    return Article(id=name, text=f"Text of {name}.", headline=f"Headline of {name}", **fields)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "coverage.db"


@pytest.fixture
def database(path):
    """One article of five passages, open for reading."""
    writing = Draft(path)
    writing.add_article(article("a"), parts(*PASSAGES))
    writing.close()
    reading = Database(path)
    yield reading
    reading.close()


def bm25(terms, passage):
    """FTS5's BM25 by hand: k1 = 1.2, b = .75, an idf of 1e-6 at least."""
    documents = [text.split() for text in PASSAGES]
    average = sum(map(len, documents)) / len(documents)
    score = 0.0
    for term in terms:
        count = documents[passage].count(term)
        holding = sum(term in document for document in documents)
        idf = max(1e-6, math.log((len(documents) - holding + 0.5) / (holding + 0.5)))
        norm = 1.2 * (1 - 0.75 + 0.75 * len(documents[passage]) / average)
        score += idf * count * 2.2 / (count + norm)
    return score


def test_articles_come_back_as_they_were(path):
    articles = [
        Article(
            id="a/1",
            text=" “Text”\r\nwith \u200f marks,\x00 zero and 🚢. ",
            headline="Headline",
            headline_stands_in=True,
            outlet="Post",
            url="https://example.org/1",
            published="--11-23",
            place="MINSK",
            language="en",
            author="Author",
        ),
        article("b"),
    ]
    draft = Draft(path)
    for number, each in enumerate(articles):
        assert draft.add_article(each, NO_PARTS) == number
    draft.close()

    database = Database(path)
    assert list(database.articles()) == articles
    assert [database.article(0), database.article(1)] == articles
    assert database.article_by_key(articles[1].key) == articles[1]
    assert database.article_by_key("no such key") is None
    assert database.stored_text_hash(0) == articles[0].text_hash
    assert database.count("articles") == 2
    database.close()


def test_sentences_and_passages_are_numbered_over_the_whole_coverage(path):
    draft = Draft(path)
    one = parts("a", "b", "c", passages=(Run(0, 1), Run(1, 2)))
    other = parts("d", "e", passages=(Run(0, 1),))
    draft.add_article(article("a"), one)
    draft.add_article(article("b"), other)

    assert draft.sentences(0) == [Sentence(row, Span(row, row + 1)) for row in range(3)]
    assert draft.sentences(1) == [Sentence(row + 3, Span(row, row + 1)) for row in range(2)]
    assert draft.sentences(2) == []
    passages = [Passage(0, 0, 0, 1), Passage(1, 0, 1, 2), Passage(2, 1, 3, 4)]
    assert list(draft.passages()) == passages
    assert list(draft.passages([2, 0])) == [passages[0], passages[2]]
    assert draft.passages_of(0) == passages[:2]
    assert (draft.count("sentences"), draft.count("passages")) == (5, 3)
    assert draft.counts == Counts(articles=2, sentences=5, passages=3)
    assert set(draft.lexical_scores(["b"], 5)) == {0, 1}
    assert (draft.parts(0), draft.parts(1)) == (one, other)
    draft.close()


def test_article_is_found_by_its_content(path):
    draft = Draft(path)
    for each in (article("a"), article("b", language="en"), article("c")):
        draft.add_article(each, NO_PARTS)

    stored = article("b", language="en", outlet="Another outlet")
    assert draft.article_by_content(stored.content_hash) == 1
    assert draft.article_by_content(article("b").content_hash) is None
    draft.close()


def test_months_are_counted_by_outlet_where_both_are_known_or_the_outlet_is_not(path):
    draft = Draft(path)
    for name, published, outlet in (
        ("a", "2022-11-23", "Post"),
        ("b", "2022-11", "Post"),
        ("c", "2022-11-01T09:00:00Z", None),
        ("d", "2023-01-01", "Post"),
        ("e", "2022", "Post"),
        ("f", "--11-23", "Post"),
        ("g", None, "Post"),
    ):
        draft.add_article(article(name, published=published, outlet=outlet), NO_PARTS)

    assert draft.months() == {
        ("2022-11", "Post"): 2,
        ("2022-11", None): 1,
        ("2023-01", "Post"): 1,
    }
    draft.close()


def test_dates_are_those_with_a_year(path):
    draft = Draft(path)
    assert draft.dates() == (None, None)
    for number, published in enumerate(["--01-01", "2023-05", None, "2022-11-23T09:30:00Z"]):
        draft.add_article(article(str(number), published=published), NO_PARTS)
    assert draft.dates() == ("2022-11-23T09:30:00Z", "2023-05")
    draft.close()


@pytest.mark.parametrize(
    "terms", [["ferri"], ["ferri", "port"], ["mayor", "quay", "ferri"], ["bridg", "gone"]]
)
def test_lexical_scores_are_bm25_best_first(database, terms):
    expected = {row: bm25(terms, row) for row in range(len(PASSAGES)) if bm25(terms, row)}
    order = sorted(expected, key=lambda row: -expected[row])

    found = database.lexical_scores(terms, 10)

    assert list(found) == order
    assert list(found.values()) == pytest.approx([expected[row] for row in order])


def test_lexical_scores_stop_at_the_count(database):
    assert list(database.lexical_scores(["port", "ferri"], 1)) == [3]


def test_repeated_term_counts_once(database):
    assert database.lexical_scores(["quay"] * 3, 5) == database.lexical_scores(["quay"], 5)


def test_no_term_finds_nothing(database):
    assert database.lexical_scores([], 5) == {}
    assert database.document_frequencies([]) == {}


@pytest.mark.parametrize("term", ["NEAR", "OR", "AND NOT", "port*", "-quay", "(", "terms:quay"])
def test_syntax_of_fts5_is_only_words(database, term):
    # As a prefix or a negation, the last three would find something else.
    found = database.lexical_scores([term], 5)

    assert list(found) == {"port*": [3, 1], "-quay": [4]}.get(term, [])


def test_thousands_of_terms_are_one_query(database):
    terms = [f"word{number}" for number in range(5000)]

    assert list(database.lexical_scores([*terms, "quay"], 5)) == [4]


def test_document_frequencies_count_passages(database):
    assert database.document_frequencies(["bridg", "port", "quay", "gone"]) == {
        "bridg": 2,
        "port": 2,
        "quay": 1,
        "gone": 0,
    }


def test_same_id_cannot_be_added_twice(path):
    draft = Draft(path)
    draft.add_article(article("a"), NO_PARTS)
    with pytest.raises(sqlite3.IntegrityError):
        draft.add_article(article("a"), NO_PARTS)
    draft.close()


def test_open_database_cannot_be_changed(database):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database._connection.execute("DELETE FROM articles")


def test_missing_file_is_not_made(path):
    with pytest.raises(sqlite3.OperationalError):
        Database(path)
    assert not path.exists()


@pytest.mark.parametrize("name", ["with space", "per%20cent", "hash#tag", "what?mode=rwc", "é"])
def test_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    draft = Draft(folder / "coverage.db")
    draft.add_article(article("a"), NO_PARTS)
    draft.close()

    database = Database(folder / "coverage.db")
    assert database.count("articles") == 1
    database.close()
    assert [path.name for path in folder.iterdir()] == ["coverage.db"]


def test_other_thread_may_ask(database):
    found = []
    thread = threading.Thread(target=lambda: found.append(database.lexical_scores(["quay"], 5)))
    thread.start()
    thread.join()

    assert list(found[0]) == [4]


def test_passages_that_hold_a_term_are_found_by_headline_too(path):
    writing = Draft(path)
    writing.add_article(article("a"), parts(*PASSAGES))
    writing.add_article(article("b"), Parts((Span(0, 1),), (Run(0, 0),), ("ferri", "mayor")))
    writing.close()
    reading = Database(path)

    assert reading.passages_holding("ferri") == [1, 3, 5]
    assert reading.passages_holding("mayor") == [2, 5]
    assert reading.passages_holding("OR") == []
    reading.close()


def test_origin_of_a_passage_is_its_article(path):
    writing = Draft(path)
    writing.add_article(article("a"), parts("quay"))
    writing.add_article(article("b", outlet="Post", published="2022-11"), parts(*PASSAGES))
    writing.close()
    reading = Database(path)

    assert reading.origins([0, 4]) == {0: Origin(0, None, 0), 4: Origin(1, "2022-11", 3, "Post")}
    reading.close()
