"""A field of a question file is read as what it is, or its line is refused."""

import json
from datetime import date

import pytest

from index.errors import InputFileError
from scripts._questions import read_questions

GOOD = {"id": "a", "question": "Who opened the bridge?"}


@pytest.fixture
def read_one(tmp_path):
    """Read a file of one question with these fields."""

    def read(**fields):
        path = tmp_path / "q.jsonl"
        path.write_text(json.dumps(GOOD | fields) + "\n", "utf-8")
        (question,) = read_questions(path)
        return question

    return read


def test_fields_that_are_left_out_have_their_defaults(read_one):
    question = read_one()

    assert (question.id, question.text) == ("a", "Who opened the bridge?")
    assert (question.answers, question.articles) == ((), frozenset())
    assert (question.is_answerable, question.asked_on) == (True, None)


def test_fields_are_read(read_one):
    question = read_one(
        id=7,
        answers=["Ines Falk", 1992],
        evidence=[{"article_id": "port", "text": "She did."}, {"article_id": 3}],
        answerable=False,
    )

    assert question.id == 7
    assert question.answers == ("Ines Falk", "1992")
    assert question.articles == {"port", "3"}
    assert question.is_answerable is False


@pytest.mark.parametrize(
    "written", ["2022-11-23", "2022/11/23", "23 November 2022", "2022-11-23T09:30:00Z", 1669161600]
)
def test_day_is_read_in_any_spelling(read_one, written):
    assert read_one(date=written).asked_on == date(2022, 11, 23)


def test_date_that_is_not_known_is_today(read_one):
    assert read_one(date=None).asked_on is None


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("id", None, "a text or a whole number"),
        ("id", True, "a text or a whole number"),
        ("id", 1.5, "a text or a whole number"),
        ("question", None, "a text"),
        ("question", ["a"], "a text"),
        ("question", 5, "a text"),
        ("question", " ", "a text"),
        ("answers", "Minsk A", "a list of texts or whole numbers"),
        ("answers", None, "a list of texts or whole numbers"),
        ("answers", {"Minsk": 1}, "a list of texts or whole numbers"),
        ("answers", ["Minsk", None], "a list of texts or whole numbers"),
        ("answers", [True], "a list of texts or whole numbers"),
        ("answers", [2.5], "a list of texts or whole numbers"),
        ("answerable", "false", "true or false"),
        ("answerable", 0, "true or false"),
        ("answerable", None, "true or false"),
        ("evidence", "port", 'a list such as [{"article_id": "1"}]'),
        ("evidence", {"article_id": "port"}, 'a list such as [{"article_id": "1"}]'),
        ("evidence", ["port"], 'a list such as [{"article_id": "1"}]'),
        ("evidence", [{"text": "She did."}], 'a list such as [{"article_id": "1"}]'),
        ("evidence", [{"article_id": None}], 'a list such as [{"article_id": "1"}]'),
        ("date", "23/13/2022", 'a day, such as "2022-11-23"'),
        ("date", "11/12/2022", 'a day, such as "2022-11-23"'),  # in which month?
        ("date", "2022-11", 'a day, such as "2022-11-23"'),
        ("date", "23 November", 'a day, such as "2022-11-23"'),
        ("date", "yesterday", 'a day, such as "2022-11-23"'),
        ("date", "last week", 'a day, such as "2022-11-23"'),
        ("date", "", 'a day, such as "2022-11-23"'),
        ("date", False, 'a day, such as "2022-11-23"'),
    ],
)
def test_field_of_another_type_is_refused(read_one, tmp_path, name, found, expected):
    with pytest.raises(InputFileError) as caught:
        read_one(**{name: found})

    assert str(caught.value) == (
        f'{tmp_path / "q.jsonl"}:1: "{name}": expected {expected}, found {json.dumps(found)}'
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"question": "who \ud800 leads?"},
        {"id": "\ud800"},
        {"answers": ["\udcff"]},
        {"evidence": [{"article_id": "\ud800"}]},
    ],
)
def test_half_of_a_character_is_refused(read_one, fields):
    with pytest.raises(InputFileError, match=r"q\.jsonl:1: half of a character"):
        read_one(**fields)


def test_objects_in_objects_without_an_end_are_refused(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text('{"id":' * 100_000)

    with pytest.raises(InputFileError, match=r"q\.jsonl:1: expected lines such as"):
        list(read_questions(path))


def test_line_is_counted_with_the_blank_ones_before(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n \n{json.dumps(GOOD | {'answerable': 'no'})}\n")

    with pytest.raises(InputFileError, match=r'q\.jsonl:4: "answerable": expected true or false'):
        list(read_questions(path))
