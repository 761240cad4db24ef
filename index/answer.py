"""Quotes → an answer, or a refusal with the closest coverage under its own label."""

from dataclasses import replace

from index.models import Answer, Quote, Status
from index.quotes import select_quotes
from index.refusal import THRESHOLD, answer_probability
from index.search import Search

MAX_QUOTES = 10
RELATED = 3


def answer_question(
    search: Search, question: str, quotes: int = 3, skip: int = 0, threshold: float = THRESHOLD
) -> Answer:
    """Return up to `quotes` quotes (1 to `MAX_QUOTES`) behind the first `skip`.

    Below `threshold` (0 to 1) the probability of an answer is too small to show one. The status is
    `answered`, `not_answered` (with the closest coverage in `related`), or
    `no_match` where the question has no word to look for or the coverage is empty.
    """
    if not any(map(str.isalnum, question)):
        return Answer(question, Status.NO_MATCH)
    found = search.search(question)
    if not found.sentences:
        return Answer(question, Status.NO_MATCH)
    probability = answer_probability(found.evidence)
    if probability < threshold:
        related = tuple(select_quotes(found, RELATED))
        return Answer(question, Status.NOT_ANSWERED, related=related, probability=probability)
    selected = select_quotes(found, skip + quotes + 1)
    shown = tuple(selected[skip : skip + quotes])
    more = len(selected) > skip + quotes
    return Answer(question, Status.ANSWERED, shown, more=more, probability=probability)


def drop_altered(answer: Answer, texts: dict[str, str]) -> Answer:
    """Drop every quote that is not the span of the stored text; `texts` is by article id."""

    def is_verbatim(quote: Quote) -> bool:
        return texts.get(quote.article_id, "")[quote.span.start : quote.span.end] == quote.text

    return replace(
        answer,
        quotes=tuple(filter(is_verbatim, answer.quotes)),
        related=tuple(filter(is_verbatim, answer.related)),
    )
