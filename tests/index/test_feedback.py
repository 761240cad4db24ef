"""Votes as operators read them."""

import sqlite3

import pytest

from index.errors import FeedbackError
from index.feedback import Feedback, Vote, VotedDown, forget_votes, read_votes, voted_down

QUOTES = ["The bridge opened.\n[1] Bridge · Sample Wire · 23 November 2022 · ¶ 1"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "votes.db"


def vote(question: str, time: str, *, is_good: bool = False, quotes: tuple[str, ...] = ()) -> Vote:
    return Vote(question, quotes, time, is_good)


def test_votes_are_read_as_they_were_kept(path):
    feedback = Feedback(path)
    feedback.record("Who opened the bridge?", QUOTES, 1, 100, is_good=False)
    feedback.record("Кто открыл мост?", [], 2, 100, is_good=True)

    first, second = read_votes(path)

    assert (first.question, first.quotes, first.is_good) == (
        "Who opened the bridge?",
        tuple(QUOTES),
        False,
    )
    assert (second.question, second.quotes, second.is_good) == ("Кто открыл мост?", (), True)
    assert first.time.endswith("+00:00")


def test_no_id_is_kept_nor_a_hash_that_another_process_could_make(path):
    for _ in range(2):
        Feedback(path).record("Who?", [], 123456789, 987654321, is_good=False)

    connection = sqlite3.connect(path)
    voters = [voter for (voter,) in connection.execute("SELECT voter FROM votes")]
    connection.close()
    assert len(set(voters)) == 2
    content = path.read_bytes()
    assert b"123456789" not in content
    assert b"987654321" not in content


def test_questions_voted_down_most_come_first_with_what_was_shown_last():
    votes = [
        vote("Who?", "2026-01-01T00:00:00+00:00", quotes=("old",)),
        vote("When?", "2026-01-03T00:00:00+00:00"),
        vote("who? ", "2026-01-02T00:00:00+00:00", quotes=("new",)),
        vote("Who?", "2026-01-04T00:00:00+00:00", is_good=True),
        vote("Good?", "2026-01-04T00:00:00+00:00", is_good=True),
        vote("Where?", "2026-01-05T00:00:00+00:00"),
    ]

    assert voted_down(votes) == [
        VotedDown("who? ", ("new",), "2026-01-02T00:00:00+00:00", 2, 1),
        VotedDown("Where?", (), "2026-01-05T00:00:00+00:00", 1, 0),
        VotedDown("When?", (), "2026-01-03T00:00:00+00:00", 1, 0),
    ]


def test_votes_on_a_question_are_deleted_for_good(path):
    feedback = Feedback(path)
    feedback.record("Who opened Zanzibar bridge?", [], 1, 100, is_good=False)
    feedback.record("WHO opened  Zanzibar bridge?", [], 2, 101, is_good=True)
    feedback.record("When?", [], 1, 102, is_good=True)

    assert forget_votes(path, "who opened zanzibar bridge?") == 2

    assert [each.question for each in read_votes(path)] == ["When?"]
    assert b"anzibar" not in path.read_bytes()
    assert forget_votes(path, "who opened zanzibar bridge?") == 0


@pytest.mark.parametrize("content", [None, b"", b"not a database, but long enough to be one" * 99])
def test_file_that_holds_no_votes_is_named(path, content):
    if content is not None:
        path.write_bytes(content)

    for read in (read_votes, lambda path: forget_votes(path, "Who?")):
        with pytest.raises(FeedbackError, match=r"votes\.db: no"):
            read(path)
