"""The figures follow their definitions, on answers small enough to check by eye."""

from dataclasses import replace

import pytest

from index.answers.citations import quote_span
from index.evaluation.metrics import (
    LabelledQuestion,
    auc,
    bootstrap,
    judge,
    quote_length,
    separation,
    summarise,
    worst,
)
from index.models import Answer, Article, Span, Status

MINSK = Article(id="minsk", text="The summit was held in Minsk. It took a day.", headline="Summit")
OTHER = Article(id="other", text="Minsk is a city.", headline="City")
WHERE = LabelledQuestion("1", "where?", ("Minsk",), frozenset({"minsk"}), is_answerable=True)
NOBODY = LabelledQuestion("2", "who?", (), frozenset(), is_answerable=False)


def answer(*spans: tuple[Article, int, int]) -> Answer:
    quotes = tuple(quote_span(article, Span(start, end), 1.0) for article, start, end in spans)
    return Answer("?", Status.ANSWERED if quotes else Status.NOT_ANSWERED, quotes)


def judged(question: LabelledQuestion, *spans: tuple[Article, int, int]):
    return judge(question, answer(*spans), 5.0)


def test_right_words_from_the_wrong_article_do_not_count():
    result = judged(WHERE, (OTHER, 0, 16), (MINSK, 30, 44), (MINSK, 0, 29))

    assert (result.quote_rank, result.article_rank) == (3, 2)


def test_answer_must_be_whole_words():
    question = LabelledQuestion("1", "?", ("Min",), frozenset({"minsk"}), is_answerable=True)

    assert judged(question, (MINSK, 0, 29)).quote_rank is None


@pytest.mark.parametrize("right", ["minsk!", "HELD in  Minsk", "“in Minsk”"])
def test_case_punctuation_and_spaces_do_not_matter(right):
    question = LabelledQuestion("1", "?", (right,), frozenset({"minsk"}), is_answerable=True)

    assert judged(question, (MINSK, 0, 29)).quote_rank == 1


def test_any_article_is_right_where_none_is_named():
    question = LabelledQuestion("1", "?", ("Minsk",), frozenset(), is_answerable=True)

    assert judged(question, (OTHER, 0, 16)).quote_rank == 1


def test_refused_answerable_question_is_a_miss_and_wrongly_refused():
    shares = summarise([judged(WHERE), judged(WHERE, (MINSK, 0, 29)), judged(NOBODY)])

    assert shares["quote@1"].value == 0.5
    assert shares["wrongly refused"].value == 0.5
    assert shares["refused"].value == 1.0
    assert shares["refused"].of == 1


def test_dropped_quotes_were_not_verbatim():
    altered = judge(WHERE, replace(answer((MINSK, 0, 29)), dropped=3), 5.0)

    assert summarise([altered])["verbatim"].value == 0.25
    assert summarise([judged(WHERE, (MINSK, 0, 29))])["verbatim"].value == 1.0


def test_figures_over_no_question_are_left_out():
    assert "refused" not in summarise([judged(WHERE)])


def test_length_is_the_mean_over_all_quotes():
    assert quote_length([judged(WHERE, (MINSK, 0, 29), (OTHER, 0, 16))]) == 22.5


def test_wrong_answers_come_before_wrong_refusals_and_low_ranks():
    low = judged(WHERE, (OTHER, 0, 16), (MINSK, 0, 29))
    refused, wrong, invented = (
        judged(WHERE),
        judged(WHERE, (OTHER, 0, 16)),
        judged(NOBODY, (OTHER, 0, 16)),
    )

    assert worst([low, refused, judged(NOBODY), wrong, invented], 9) == [
        invented,
        wrong,
        refused,
        low,
    ]


def test_interval_holds_the_share_and_narrows_with_more_questions():
    few, many = bootstrap([True, True, False, False]), bootstrap([True, False] * 500)

    assert few.low <= few.value == 0.5 <= few.high
    assert many.high - many.low < few.high - few.low
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.5 / 1000**0.5, rel=0.15)


def test_answer_from_another_article_counts_for_answers_and_not_for_quotes():
    shares = summarise([judged(WHERE, (OTHER, 0, 16), (MINSK, 0, 29)), judged(WHERE)])

    assert (shares["quote@1"].value, shares["quote@3"].value) == (0.0, 0.5)
    assert (shares["answer@1"].value, shares["answer@3"].value) == (0.5, 0.5)


def test_answer_must_be_in_one_of_the_quotes():
    result = judged(WHERE, (MINSK, 30, 44), (OTHER, 6, 16), (OTHER, 0, 5))

    assert (result.quote_rank, result.answer_rank) == (None, 3)


def marking(start: int | None, end: int = 0, *, article: Article = MINSK, span=(0, 29)):
    """A first quote with these of its article's characters marked."""
    quote = quote_span(article, Span(*span), 1.0)
    if start is not None:
        quote = replace(quote, answer=Span(start, end))
    return judge(WHERE, Answer("?", Status.ANSWERED, (quote,)), 5.0)


@pytest.mark.parametrize(
    ("start", "end", "is_right"),
    [
        (23, 28, True),  # Minsk
        (20, 28, True),  # in Minsk
        (11, 28, True),  # was held in Minsk
        (4, 10, False),  # summit
        (23, 26, False),  # Min
    ],
)
def test_marked_words_are_right_if_they_and_the_answer_contain_one_another(start, end, is_right):
    assert summarise([marking(start, end)])["marked right"].value == is_right


def test_marked_part_of_a_longer_answer_is_right():
    question = replace(WHERE, answers=("was held in Minsk",))
    result = replace(marking(23, 28), question=question)

    assert summarise([result])["marked right"].value == 1.0


def test_only_marked_first_quotes_that_are_right_are_counted():
    counted = [marking(23, 28), marking(4, 10)]
    unmarked, wrong = marking(None), marking(30, 32, span=(30, 44))

    share = summarise([*counted, unmarked, wrong])["marked right"]

    assert (share.value, share.of) == (0.5, 2)
    assert "marked right" not in summarise([unmarked, wrong])


def test_marks_of_questions_without_an_answer_are_counted_over_all_of_them():
    invented, refused = replace(marking(23, 28), question=NOBODY), judged(NOBODY)
    unmarked, right = replace(marking(None), question=NOBODY), marking(23, 28)

    shares = summarise([invented, refused, unmarked, refused, right])

    assert shares["marked, though without an answer"].value == 0.25
    assert shares["marked, though without an answer"].of == 4
    assert shares["marked right"].of == 1


def test_marks_below_the_first_quote_of_a_question_without_an_answer_do_not_count():
    first, second = answer((OTHER, 0, 16)).quotes[0], marking(23, 28).answer.quotes[0]
    result = judge(NOBODY, Answer("?", Status.ANSWERED, (first, second)), 5.0)

    assert summarise([result])["marked, though without an answer"].value == 0.0
    assert "marked, though without an answer" not in summarise([marking(23, 28)])


def probable(question: LabelledQuestion, *probabilities: float):
    return [judge(question, replace(answer(), probability=each), 5.0) for each in probabilities]


def test_separation_is_the_auc_and_the_share_refused_at_one_in_twenty_wrongly():
    answered = probable(WHERE, *(0.3 + row / 100 for row in range(21)))

    found = separation([*answered, *probable(NOBODY, 0.1, 0.2, 0.305, 0.405)])

    assert found.auc == pytest.approx((21 + 21 + 20 + 10) / 84)
    assert found.refused == 0.75  # below .31, the lowest twentieth


def test_nothing_is_separated_without_both_kinds():
    assert separation(probable(WHERE, 0.1, 0.2)) is None
    assert separation(probable(NOBODY, 0.1)) is None
    assert separation([]) is None


def test_auc_counts_ties_as_half():
    assert auc([0.5, 0.9], [0.5, 0.1]) == pytest.approx(3.5 / 4)
