"""`feedback.py` as operators run it."""

import json

import pytest

from index.feedback import Feedback, read_votes
from scripts._questions import read_questions
from scripts.evaluate import evaluate
from scripts.feedback import TO_FILL_IN, feedback

QUOTE = "The bridge\nopened.\n[1] Bridge · Sample Wire · 23 November 2022 · ¶ 1"


@pytest.fixture
def votes(tmp_path):
    path = tmp_path / "votes.db"
    kept = Feedback(path)
    for voter in (1, 2):
        kept.record("Who opened the bridge?", [QUOTE], voter, 100, is_good=False)
    kept.record("Who opened the bridge?", [QUOTE], 3, 100, is_good=True)
    kept.record("When did the ferry leave?", [], 1, 101, is_good=True)
    return path


def test_what_was_voted_down_is_shown_with_quotes_and_how_often(run_here, votes):
    ran = run_here(feedback, "--feedback", votes)

    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == "Who opened the bridge?"
    assert lines[1].startswith("  votes down: 2, up: 1; last on 20")
    assert lines[2].startswith("  - The bridge opened. [1] Bridge · Sample Wire")
    assert lines[3] == "4 votes, 2 of them up; 1 question voted down"
    assert "ferry" not in ran.out


def test_question_file_is_taken_by_evaluate(run_here, votes, tmp_path, tiny_index):
    out = tmp_path / "voted-down.jsonl"

    ran = run_here(feedback, "--feedback", votes, "--out", out)

    assert ran.code == 0
    assert TO_FILL_IN in ran.out
    (question,) = read_questions(out)
    assert (question.id, question.text) == ("voted-down-1", "Who opened the bridge?")
    assert question.answers == ()
    assert question.asked_on is not None
    line = json.loads(out.read_text("utf-8"))
    assert line["to_do"] == TO_FILL_IN
    assert line["voted_down"] == [QUOTE]
    measured = run_here(evaluate, "--questions", out, "--index", tiny_index)
    assert measured.code == 0
    assert "1 question, " in measured.out


def test_file_that_may_hold_answers_is_not_overwritten(run_here, votes, tmp_path):
    out = tmp_path / "voted-down.jsonl"
    out.write_text("mine")

    ran = run_here(feedback, "--feedback", votes, "--out", out)

    assert ran.code == 1
    assert ran.err == (
        f"error: {out} is there already, and may hold answers: name another file with --out\n"
    )
    assert out.read_text() == "mine"


def test_votes_on_a_question_can_be_deleted(run_here, votes):
    ran = run_here(feedback, "--feedback", votes, "--forget", "who opened the BRIDGE?")

    assert ran.out == "3 votes on this question deleted\n"
    assert [each.question for each in read_votes(votes)] == ["When did the ferry leave?"]


def test_missing_file_and_votes_that_are_off_are_one_line_each(run_here, tmp_path, monkeypatch):
    missing = run_here(feedback, "--feedback", tmp_path / "gone.db")
    monkeypatch.setenv("FEEDBACK", "off")
    off = run_here(feedback)

    assert (missing.code, off.code) == (1, 1)
    assert missing.err.startswith(f"error: {tmp_path / 'gone.db'}: no such file")
    assert off.err.startswith("error: votes are off")
    assert (missing.err.count("\n"), off.err.count("\n")) == (1, 1)
