"""The bundled reader tells an answer from a mention, on sentences of our own."""

import pytest

from index.reader.base import Window

# A question, the window that answers it and with which words, and others that only mention it.
CASES = [
    (
        "Who opened the harbour bridge?",
        ("Mayor Ines Falk opened the harbour bridge on Monday.", "Ines Falk"),
        [
            "The harbour bridge was closed for repairs on Monday, a spokesman said.",
            "The harbour bridge is 400 metres long and cost 90 million crowns.",
            "Who opened the harbour bridge? Readers send us their guesses.",
        ],
    ),
    (
        "How many people live in Alder Bay?",
        ("Some 4,200 people live in Alder Bay, most of them from fishing.", "4,200"),
        [
            "Alder Bay lost 40 of its boats in the storm of 1987.",
            "People in Alder Bay say that they will not move away.",
        ],
    ),
    (
        "When was the Nordholm lighthouse sold?",
        ("The Nordholm lighthouse was sold to the town museum in March 2019.", "March 2019"),
        [
            "The Nordholm lighthouse was built in 1871 after three ships were lost.",
            "The town museum wants to sell tickets for the Nordholm lighthouse.",
        ],
    ),
    (
        "Why was the ferry to Port Selle cancelled?",
        ("The ferry to Port Selle was cancelled because of thick ice in the strait.", "ice"),
        [
            "The ferry to Port Selle carries 300 cars and runs twice a day.",
            "Passengers of the cancelled ferry to Port Selle got their money back.",
        ],
    ),
]
FALSE_PREMISES = [
    ("When did Mayor Ines Falk resign?", "Mayor Ines Falk opened the harbour bridge on Monday."),
    ("Who sold the Nordholm lighthouse in 1871?", "The Nordholm lighthouse was built in 1871."),
    ("How many people died in Alder Bay?", "Some 4,200 people live in Alder Bay."),
]


@pytest.mark.parametrize(("question", "right", "others"), CASES)
def test_window_that_answers_beats_those_that_mention(bundled, question, right, others):
    answers, *mentions = bundled.read(question, [Window(right[0]), *map(Window, others)])

    assert answers.logit > 2
    assert answers.logit > max(each.logit for each in mentions) + 2


@pytest.mark.parametrize(("question", "right", "others"), CASES)
def test_words_that_answer_are_marked(bundled, question, right, others):
    text, words = right

    (verdict,) = bundled.read(question, [Window(text)])

    marked = text[slice(*verdict.span)]
    assert words in marked
    assert len(marked) <= len(text) / 2
    assert verdict.span_logit > 0


@pytest.mark.parametrize(("question", "text"), FALSE_PREMISES)
def test_false_premise_gets_a_low_logit(bundled, question, text):
    (verdict,) = bundled.read(question, [Window(text)])

    assert verdict.logit < 0
    assert verdict.span_logit < 0


def test_it_knows_english_and_marks_answers(bundled):
    description = bundled.description

    assert description.languages == ("en",)
    assert description.marks_answers
    assert description.is_calibrated
