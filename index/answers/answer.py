"""Quotes → an answer, or a refusal with the closest coverage under its own label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from index.answers.citations import is_verbatim
from index.answers.judging import WINDOWS, JudgedDraft, judge_drafts
from index.answers.quotes import draft_quotes
from index.models import Answer, Filters, SentenceNo, Status
from index.reader.base import Reader, Verdict
from index.search.answerability import THRESHOLD, answer_probability, features
from index.search.candidates import ScoredSentence
from index.search.hybrid import Search, SearchResult
from index.search.question import ParsedQuestion
from index.text.bm25 import weighted_coverage
from index.text.terms import split_terms

MAX_QUOTES = 10
RELATED = 3
_ON_TOPIC = 0.5  # least share of the topic's idf around a sentence that names the period
_AS_GOOD = 0.8  # of the best quote's relevance: what "latest" may put before it, without a reader
_ABOUT_AS_SURE = 2.0  # logit below the best: the same with a reader
# A second quote is shown if its logit is at most so far below the best's, and the probability that
# it answers, alone, at least that share of the threshold.
_NEAR_BEST, _SHARE_OF_THRESHOLD = 4.0, 1 / 2


@dataclass(frozen=True, slots=True)
class _Drafts:
    """What was found for a question, drafted and judged, best first.

    `name_period` is None unless the question asks what happened in a period: then it tells whether
    all drafts name that period; if not, none does.
    """

    found: SearchResult
    judged: list[JudgedDraft]
    name_period: bool | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of a calibrated reader on the best draft, None without one."""
        return self.judged[0].calibrated if self.judged else None

    @property
    def probability(self) -> float:
        """That of an answer; 1 or 0 if what happened in a period is asked, as it is named or not.

        A reader looks for what was asked, and mistakes one day for another.
        """
        if self.name_period is not None:
            return float(self.name_period)
        return answer_probability(self.found.evidence, self.verdict)

    def newest_first(self, threshold: float) -> list[JudgedDraft]:
        """Put those of the first `MAX_QUOTES` that answer about as well as the best by date."""
        first, rest = self.judged[:MAX_QUOTES], self.judged[MAX_QUOTES:]
        good = [each for each in first if self._is_as_good(each, threshold)]
        others = [each for each in first if each not in good]
        return [*sorted(good, key=lambda each: each.day, reverse=True), *others, *rest]

    def _is_as_good(self, one: JudgedDraft, threshold: float) -> bool:
        best = self.judged[0]
        if self.verdict is None:
            return one.draft.best.relevance >= _AS_GOOD * best.draft.best.relevance
        return one.is_near(best, _ABOUT_AS_SURE) and self._answers(one, threshold)

    def likely(self, ordered: Sequence[JudgedDraft], threshold: float) -> int:
        """Return how many of the first to show at once: 1, and those after it that answer too.

        Without a reader, or if it is not calibrated, all count as likely.
        """
        if self.verdict is None:
            return len(ordered)
        best, least = self.judged[0], _SHARE_OF_THRESHOLD * threshold

        def is_likely(one: JudgedDraft) -> bool:
            return one.is_near(best, _NEAR_BEST) and self._answers(one, least)

        return 1 + len(list(takewhile(is_likely, ordered[1:])))

    def _answers(self, one: JudgedDraft, threshold: float) -> bool:
        """Tell whether a draft answers by itself; those that name the period asked about do."""
        if self.name_period is True:
            return True
        verdict = one.calibrated
        return verdict is not None and answer_probability(self.found.evidence, verdict) >= threshold


def answer_question(
    search: Search,
    question: ParsedQuestion,
    reader: Reader | None = None,
    quotes: int = 3,
    skip: int = 0,
    threshold: float = THRESHOLD,
    filters: Filters = Filters(),
) -> Answer:
    """Return up to `quotes` quotes (1 to `MAX_QUOTES`) after the first `skip`.

    Below `threshold` (0 to 1) the probability of an answer is too small to show one. The status is
    `answered`, `not_answered` (with the closest coverage in `related`, if any says something), or
    `no_match` if the question has no word to search for or no article passes the filters. With a
    reader, the first quotes are only those that are themselves likely to answer; `skip` gives the
    rest, in order.
    """
    answer = Answer(question.text, Status.NO_MATCH, respelt=question.respelt, filters=filters)
    if not question.has_words:
        return answer
    wanted = skip + quotes + 1  # one more than is shown: whether there is more
    drafts = _drafts(search, question, reader, filters, max(MAX_QUOTES, wanted))
    answer = replace(answer, undated=drafts.found.undated)
    if not drafts.found.sentences:
        return answer
    if not drafts.judged:
        return replace(answer, status=Status.NOT_ANSWERED)
    probability = drafts.probability
    answer = replace(answer, probability=probability)
    if probability < threshold:
        # Unmarked: words in bold would look like an answer.
        related = tuple(each.draft.quote() for each in drafts.judged[:RELATED])
        return replace(answer, status=Status.NOT_ANSWERED, related=related)
    ordered = drafts.newest_first(threshold) if question.wants_latest else drafts.judged
    count = quotes if skip else min(quotes, drafts.likely(ordered, threshold))
    shown = tuple(each.quote() for each in ordered[skip : skip + count])
    more = len(ordered) > skip + count
    return replace(answer, status=Status.ANSWERED, quotes=shown, more=more)


def answer_features(
    search: Search, question: ParsedQuestion, reader: Reader | None = None
) -> tuple[float, ...] | None:
    """Return the features that the probability of an answer is computed from.

    None if nothing was found that could be quoted, or if it is asked what happened or what is new:
    then events decide.
    """
    if not question.has_words or question.timing.events_of is not None:
        return None
    drafts = _drafts(search, question, reader, Filters(), WINDOWS)
    return features(drafts.found.evidence, drafts.verdict) if drafts.judged else None


def _drafts(
    search: Search, question: ParsedQuestion, reader: Reader | None, filters: Filters, count: int
) -> _Drafts:
    found, name_period = search.search(question, filters), None
    if question.timing.asks_what_happened:
        naming = _sentences_of_period(question, found)
        name_period = bool(naming)
        found = replace(found, sentences=naming or found.sentences)
    judged = judge_drafts(question.read_as, draft_quotes(found, count), reader)
    return _Drafts(found, judged, name_period)


def _sentences_of_period(
    question: ParsedQuestion, found: SearchResult
) -> tuple[ScoredSentence, ...]:
    """Return the sentences on the topic that name the period that the question asks the events of.

    They name a day of it, a month or a year within it.
    """
    timing, reading = question.timing, found.reading
    words = set(split_terms(question.read_as)).difference(split_terms(timing.events_of or ""))
    topic = {term: weight for term, weight in question.idf.items() if term not in words}

    def names_it(number: SentenceNo) -> bool:
        is_dated = timing.is_named_by(reading.text(number), reading.article(number).published)
        around = reading.terms_with_headline(number)
        return is_dated and (not topic or weighted_coverage(topic, around) >= _ON_TOPIC)

    return tuple(each for each in found.sentences if names_it(each.sentence.number))


def without_unverifiable_quotes(answer: Answer, texts: Mapping[str, str]) -> Answer:
    """Drop and count the quotes that differ from their span of the text; `texts` is by article id.

    An article that is not in `texts` counts as empty.
    """
    quotes = tuple(quote for quote in answer.quotes if is_verbatim(quote, texts))
    related = tuple(quote for quote in answer.related if is_verbatim(quote, texts))
    dropped = len(answer.quotes) + len(answer.related) - len(quotes) - len(related)
    return replace(answer, quotes=quotes, related=related, dropped=dropped)
