"""Quotes → an answer, or a refusal with the closest coverage under its own label."""

from dataclasses import replace

from index.models import Answer, Quote, Status
from index.quotes import select_quotes
from index.search import Evidence, Search

MAX_QUOTES = 10
RELATED = 3

# First, simple rule: a passage close in meaning, or most of the question's words in the best
# passages and not far in meaning. Of 500 squad questions put to squad it refuses 3.6 %, of the 128
# questions of realtimeqa put to squad 94.5 %.
_CLOSE, _NEAR, _HELD = 0.55, 0.3, 0.5


def answer_question(search: Search, question: str, quotes: int = 3, skip: int = 0) -> Answer:
    """Return up to `quotes` quotes (1 to `MAX_QUOTES`) behind the first `skip`.

    The status is `answered`, `not_answered` (with the closest coverage in `related`), or
    `no_match` where the question has no word to look for or the coverage is empty.
    """
    if not question.strip():
        return Answer(question, Status.NO_MATCH)
    found = search.search(question)
    if not found.sentences:
        return Answer(question, Status.NO_MATCH)
    if not _answers(found.evidence):
        return Answer(question, Status.NOT_ANSWERED, related=tuple(select_quotes(found, RELATED)))
    selected = select_quotes(found, skip + quotes + 1)
    shown = tuple(selected[skip : skip + quotes])
    return Answer(question, Status.ANSWERED, shown, more=len(selected) > skip + quotes)


def drop_altered(answer: Answer, texts: dict[str, str]) -> Answer:
    """Drop every quote that is not the span of the stored text; `texts` is by article id."""

    def is_verbatim(quote: Quote) -> bool:
        return texts.get(quote.article_id, "")[quote.span.start : quote.span.end] == quote.text

    return replace(
        answer,
        quotes=tuple(filter(is_verbatim, answer.quotes)),
        related=tuple(filter(is_verbatim, answer.related)),
    )


def _answers(evidence: Evidence) -> bool:
    is_close = evidence.cosine >= _CLOSE
    return is_close or (evidence.cosine >= _NEAR and evidence.coverage >= _HELD)
