"""Examples hold what they say: right windows the answer, wrong ones not; the seed decides all."""

import pytest

from index.models import Span
from index.training import making
from index.training.making import make_examples
from index.training.records import Record

SEEDS = range(60)


@pytest.fixture
def plain(monkeypatch):
    """No near misses, no echoes, nothing left out: an example a record."""
    monkeypatch.setattr(making, "_NEAR_MISSES", 0)
    monkeypatch.setattr(making, "_LEFT_OUT", 0)
    monkeypatch.setattr(making, "_ECHOES", 0)


def texts(collection, example):
    return [collection.windows[place] for place in example.windows]


def of_question(collection, question):
    (found,) = [each for each in collection.examples if each.question == question]
    return found


def answers_of(records, question):
    (record,) = [each for each in records if each.question == question]
    return [record.context[span.start : span.end] for span in record.answers]


def test_right_window_holds_the_answer_and_the_span_marks_it(records, plain):
    made = make_examples(records)

    right = [each for each in made.examples if each.right]
    assert len(right) == 18
    for example in right:
        (span,) = example.spans
        window = made.windows[example.windows[0]]
        assert [window[span.start : span.end]] == answers_of(records, example.question)


def test_wrong_windows_do_not_hold_the_answer(records, plain):
    made = make_examples(records)

    counted = 0
    for example in made.examples:
        for answer in answers_of(records, example.question):
            wrong = texts(made, example)[example.right :]
            counted += len(wrong)
            assert not any(answer.casefold() in each.casefold() for each in wrong)
    assert counted > 18


def test_question_without_an_answer_has_no_right_window(records, plain):
    made = make_examples(records)

    unanswered = [each for each in made.examples if "lighthouse" in each.question]
    assert len(unanswered) == 6
    assert all(each.right == 0 and each.spans == () and each.windows for each in unanswered)


def test_windows_are_runs_of_whole_sentences_of_a_paragraph(records, plain):
    made = make_examples(records)

    for window in made.windows:
        (context,) = {each.context for each in records if window in each.context}
        assert window.endswith(".")
        assert context.startswith(window) or f". {window}" in context


def test_windows_of_an_example_are_different(records):
    for example in make_examples(records).examples:
        assert len(set(example.windows)) == len(example.windows) <= 6


def test_wrong_windows_come_from_the_paragraph_and_from_elsewhere(records, plain):
    made = make_examples(records)

    own = {each.question: each.context for each in records}
    wrong = [
        window in own[each.question]
        for each in made.examples
        for window in texts(made, each)[each.right :]
    ]
    assert 0 < sum(wrong) < len(wrong)


def test_window_elsewhere_shares_words_with_the_question(make_record, plain):
    question = make_record("Which zeppelin left?", "The zeppelin Aurora left.", "Aurora", "a/1")
    near = make_record("Who sold it?", "A zeppelin was sold by Falk.", "Falk", "b/2")
    far = [
        make_record(f"Who had {row}?", f"It rained, and Hadi had {row} boats.", "Hadi", f"c/{row}")
        for row in range(9)
    ]

    made = make_examples([question, near, *far])

    example = of_question(made, question.question)
    assert texts(made, example) == [question.context, near.context]


@pytest.mark.parametrize(
    ("context", "answer", "span"),
    [
        # One that runs on into the next sentence is not whole in every window.
        ("Falk opened the bridge. Nyberg came too.", "bridge. Nyberg", {Span(16, 30), None}),
        # One that is the whole window marks nothing out.
        ("Mayor Ines Falk did it.", "Mayor Ines Falk did it", {None}),
        ("Mayor Ines Falk did it.", "Ines Falk", {Span(6, 15)}),
    ],
)
def test_span_is_unknown_unless_it_marks_a_part_of_the_window(
    make_record, plain, context, answer, span
):
    record = make_record("Who?", context, answer)

    made = [make_examples([record], seed).examples[0].spans for seed in range(20)]

    assert {each for (each,) in made} == span


def test_shortest_of_several_answers_is_marked(plain):
    context = "On Monday Mayor Ines Falk opened it."
    record = Record("Who?", context, "a/1", (Span(10, 25), Span(21, 25)), is_answered=True)

    (example,) = make_examples([record]).examples

    assert example.spans == (Span(21, 25),)


def test_answered_question_whose_answer_is_unknown_is_left_out(make_record):
    assert make_examples([make_record("Who?", "Falk did.", is_answered=True)]).examples == []


def test_empty_paragraph_gives_no_example(make_record):
    assert make_examples([make_record("Who?", "")]).examples == []


@pytest.mark.parametrize("is_answered", [True, False])
def test_claim_has_its_evidence_as_only_window(make_record, records, is_answered):
    evidence = "Falk opened the bridge. It rained."
    claim = make_record("Falk opened it.", evidence, is_claim=True, is_answered=is_answered)

    made = make_examples([claim, *records])

    example = of_question(made, "Falk opened it.")
    assert texts(made, example) == [evidence]
    assert (example.right, example.spans) == ((1, (None,)) if is_answered else (0, ()))


def test_near_miss_is_put_to_the_window_that_answered(records, monkeypatch):
    monkeypatch.setattr(making, "_NEAR_MISSES", 1)
    monkeypatch.setattr(making, "_ECHOES", 0)

    made = make_examples(records)

    asked = {each.question for each in records}
    right = {each.windows[0] for each in made.examples if each.right}
    near = [each for each in made.examples if each.question not in asked]
    assert len(near) > 9
    for example in near:
        assert (example.right, example.spans) == (0, ())
        assert example.windows[0] in right
        assert len(example.windows) <= 3


def test_right_window_without_its_answer_is_a_wrong_one(make_record, plain, monkeypatch):
    monkeypatch.setattr(making, "_LEFT_OUT", 1)
    cut = make_record("When did Falk open it?", "Falk opened it on Monday.", "Monday")
    whole = make_record("Who opened it?", "Ada Nyberg opened it on Friday.", "Ada Nyberg", "b/2")

    made = make_examples([cut, whole])

    right, *wrong = texts(made, of_question(made, cut.question))
    assert right == cut.context
    assert "Falk opened it." in wrong
    assert cut.context not in wrong
    assert texts(made, of_question(made, whole.question)) == [whole.context, cut.context]


def test_window_that_still_has_an_answer_is_no_wrong_one(plain, monkeypatch):
    monkeypatch.setattr(making, "_LEFT_OUT", 1)
    context = "It was lost to Morven, and Oslo won."
    record = Record("Who?", context, "a/1", (Span(15, 21), Span(27, 31)), is_answered=True)

    (example,) = make_examples([record]).examples

    assert len(example.windows) == 1


def test_window_without_its_answer_is_one_of_at_most_five(make_record, plain, monkeypatch):
    monkeypatch.setattr(making, "_LEFT_OUT", 1)
    monkeypatch.setattr(making, "_WRONG", 1)
    asked = make_record("When did Falk open it?", "Falk opened it on Monday.", "Monday")
    other = make_record("Who opened it?", "Ada Nyberg opened it.", "Ada Nyberg")

    made = make_examples([asked, other])

    assert texts(made, of_question(made, asked.question))[1:] == ["Falk opened it."]


def test_near_misses_ask_something_else_or_about_something_else(make_record, monkeypatch):
    monkeypatch.setattr(making, "_NEAR_MISSES", 1)
    told = (
        "They will leave. They could leave. She must leave. He will sail. We can sail. I must sail."
    )
    records = [
        make_record("When did Falk leave?", "Falk left on Monday.", "Monday"),
        make_record("Who won?", told),
    ]

    asked = {each.question for seed in SEEDS for each in make_examples(records, seed).examples}

    assert {"When did Falk sail?", "Why did Falk leave?"} <= asked


def test_echo_of_the_question_is_a_wrong_window(records, monkeypatch):
    monkeypatch.setattr(making, "_NEAR_MISSES", 0)
    monkeypatch.setattr(making, "_ECHOES", 1)
    lower = [Record(f"who … {row}", "Falk did.", "a", (Span(0, 4),), True) for row in range(2)]

    made = make_examples([*records, *lower])

    for example in made.examples:
        echo = example.question[0].upper() + example.question[1:].rstrip("?") + "?"
        assert echo in texts(made, example)[example.right :]


@pytest.mark.parametrize(
    ("group", "title"),
    [
        ("squad/Alder_Bay", "Alder Bay"),
        ("news/Harbour", "Harbour"),
        ("news/1234", ""),
        ("news/a-1b2c", ""),
        ("news/Portal: Ships", ""),
    ],
)
def test_name_of_the_group_is_the_title_if_it_is_one(make_record, plain, group, title):
    made = make_examples([make_record("Who did?", "Falk did.", "Falk", group)])

    assert made.titles == [title]


def test_first_sentence_stands_in_for_a_title_unless_the_window_shows_it(make_record, plain):
    opening, middle = "The bridge opened.", "Falk did it. " * 60
    made = make_examples([make_record("Who?", f"{opening} {middle}", "Falk", "news/1")])

    titles = dict(zip(made.windows, made.titles, strict=True))
    assert len(titles) > 1
    for window, title in titles.items():
        assert title == ("" if opening in window else opening)


def test_seed_decides_everything(records):
    one, same, other = (make_examples(records, seed) for seed in (1, 1, 2))

    assert one == same
    assert one.examples != other.examples
