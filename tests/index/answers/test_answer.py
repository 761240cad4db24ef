"""An answer is quotes, or a refusal with the closest coverage: never a guess."""

import math
from dataclasses import replace
from datetime import date

import pytest

from index.answers.answer import (
    RELATED,
    answer_features,
    answer_question,
    without_unverifiable_quotes,
)
from index.answers.citations import quote_span
from index.dates.partial_date import PartialDate
from index.models import Answer, Article, Sentence, Span, Status
from index.reader.base import Verdict
from index.search.answerability import (
    BY_READER,
    THRESHOLD,
    Evidence,
    answer_probability,
    features,
)
from index.search.candidates import Reading, ScoredSentence
from index.search.hybrid import SearchResult
from tests.index.fake_reader import UNCALIBRATED, FakeReader
from tests.index.questions import parsed

NAMES = ["Astana", "Bishkek", "Chisinau", "Dushanbe", "Minsk", "Moscow", "Tashkent", "Yerevan"]
LINES = [f"{name} sold {10 + row} boats." for row, name in enumerate(NAMES)]
STRONG = Evidence(
    cosine=0.8, mean_cosine=0.7, bm25_ratio=1.5, covered_idf=1.0, sentence_cosine=0.8, size=3.0
)
WEAK = Evidence(
    cosine=0.15,
    mean_cosine=0.1,
    bm25_ratio=0.1,
    covered_idf=0.1,
    sentence_cosine=0.1,
    missing_names=0.5,
    size=3.0,
)


class Fake:
    """Finds one sentence in each of eight articles, with this much evidence."""

    def __init__(self, evidence=STRONG, count=8, dates=(None,) * 8, lines=LINES):
        self.asked = []
        self._found = SearchResult(
            (),
            tuple(
                ScoredSentence(row, Sentence(row, Span(0, len(lines[row]))), 1 - row / 10, 0.0)
                for row in range(count)
            ),
            Reading(
                {
                    row: Article(
                        str(row),
                        lines[row],
                        "Headline",
                        published=dates[row] and PartialDate.parse(dates[row]),
                    )
                    for row in range(count)
                },
                {row: [Sentence(row, Span(0, len(lines[row])))] for row in range(count)},
                (),
            ),
            evidence,
        )

    def search(self, question, filters=None):
        self.asked.append(question.text)
        return self._found


@pytest.fixture
def answer():
    article = Article("a", "The bridge opened. The ferry stays.", "Headline")
    quotes = [quote_span(article, span, 0.5) for span in (Span(0, 18), Span(19, 35))]
    return Answer("Q?", Status.ANSWERED, tuple(quotes), tuple(quotes[1:]))


def test_quotes_come_best_first():
    given = answer_question(Fake(), parsed("Which boat left?"))

    assert given.question == "Which boat left?"
    assert given.status is Status.ANSWERED
    assert [quote.text for quote in given.quotes] == LINES[:3]
    assert given.related == ()
    assert given.more


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        (STRONG, Status.ANSWERED),
        (WEAK, Status.NOT_ANSWERED),
        (Evidence(), Status.NOT_ANSWERED),
        (
            replace(WEAK, covered_idf=1.0, missing_names=0.0),
            Status.NOT_ANSWERED,
        ),  # its words, not its sense
    ],
)
def test_weak_evidence_is_refused(evidence, status):
    assert answer_question(Fake(evidence), parsed("Which boat?")).status is status


@pytest.mark.parametrize("evidence", [STRONG, WEAK])
def test_threshold_decides_between_answer_and_refusal(evidence):
    given = answer_question(Fake(evidence), parsed("Which boat?"), threshold=0.0)
    refused = answer_question(Fake(evidence), parsed("Which boat?"), threshold=1.0)

    assert given.status is Status.ANSWERED
    assert [quote.text for quote in given.quotes] == LINES[:3]
    assert refused.status is Status.NOT_ANSWERED
    assert refused.quotes == ()
    assert given.probability == refused.probability == answer_probability(evidence)


def test_refusal_shows_the_closest_coverage_under_its_own_label():
    given = answer_question(Fake(WEAK), parsed("Who won the cup?"), quotes=5)

    assert given.quotes == ()
    assert [quote.text for quote in given.related] == LINES[:RELATED]
    assert not given.more


@pytest.mark.parametrize("question", ["", " \n\t"])
def test_blank_question_matches_nothing_and_is_not_searched(question):
    search = Fake()

    assert answer_question(search, parsed(question)) == Answer(question, Status.NO_MATCH)
    assert search.asked == []


def test_question_without_a_word_matches_nothing():
    assert answer_question(Fake(WEAK), parsed("?! …")).status is Status.NO_MATCH


def test_empty_coverage_matches_nothing():
    assert answer_question(Fake(count=0), parsed("Which boat?")) == Answer(
        "Which boat?", Status.NO_MATCH
    )


def test_coverage_that_only_asks_does_not_answer():
    quizzes = [f"Which boat of {name} left?" for name in NAMES]

    given = answer_question(Fake(lines=quizzes), parsed("Which boat left?"))

    assert given == Answer("Which boat left?", Status.NOT_ANSWERED)


def test_pages_follow_on_each_other():
    pages = [answer_question(Fake(), parsed("Which boat?"), skip=skip) for skip in (0, 3, 6, 9)]

    shown = [[quote.text for quote in page.quotes] for page in pages]
    assert shown == [LINES[:3], LINES[3:6], LINES[6:], []]
    assert [page.more for page in pages] == [True, True, False, False]


@pytest.mark.parametrize(("count", "more"), [(7, True), (8, False), (10, False)])
def test_more_is_told_only_where_there_is_more(count, more):
    assert answer_question(Fake(), parsed("Which boat?"), quotes=count).more is more


def test_question_is_searched_as_it_was_asked():
    search = Fake()
    answer_question(search, parsed("  Which “boat”?\n"))

    assert search.asked == ["  Which “boat”?\n"]


def test_verbatim_quotes_are_kept(answer):
    assert (
        without_unverifiable_quotes(answer, {"a": "The bridge opened. The ferry stays."}) == answer
    )


@pytest.mark.parametrize(
    "stored",
    [
        "The bridge opened. The ferry  stays.",
        "The bridge opened. The ferry stays",
        "The bridge opened. The ferry stayx.",
        " The bridge opened. The ferry stays.",
        "",
    ],
)
def test_quote_that_is_not_in_the_stored_text_is_dropped(answer, stored):
    kept = without_unverifiable_quotes(answer, {"a": stored})

    opened_still = stored.startswith("The bridge opened.")
    assert kept.quotes == (answer.quotes[:1] if opened_still else ())
    assert kept.related == ()
    assert kept.dropped == 3 - opened_still
    assert (kept.question, kept.status) == ("Q?", Status.ANSWERED)


def test_quote_altered_on_its_way_is_dropped(answer):
    altered = replace(answer.quotes[0], text="The bridge opened!")

    kept = without_unverifiable_quotes(
        replace(answer, quotes=(altered, answer.quotes[1])),
        {"a": "The bridge opened. The ferry stays."},
    )

    assert kept.quotes == answer.quotes[1:]


def test_quote_moved_by_one_character_is_dropped(answer):
    moved = replace(answer.quotes[0], span=Span(1, 19))

    kept = without_unverifiable_quotes(
        replace(answer, quotes=(moved,)), {"a": "The bridge opened. The ferry stays."}
    )

    assert kept.quotes == ()


def test_quote_of_an_unknown_article_is_dropped(answer):
    assert (
        without_unverifiable_quotes(answer, {"b": "The bridge opened. The ferry stays."}).quotes
        == ()
    )


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("What is the latest on the boats?", [2, 1, 0]),
        ("Which boats were sold?", [0, 1, 2]),
    ],
)
def test_newest_comes_first_where_it_is_asked_for_and_answers_about_as_well(question, rows):
    # Relevance falls by 0.1: the fourth is newer than all, but answers less than 0.8 times as well.
    dates = ["2021-05-01", "2022-05", "2022-11-23T10:00:00+00:00", "2024-01-01", *[None] * 4]

    given = answer_question(Fake(dates=dates), parsed(question))

    assert [quote.text for quote in given.quotes] == [LINES[row] for row in rows]


def test_date_without_a_year_is_never_the_newest():
    dates = ["2021-05-01", "--12-31", *[None] * 6]

    given = answer_question(Fake(dates=dates), parsed("latest?"), quotes=2)

    assert [quote.text for quote in given.quotes] == LINES[:2]


def verdicts(*logits, span_logit=5.0):
    """A verdict on each line, the last one on all that follow; the name in it is the answer."""
    every = [*logits, *[logits[-1]] * (len(LINES) - len(logits))]
    return {
        line: Verdict(logit, Span(0, line.index(" ")), span_logit)
        for line, logit in zip(LINES, every, strict=True)
    }


def logit_of(probability):
    """The logit that gives an answer this probability, over strong evidence."""
    weight, other = BY_READER.coefficients
    _, known = features(STRONG, Verdict(0.0))
    odds = math.log(probability / (1 - probability))
    return (odds - BY_READER.intercept - other * known) / weight


def shown(answer):
    return [quote.text for quote in answer.quotes]


class TestWithReader:
    def test_quotes_are_in_its_order_with_the_answer_marked(self):
        reader = FakeReader(verdicts(3.0, 6.0, 4.5, 0.0))

        given = answer_question(Fake(), parsed("Who sold boats?"), reader)

        assert given.status is Status.ANSWERED
        assert shown(given) == [LINES[1], LINES[2], LINES[0]]
        assert [quote.answer_text for quote in given.quotes] == ["Bishkek", "Chisinau", "Astana"]

    def test_refusal_is_by_the_verdict_on_its_first_draft(self):
        doubting, sure = FakeReader(verdicts(-6.0)), FakeReader(verdicts(-6.0, 5.0, -6.0))

        refused = answer_question(Fake(STRONG), parsed("Who sold boats?"), doubting)
        given = answer_question(Fake(STRONG), parsed("Who sold boats?"), sure)

        first = verdicts(-6.0, 5.0)[LINES[1]]
        assert (refused.status, given.status) == (Status.NOT_ANSWERED, Status.ANSWERED)
        assert refused.quotes == ()
        assert refused.probability < THRESHOLD < given.probability
        assert given.probability == answer_probability(STRONG, first)

    def test_closest_coverage_of_a_refusal_is_in_its_order_and_marks_no_answer(self):
        reader = FakeReader(verdicts(-9.0, -5.0, -7.0, -9.5))

        refused = answer_question(Fake(STRONG), parsed("Who sold boats?"), reader)

        assert [quote.text for quote in refused.related] == [LINES[1], LINES[2], LINES[0]]
        assert [quote.answer for quote in refused.related] == [None] * 3

    @pytest.mark.parametrize(("second", "count"), [(2.0, 2), (1.9, 1)])
    def test_second_quote_is_shown_only_if_it_is_about_as_likely(self, second, count):
        reader = FakeReader(verdicts(6.0, second, -5.0))

        given = answer_question(Fake(STRONG), parsed("Who sold boats?"), reader)

        assert shown(given) == LINES[:count]
        assert given.more

    @pytest.mark.parametrize(("threshold", "count"), [(0.4, 3), (0.46, 2), (0.49, 1)])
    def test_second_quote_is_shown_only_if_it_is_itself_likely_to_answer(self, threshold, count):
        # Each has to reach half of the threshold.
        logits = [logit_of(each) for each in (0.5, 0.24, 0.22, 0.01)]
        reader = FakeReader(verdicts(*logits))

        given = answer_question(Fake(STRONG), parsed("Who sold?"), reader, threshold=threshold)

        assert shown(given) == LINES[:count]

    def test_unlikely_quotes_follow_when_more_are_asked_for(self):
        reader = FakeReader(verdicts(6.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0))
        question = parsed("Who sold boats?")

        pages = [answer_question(Fake(), question, reader, 3, skip) for skip in (0, 1, 4, 7)]

        assert [shown(each) for each in pages] == [LINES[:1], LINES[1:4], LINES[4:7], LINES[7:]]
        assert [each.more for each in pages] == [True, True, True, False]

    @pytest.mark.parametrize(
        ("question", "rows"),
        [("What is the latest on the boats?", [2, 1, 0]), ("Which boats?", [0, 1, 2])],
    )
    def test_newest_comes_first_among_those_about_as_likely(self, question, rows):
        # The fourth is the newest of all, but its logit is more than 2 below that of the first.
        dates = ["2021-05-01", "2022-05", "2022-11-23", "2024-01-01", *[None] * 4]
        reader = FakeReader(verdicts(6.0, 5.0, 4.5, 3.5, -5.0))

        given = answer_question(Fake(dates=dates), parsed(question), reader)

        assert shown(given) == [LINES[row] for row in rows]

    def test_newest_does_not_come_first_if_it_is_not_likely_to_answer_itself(self):
        dates = ["2021-05-01", "2022-05", *[None] * 6]
        given = [
            answer_question(
                Fake(dates=dates), parsed("latest boat?"), FakeReader(verdicts(*logits, -9.0)), 2
            )
            for logits in ((-3.0, -4.7), (-2.0, -3.7))
        ]

        assert [shown(each) for each in given] == [LINES[:2], LINES[1::-1]]

    def test_reader_whose_scale_is_unknown_neither_refuses_nor_leaves_out(self):
        reader = FakeReader(verdicts(-9.0, -1.0, -5.0, -9.0), UNCALIBRATED)

        given = answer_question(Fake(STRONG), parsed("Who sold boats?"), reader)

        assert shown(given) == [LINES[1], LINES[2], LINES[0]]
        assert given.probability == answer_probability(STRONG)

    def test_question_that_it_cannot_judge_is_answered_as_without_it(self):
        reader = FakeReader({})

        given = answer_question(Fake(STRONG), parsed("Кто продал лодки?"), reader)

        assert given == answer_question(Fake(STRONG), parsed("Кто продал лодки?"))
        assert reader.asked == []

    def test_features_are_its_verdict_and_what_the_search_says(self):
        reader = FakeReader(verdicts(1.0, 3.0, 0.0))
        question = parsed("Who sold boats?")

        assert answer_features(Fake(STRONG), question, reader) == features(STRONG, Verdict(3.0))
        assert answer_features(Fake(STRONG), question) == features(STRONG)

    @pytest.mark.parametrize("question", ["?!", "What happened in May 2021?", "What is new?"])
    def test_question_that_no_probability_decides_has_no_features(self, question):
        assert answer_features(Fake(STRONG), parsed(question, asked_on=date(2022, 1, 1))) is None

    def test_nothing_found_has_no_features(self):
        assert answer_features(Fake(STRONG, count=0), parsed("Who sold boats?")) is None
