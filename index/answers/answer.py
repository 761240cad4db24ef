"""Quotes → an answer, or a refusal with the closest coverage under its own label."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from index.answers.citations import is_verbatim
from index.answers.judging import WINDOWS, JudgedDraft, judge_drafts
from index.answers.quotes import draft_quotes
from index.models import Answer, Filters, Status
from index.reader.base import Reader, Verdict
from index.search.answerability import THRESHOLD, answer_probability, features
from index.search.hybrid import Search, SearchResult
from index.search.question import ParsedQuestion

MAX_QUOTES = 10
RELATED = 3
_AS_GOOD = 0.8  # of the best quote's score: what "latest" may put before it, without a reader
_ABOUT_AS_SURE = 2.0  # logit below the best: the same with a reader
_LIKELY = 4.0  # logit below the first quote's, down to which a second one is shown beside it


@dataclass(frozen=True, slots=True)
class _Drafts:
    """What was found for a question, drafted and judged, best first."""

    found: SearchResult
    judged: list[JudgedDraft]

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of a calibrated reader on the best draft, None without one."""
        return self.judged[0].verdict if self.judged and self.judged[0].is_calibrated else None


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
    `answered`, `not_answered` (with the closest coverage in `related`), or `no_match` if the
    question has no word to search for or no article passes the filters. With a reader, the first
    quotes are only those that are themselves likely to answer; `skip` gives the rest, in order.
    """
    answer = Answer(question.text, Status.NO_MATCH, filters=filters)
    if not question.has_words:
        return answer
    wanted = skip + quotes + 1  # one more than is shown: whether there is more
    drafts = _drafts(search, question, reader, filters, max(MAX_QUOTES, wanted))
    answer = replace(answer, undated=drafts.found.undated)
    if not drafts.judged:
        return answer
    probability = answer_probability(drafts.found.evidence, drafts.verdict)
    answer = replace(answer, probability=probability)
    if probability < threshold:
        # Unmarked: words in bold would look like an answer.
        related = tuple(each.draft.quote() for each in drafts.judged[:RELATED])
        return replace(answer, status=Status.NOT_ANSWERED, related=related)
    ordered = _newest_first(drafts.judged) if question.wants_latest else drafts.judged
    count = quotes if skip else min(quotes, _likely(ordered))
    shown = tuple(each.quote() for each in ordered[skip : skip + count])
    more = len(ordered) > skip + count
    return replace(answer, status=Status.ANSWERED, quotes=shown, more=more)


def answer_features(
    search: Search, question: ParsedQuestion, reader: Reader | None = None
) -> tuple[float, ...]:
    """Return the features that the probability of an answer is computed from."""
    drafts = _drafts(search, question, reader, Filters(), WINDOWS)
    return features(drafts.found.evidence, drafts.verdict)


def _drafts(
    search: Search, question: ParsedQuestion, reader: Reader | None, filters: Filters, count: int
) -> _Drafts:
    found = search.search(question, filters)
    return _Drafts(found, judge_drafts(question.read_as, draft_quotes(found, count), reader))


def _likely(ordered: list[JudgedDraft]) -> int:
    """Return how many of the first drafts to show at once: 1, and those after it that answer too.

    Without a verdict all count as likely.
    """
    likely = 1
    while likely < len(ordered) and _is_near(ordered[likely], ordered[0], _LIKELY):
        likely += 1
    return likely


def _is_near(one: JudgedDraft, best: JudgedDraft, most: float) -> bool:
    """Tell whether its logit is at most so far below the best's; without verdicts it counts as."""
    if not (one.verdict and best.verdict and best.is_calibrated):
        return True
    return one.verdict.logit >= best.verdict.logit - most


def _newest_first(drafts: list[JudgedDraft]) -> list[JudgedDraft]:
    """Put those of the first `MAX_QUOTES` that answer about as well as the best by date."""
    first, rest = drafts[:MAX_QUOTES], drafts[MAX_QUOTES:]
    good = [each for each in first if _is_as_good(each, first[0])]
    others = [each for each in first if each not in good]
    return [*sorted(good, key=_day, reverse=True), *others, *rest]


def _is_as_good(one: JudgedDraft, best: JudgedDraft) -> bool:
    if best.verdict and best.is_calibrated:
        return one.verdict is not None and _is_near(one, best, _ABOUT_AS_SURE)
    return one.draft.best.score >= _AS_GOOD * best.draft.best.score


def _day(judged: JudgedDraft) -> date:
    """Return the day of publication; an unknown one comes before all others."""
    published = judged.draft.article.published
    return published.first if published else date.min


def without_unverifiable_quotes(answer: Answer, texts: Mapping[str, str]) -> Answer:
    """Drop and count the quotes that differ from their span of the text; `texts` is by article id.

    An article that is not in `texts` counts as empty.
    """
    quotes = tuple(quote for quote in answer.quotes if is_verbatim(quote, texts))
    related = tuple(quote for quote in answer.related if is_verbatim(quote, texts))
    dropped = len(answer.quotes) + len(answer.related) - len(quotes) - len(related)
    return replace(answer, quotes=quotes, related=related, dropped=dropped)
