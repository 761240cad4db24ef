"""The kind of answer is read from the question's words; a sentence has one or not."""

import pytest

from index.search.answer_types import AnswerType, expected_type, holds_type
from index.text.terms import split_terms


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many boats sailed?", AnswerType.NUMBER),
        ("Сколько лодок ушло?", AnswerType.NUMBER),
        ("When did the port close?", AnswerType.DATE),
        ("In which year did it close?", AnswerType.DATE),
        ("Who opened the bridge?", AnswerType.NAME),
        ("Кто открыл мост?", AnswerType.NAME),
        ("Which small harbour city was flooded?", AnswerType.NAME),
        ("Why did it close?", None),
        ("", None),
    ],
)
def test_question_says_what_it_asks_for(question, kind):
    assert expected_type(question) is kind


@pytest.mark.parametrize(
    ("sentence", "kind", "holds"),
    [
        ("Some 40 boats sailed.", AnswerType.NUMBER, True),
        ("Seven boats sailed.", AnswerType.NUMBER, True),
        ("The boats sailed.", AnswerType.NUMBER, False),
        ("It closed in 1999.", AnswerType.DATE, True),
        ("It closed on Monday.", AnswerType.DATE, True),
        ("It closed for 40 boats.", AnswerType.DATE, False),
        ("The bridge was opened by Mayor Okafor.", AnswerType.NAME, True),
        ("The bridge over the Arpa was opened.", AnswerType.NAME, False),
        ("The bridge was opened.", AnswerType.NAME, False),
    ],
)
def test_sentence_holds_such_a_thing(sentence, kind, holds):
    assert holds_type(sentence, kind, split_terms("Who opened the Arpa bridge?")) is holds
