"""A question about what happened in a period, or what is new → an answer made of events.

No sentence answers such a question as it answers who or when, so a reader refuses nothing here. If
there is a topic, it says which of the events answer best; what matters of everything that happened
it does not know.
"""

from dataclasses import replace
from datetime import date, timedelta

from index.answers.judging import JudgedDraft, judge_drafts
from index.answers.quotes import QuoteDraft
from index.dates.period import Period
from index.models import Answer, Filters, Status
from index.reader.base import Reader
from index.search.question import ParsedQuestion
from index.timelines.builder import MAX_EVENTS, TopicSearch

_NEWEST = timedelta(days=7)  # before the newest article: what is new if no topic is given
# Importance from which on an event of a topic may come first, being the newest; with a reader, no
# further below the best on its scale than this.
_AS_GOOD, _ABOUT_AS_LIKELY = 0.6, 3.0


def answer_with_events(
    topics: TopicSearch,
    question: ParsedQuestion,
    topic: ParsedQuestion | None,
    reader: Reader | None,
    quotes: int,
    skip: int,
    threshold: float,
    filters: Filters,
) -> Answer | None:
    """Return the events after the first `skip`, the most important first; None if there are none.

    `topic` is None if the question asks about anything; without a period it then asks about the
    newest week of the coverage. The answer's filters name the period. If the question asks for the
    latest, the newest of the most important events come first.
    """
    named = question.timing.named
    period = named if named or topic else _newest_week(topics, question)
    within = narrow_filters(filters, period) if period else filters
    if within is None:
        return None
    drafts = topics.event_drafts(topic, question.scales, threshold, within)
    if not drafts:
        return None
    is_latest = question.wants_latest or named is None
    if topic is None:
        ordered = _unread(drafts, is_latest=is_latest)
    elif is_latest:
        ordered = _newest_first(question, drafts, reader)
    else:
        ordered = judge_drafts(question.read_as, drafts, reader)
    return Answer(
        question.text,
        Status.ANSWERED,
        quotes=tuple(each.quote() for each in ordered[skip : skip + quotes]),
        more=len(ordered) > skip + quotes,
        probability=1.0,
        filters=within if named else filters,
        undated=topics.undated(within) if within.by_date else 0,
    )


def _newest_week(topics: TopicSearch, question: ParsedQuestion) -> Period | None:
    """Return the week up to the newest article that is not of days to come, None without one."""
    asked_on = question.timing.asked_on
    until = asked_on + timedelta(days=1) if asked_on else date.max  # it may be tomorrow elsewhere
    newest = topics.newest(until)
    return Period(newest - _NEWEST, until) if newest else None


def _unread(drafts: list[QuoteDraft], *, is_latest: bool) -> list[JudgedDraft]:
    """Return the events without a reader, the newest of the most important first if `is_latest`."""
    judged = [JudgedDraft(each) for each in drafts]
    if is_latest:
        judged[:MAX_EVENTS] = _by_day(judged[:MAX_EVENTS])
    return judged


def _newest_first(
    question: ParsedQuestion, drafts: list[QuoteDraft], reader: Reader | None
) -> list[JudgedDraft]:
    """Put the newest of the important events first; with a reader, of those that answer well."""
    important = _by_day([JudgedDraft(each) for each in drafts if each.best.relevance >= _AS_GOOD])
    others = [each for each in drafts if each.best.relevance < _AS_GOOD]
    ordered = [*(each.draft for each in important), *others]
    judged = judge_drafts(question.read_as, ordered, reader)
    best = judged[0]
    if best.calibrated is None:
        return [JudgedDraft(each) for each in ordered]
    near = [
        each
        for each in judged
        if each.draft.best.relevance >= _AS_GOOD and each.value >= best.value - _ABOUT_AS_LIKELY
    ]
    return [*_by_day(near), *(each for each in judged if each not in near)]


def _by_day(judged: list[JudgedDraft]) -> list[JudgedDraft]:
    return sorted(judged, key=lambda each: each.day, reverse=True)


def narrow_filters(filters: Filters, period: Period) -> Filters | None:
    """Return the filters that allow only this period too, None if they then allow no day."""
    since = max(filters.since or date.min, period.since)
    until = min(filters.until or date.max, period.until)
    if since > until:
        return None
    return replace(
        filters,
        since=None if since == date.min else since,
        until=None if until == date.max else until,
    )
