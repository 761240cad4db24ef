"""SQLite gives back what was put in."""

import sqlite3
import threading
from datetime import date, timedelta

import numpy as np
import pytest

from index.dates.partial_date import PartialDate
from index.errors import UnsafeSqliteError
from index.models import Article, Filters, Sentence, Span
from index.snapshot.database import Database
from index.snapshot.database_writer import Counts, DatabaseWriter
from index.store.base import Origin, Passage
from index.text.passages import SentenceRange
from index.text.segmentation import Segments

NO_PARTS = Segments((), (), ("",))
PASSAGES = ["bridg open bridg", "ferri bridg left port", "mayor", "port port port ferri", "quay"]


def parts(*terms, passages=None):
    """Sentences of one character each, each with its terms, each a passage by default."""
    spans = tuple(Span(row, row + 1) for row in range(len(terms)))
    runs = passages or tuple(SentenceRange(row, row) for row in range(len(terms)))
    return Segments(spans, runs, ("", *terms))


def article(name, published=None, **fields):
    if published:
        fields["published"] = PartialDate.parse(str(published))
    return Article(id=name, text=f"Text of {name}.", headline=f"Headline of {name}", **fields)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "coverage.db"


@pytest.fixture
def database(path):
    """One article of five passages, open for reading."""
    writing = DatabaseWriter(path)
    writing.add_article(article("a"), parts(*PASSAGES))
    writing.close()
    reading = Database(path)
    yield reading
    reading.close()


def test_articles_come_back_as_they_were(path):
    articles = [
        Article(
            id="a/1",
            text=" “Text”\r\nwith \u200f marks,\x00 zero and 🚢. ",
            headline="Headline",
            headline_stands_in=True,
            outlet="Post",
            url="https://example.org/1",
            published=PartialDate.parse("--11-23"),
            place="MINSK",
            language="en",
            author="Author",
        ),
        article("b"),
    ]
    draft = DatabaseWriter(path)
    for number, each in enumerate(articles):
        assert draft.add_article(each, NO_PARTS) == number
    draft.close()

    database = Database(path)
    assert list(database.articles()) == articles
    assert [database.article(0), database.article(1)] == articles
    assert database.article_by_key(articles[1].key) == articles[1]
    assert database.article_by_key("no such key") is None
    assert database.number_by_key(articles[1].key) == 1
    assert database.number_by_key("no such key") is None
    assert database.stored_text_hash(0) == articles[0].text_hash
    assert database.count("articles") == 2
    database.close()


def test_sentences_and_passages_are_numbered_over_the_whole_coverage(path):
    draft = DatabaseWriter(path)
    one = parts("a", "b", "c", passages=(SentenceRange(0, 1), SentenceRange(1, 2)))
    other = parts("d", "e", passages=(SentenceRange(0, 1),))
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
    assert (draft.parts(0), draft.parts(1)) == (one, other)
    draft.close()
    database = Database(path)
    assert set(database.postings.scores(["b"], 5)) == {0, 1}
    database.close()


def test_filters_let_through_all_passages_of_an_article_and_no_other(path):
    draft = DatabaseWriter(path)
    for name, outlet, published, length in (
        ("a", "Post", "2022-11-23", 3),
        ("b", "Courier", "2022-11-23", 2),
        ("c", "Post", None, 1),
        ("d", "Post", "2021", 2),
    ):
        texts = parts(*"x" * length)
        draft.add_article(article(name, outlet=outlet, published=published), texts)

    def within(**filters):
        return np.flatnonzero(draft.passages_within(Filters(**filters))).tolist()

    assert within() == list(range(8))
    assert within(outlet="Post") == [0, 1, 2, 5, 6, 7]
    assert within(outlet="Post", since=date(2022, 1, 1)) == [0, 1, 2]
    assert within(until=date(2021, 12, 31)) == [6, 7]
    assert within(outlet="Gazette") == []
    draft.close()


@pytest.mark.parametrize(
    ("published", "since", "until"),
    [
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2022-11", date(2022, 11, 1), date(2022, 11, 30)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-11-23T09:30:00+03:00", date(2022, 11, 23), date(2022, 11, 23)),
    ],
)
def test_partial_date_passes_filters_that_allow_all_its_days(path, published, since, until):
    draft = DatabaseWriter(path)
    draft.add_article(article("a", published=published), parts("x"))

    def passes(**filters):
        return bool(draft.passages_within(Filters(**filters))[0])

    assert passes(since=since, until=until)
    assert not passes(since=since + timedelta(days=1))
    assert not passes(until=until - timedelta(days=1))
    draft.close()


def test_dated_articles_come_by_date_with_their_first_passage(path):
    draft = DatabaseWriter(path)
    for name, published, texts in (
        ("a", "2022-11-23", "xy"),
        ("b", None, "x"),
        ("c", "--11-23", "x"),
        ("d", "2022", "x"),
        ("e", "2022-11-22", "x"),
        ("f", "2022-11-21", ""),
    ):
        draft.add_article(article(name, published=published), parts(*texts))

    assert [(each.number, each.first_passage) for each in draft.dated_within(Filters())] == [
        (3, 4),
        (4, 5),
        (0, 0),
    ]
    (only,) = draft.dated_within(Filters(since=date(2022, 11, 23)))
    assert (only.number, only.published) == (0, PartialDate(2022, 11, 23))
    draft.close()


def test_article_is_found_by_its_content(path):
    draft = DatabaseWriter(path)
    for each in (article("a"), article("b", language="en"), article("c")):
        draft.add_article(each, NO_PARTS)

    stored = article("b", language="en", outlet="Another outlet")
    assert draft.article_by_content(stored.content_hash) == 1
    assert draft.article_by_content(article("b").content_hash) is None
    draft.close()


def test_months_are_counted_by_outlet_where_both_are_known_or_the_outlet_is_not(path):
    draft = DatabaseWriter(path)
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
        (PartialDate(2022, 11), "Post"): 2,
        (PartialDate(2022, 11), None): 1,
        (PartialDate(2023, 1), "Post"): 1,
    }
    draft.close()


def test_dates_are_those_with_a_year(path):
    draft = DatabaseWriter(path)
    assert draft.dates() == (None, None)
    for number, published in enumerate(["--01-01", "2023-05", None, "2022-11-23T09:30:00Z"]):
        draft.add_article(article(str(number), published=published), NO_PARTS)
    assert tuple(map(str, draft.dates())) == ("2022-11-23T09:30:00+00:00", "2023-05")
    draft.close()


def test_same_id_cannot_be_added_twice(path):
    draft = DatabaseWriter(path)
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
    draft = DatabaseWriter(folder / "coverage.db")
    draft.add_article(article("a"), NO_PARTS)
    draft.close()

    database = Database(folder / "coverage.db")
    assert database.count("articles") == 1
    database.close()
    assert [path.name for path in folder.iterdir()] == ["coverage.db"]


def test_other_thread_may_ask(database):
    found = []
    thread = threading.Thread(target=lambda: found.append(database.postings.scores(["quay"], 5)))
    thread.start()
    thread.join()

    assert list(found[0]) == [4]


def test_passages_that_hold_a_term_are_found_by_headline_too(path):
    writing = DatabaseWriter(path)
    writing.add_article(article("a"), parts(*PASSAGES))
    writing.add_article(
        article("b"), Segments((Span(0, 1),), (SentenceRange(0, 0),), ("ferri", "mayor"))
    )
    writing.close()
    reading = Database(path)

    assert reading.postings.passages_holding("ferri").tolist() == [1, 3, 5]
    assert reading.postings.passages_holding("mayor").tolist() == [2, 5]
    reading.close()


def test_origin_of_a_passage_is_its_article(path):
    writing = DatabaseWriter(path)
    writing.add_article(article("a"), parts("quay"))
    writing.add_article(article("b", outlet="Post", published="2022-11"), parts(*PASSAGES))
    writing.close()
    reading = Database(path)

    assert reading.origins([0, 4]) == {
        0: Origin(0, None, 0),
        4: Origin(1, PartialDate(2022, 11), 3, "Post"),
    }
    reading.close()


def test_sqlite_that_threads_must_not_share_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "threadsafety", 1)

    with pytest.raises(UnsafeSqliteError, match=r"sqlite3\.threadsafety is 1, expected 3"):
        DatabaseWriter(tmp_path / "coverage.db")

    assert list(tmp_path.iterdir()) == []
