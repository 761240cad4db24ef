"""Quotes → an answer, or a refusal with the closest coverage under its own label."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from index.answers.citations import is_verbatim
from index.answers.quotes import select_quotes
from index.models import Answer, Filters, Quote, Status
from index.search.answerability import THRESHOLD, answer_probability
from index.search.hybrid import Search
from index.search.question import ParsedQuestion

MAX_QUOTES = 10
RELATED = 3
_AS_GOOD = 0.8  # of the best quote's score: what "latest" may put before it


def answer_question(
    search: Search,
    question: ParsedQuestion,
    quotes: int = 3,
    skip: int = 0,
    threshold: float = THRESHOLD,
    filters: Filters = Filters(),
) -> Answer:
    """Return up to `quotes` quotes (1 to `MAX_QUOTES`) after the first `skip`.

    Below `threshold` (0 to 1) the probability of an answer is too small to show one. The status is
    `answered`, `not_answered` (with the closest coverage in `related`), or `no_match` if the
    question has no word to search for or no article passes the filters.
    """
    answer = Answer(question.text, Status.NO_MATCH, filters=filters)
    if not question.has_words:
        return answer
    found = search.search(question, filters)
    answer = replace(answer, undated=found.undated)
    if not found.sentences:
        return answer
    probability = answer_probability(found.evidence)
    answer = replace(answer, probability=probability)
    if probability < threshold:
        related = tuple(select_quotes(found, RELATED))
        return replace(answer, status=Status.NOT_ANSWERED, related=related)
    wanted = skip + quotes + 1  # one more than is shown: whether there is more
    if question.wants_latest:
        selected = _newest_first(select_quotes(found, max(MAX_QUOTES, wanted)))
    else:
        selected = select_quotes(found, wanted)
    shown = tuple(selected[skip : skip + quotes])
    more = len(selected) > skip + quotes
    return replace(answer, status=Status.ANSWERED, quotes=shown, more=more)


def _newest_first(quotes: list[Quote]) -> list[Quote]:
    """Put those of the first `MAX_QUOTES` that answer about as well as the best by date."""
    first, rest = quotes[:MAX_QUOTES], quotes[MAX_QUOTES:]
    good = [each for each in first if each.score >= _AS_GOOD * first[0].score]
    others = [each for each in first if each not in good]
    return [*sorted(good, key=_day, reverse=True), *others, *rest]


def _day(quote: Quote) -> date:
    """Return the day of publication; an unknown one comes before all others."""
    published = quote.citation.published
    return published.first if published else date.min


def without_unverifiable_quotes(answer: Answer, texts: Mapping[str, str]) -> Answer:
    """Drop and count the quotes that differ from their span of the text; `texts` is by article id.

    An article that is not in `texts` counts as empty.
    """
    quotes = tuple(quote for quote in answer.quotes if is_verbatim(quote, texts))
    related = tuple(quote for quote in answer.related if is_verbatim(quote, texts))
    dropped = len(answer.quotes) + len(answer.related) - len(quotes) - len(related)
    return replace(answer, quotes=quotes, related=related, dropped=dropped)
