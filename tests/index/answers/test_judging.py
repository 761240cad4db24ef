"""A reader puts drafts in order and marks what answers; where it cannot judge, search decides."""

import pytest

from index.answers.judging import WINDOWS, can_judge, judge_drafts
from index.answers.quotes import Copy, QuoteDraft
from index.dates.partial_date import PartialDate
from index.models import Article, Sentence, Span
from index.reader.base import Verdict, Window
from index.search.candidates import ScoredSentence
from tests.index.fake_reader import ENGLISH, UNCALIBRATED, FakeReader

QUESTION = "Who opened the bridge?"


def draft(text, relevance=0.5, prior=0.0, *, language="en", **fields):
    article = Article(text, text, "Headline", language=language, **fields)
    sentence = Sentence(0, Span(0, len(text)))
    return QuoteDraft(article, [sentence], ScoredSentence(0, sentence, relevance, prior))


def logits(**by_text):
    return {text: Verdict(logit) for text, logit in by_text.items()}


def order(judged):
    return [each.draft.text for each in judged]


def test_surer_the_reader_the_earlier_the_draft():
    drafts = [draft("a"), draft("b"), draft("c")]

    judged = judge_drafts(QUESTION, drafts, FakeReader(logits(a=-3.0, b=4.0, c=0.5)))

    assert order(judged) == ["b", "c", "a"]
    assert [each.verdict.logit for each in judged] == [4.0, 0.5, -3.0]


def test_relevance_and_prior_of_the_search_decide_between_like_verdicts():
    drafts = [draft("a", 0.5), draft("b", 0.7), draft("c", 0.5, prior=0.1), draft("d", 0.6)]

    judged = judge_drafts(QUESTION, drafts, FakeReader(logits(a=1.0, b=1.0, c=1.0, d=3.0)))

    assert order(judged) == ["d", "c", "b", "a"]


def test_drafts_with_the_same_value_stay_in_the_order_of_the_search():
    names = list("badc")
    reader = FakeReader(dict.fromkeys(names, Verdict(1.0)))

    judged = judge_drafts(QUESTION, [draft(each) for each in names], reader)

    assert order(judged) == names


def test_reader_whose_scale_is_unknown_orders_by_its_logits_alone():
    drafts = [draft("a", 1.0, prior=0.4), draft("b", 0.0)]

    judged = judge_drafts(QUESTION, drafts, FakeReader(logits(a=0.01, b=0.02), UNCALIBRATED))

    assert order(judged) == ["b", "a"]
    assert not any(each.is_calibrated for each in judged)


def test_only_the_first_drafts_are_read_and_the_rest_follow():
    drafts = [draft(f"t{row:02}") for row in range(WINDOWS + 3)]
    reader = FakeReader({each.text: Verdict(float(row)) for row, each in enumerate(drafts)})

    judged = judge_drafts(QUESTION, drafts, reader)

    names = [each.text for each in drafts]
    assert order(judged) == [*names[:WINDOWS][::-1], *names[WINDOWS:]]
    assert [each.verdict is None for each in judged] == [False] * WINDOWS + [True] * 3
    ((question, windows),) = reader.asked
    assert (question, [each.text for each in windows]) == (QUESTION, names[:WINDOWS])


def test_headline_is_shown_to_the_reader_unless_it_stands_in():
    reader = FakeReader(logits(a=1.0, b=1.0))

    judge_drafts(QUESTION, [draft("a"), draft("b", headline_stands_in=True)], reader)

    assert reader.asked[0][1] == [Window("a", "Headline"), Window("b", "")]


@pytest.mark.parametrize("reader", [None, FakeReader({})])
def test_nothing_to_read_or_nobody_to_read_it(reader):
    drafts = [] if reader else [draft("b"), draft("a")]

    judged = judge_drafts(QUESTION, drafts, reader)

    assert order(judged) == [each.text for each in drafts]
    assert all(each.verdict is None and each.quote().answer is None for each in judged)
    assert reader is None or reader.asked == []


@pytest.mark.parametrize(
    ("question", "languages", "judges"),
    [
        ("Who opened it?", ["en", "en"], True),
        ("Who opened it?", ["en", "ru"], False),
        ("Who opened it?", ["en", "en", "ru"], True),
        ("Who opened it?", ["de", "ru", "en"], False),
        ("Who opened it?", [None, None], True),
        ("Who opened it?", [None, None, "ru"], True),
        ("Кто открыл мост?", ["en", "en"], False),
        ("Кто открыл the bridge?", ["en"], True),
        ("誰が橋を開いたか", ["en"], False),
        ("1987?", ["en"], True),
        ("¿Quién abrió el puente?", ["es", "es"], False),
        ("Wer hat die Brücke eröffnet?", ["de", "de"], False),
        ("¿Quién abrió el puente?", ["en", "en"], False),
        ("Wann wurde die Brücke eröffnet?", ["en", "en"], False),
        ("Qui a ouvert le pont et quand ?", [None], False),
        ("Who directed “Wer hat die Brücke gebaut”?", ["en"], True),
        ("Los Angeles fires", ["en"], True),
    ],
)
def test_reader_judges_only_what_it_knows(question, languages, judges):
    drafts = [draft(f"t{row}", language=each) for row, each in enumerate(languages)]
    reader = FakeReader({each.text: Verdict(float(row)) for row, each in enumerate(drafts)})

    judged = judge_drafts(question, drafts, reader)

    assert can_judge(ENGLISH, question, drafts) is judges
    assert all((each.verdict is not None) is judges for each in judged)
    assert order(judged) == [each.text for each in (drafts[::-1] if judges else drafts)]


def test_reader_of_any_language_judges_all():
    assert can_judge(UNCALIBRATED, "Кто открыл мост?", [draft("Мост открыт.", language="ru")])


TEXT = "On Monday Mayor Ines Falk opened the bridge."


@pytest.mark.parametrize(
    ("verdict", "marked"),
    [
        (Verdict(3.0, Span(10, 25), 4.0), "Mayor Ines Falk"),
        (Verdict(3.0, Span(10, 25), -0.5), "Mayor Ines Falk"),
        (Verdict(3.0, Span(10, 25), -0.6), None),  # not sure
        (Verdict(3.0, Span(0, 35), 9.0), None),  # marks nothing out
        (Verdict(3.0), None),
    ],
)
def test_answer_is_marked_if_the_reader_is_sure_of_a_part_of_the_quote(verdict, marked):
    (judged,) = judge_drafts(QUESTION, [draft(TEXT)], FakeReader({TEXT: verdict}))

    quote = judged.quote()
    assert (quote.text, quote.answer_text) == (TEXT, marked)
    if marked:
        assert TEXT[quote.answer.start : quote.answer.end] == marked


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("A €40bn plan cost 40 jobs.", 3, "40"),
        ("The 12th man came on after 12 minutes.", 4, "12"),
        ("The 5G network starts in 5 towns.", 4, "5"),
    ],
)
def test_answer_is_marked_where_it_was_read_even_inside_a_word(text, start, words):
    span = Span(start, start + len(words))
    reader = FakeReader({text: Verdict(3.0, span, 4.0)})

    (judged,) = judge_drafts(QUESTION, [draft(text)], reader)

    assert judged.quote().answer == span


def test_answer_is_marked_in_the_earlier_copy_that_is_cited_instead():
    shown = draft(TEXT, published=PartialDate.parse("2024-04-03"))
    copy = draft(f"Rain fell. {TEXT}", published=PartialDate.parse("2024-04-02"))
    shown.copies.append(Copy(copy.article, Span(11, len(copy.article.text))))
    verdict = Verdict(3.0, Span(10, 25), 4.0)

    (judged,) = judge_drafts(QUESTION, [shown], FakeReader({TEXT: verdict}))

    quote = judged.quote()
    assert quote.article_id == copy.article.id
    assert (quote.answer, quote.answer_text) == (Span(21, 36), "Mayor Ines Falk")
