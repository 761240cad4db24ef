"""Drafts of quotes, read: in the order in which they answer, each with the words that do (pure).

A reader judges the drafts that search found best, as they would be quoted. If it cannot judge,
since question or coverage are in another language than it knows, the order of search stands.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.answers.quotes import QuoteDraft
from index.models import Quote, Span
from index.reader.base import Reader, ReaderDescription, Verdict, Window
from index.text.function_words import may_be_in

WINDOWS = 8  # drafts that are read: with 10 or 16, no more of the first quotes answer
# What search adds to the logit: chosen on squad, newsdesk and realtimeqa together.
_RELEVANCE, _PRIOR = 5.0, 20.0
# Span logit from which words count as the answer: of those marked in a right quote, 96 % are right.
_SURE = -0.5
_LONGEST_ANSWER = 0.6  # of the quote: what is longer marks nothing out
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """A draft and what a reader makes of it, None if it was not read.

    `is_calibrated` tells whether the scale of the reader's logits is known.
    """

    draft: QuoteDraft
    verdict: Verdict | None = None
    is_calibrated: bool = False

    def quote(self) -> Quote:
        """Return the quote, with its answer if the reader is sure of it."""
        return self.draft.quote(self._answer())

    @property
    def day(self) -> date:
        """The first day that its date can mean; an unknown one comes before all others."""
        published = self.draft.article.published
        return published.first if published else date.min

    @property
    def value(self) -> float:
        """What judged drafts are put in order by, on the scale of the reader's logits."""
        if self.verdict is None:
            return float("-inf")
        if not self.is_calibrated:
            return self.verdict.logit
        best = self.draft.best
        return self.verdict.logit + _RELEVANCE * best.relevance + _PRIOR * best.prior

    @property
    def calibrated(self) -> Verdict | None:
        """The verdict of a calibrated reader, None without one."""
        return self.verdict if self.is_calibrated else None

    def is_near(self, best: "JudgedDraft", most: float) -> bool:
        """Tell whether its logit is at most so far below the best's.

        If either was not judged, or the reader is not calibrated, it counts as near.
        """
        if self.calibrated is None or best.calibrated is None:
            return True
        return self.calibrated.logit >= best.calibrated.logit - most

    def _answer(self) -> Span | None:
        if self.verdict is None or self.verdict.span is None:
            return None
        is_short = self.verdict.span.length <= _LONGEST_ANSWER * len(self.draft.text)
        return self.verdict.span if is_short and self.verdict.span_logit >= _SURE else None


def judge_drafts(
    question: str, drafts: Sequence[QuoteDraft], reader: Reader | None
) -> list[JudgedDraft]:
    """Return the drafts, best first: the first `WINDOWS` as the reader orders them, then the rest.

    Without a reader, or if it cannot judge them, all stay in their order and are not judged.
    """
    read = drafts[:WINDOWS]
    if reader is None or not read or not can_judge(reader.description, question, read):
        return [JudgedDraft(each) for each in drafts]
    verdicts = reader.read(question, [_window(each) for each in read])
    is_calibrated = reader.description.is_calibrated
    judged = [JudgedDraft(*each, is_calibrated) for each in zip(read, verdicts, strict=True)]
    judged.sort(key=lambda each: each.value, reverse=True)
    return [*judged, *(JudgedDraft(each) for each in drafts[WINDOWS:])]


def _window(draft: QuoteDraft) -> Window:
    headline = "" if draft.article.headline_stands_in else draft.article.headline
    return Window(draft.text, headline)


def can_judge(reader: ReaderDescription, question: str, drafts: Sequence[QuoteDraft]) -> bool:
    """Tell whether the reader knows the language of the question and of most drafts.

    An article whose language is unknown counts as one that it knows. A question in a script other
    than Latin, or with function words of another language, is in a language that it doesn't know.
    """
    if not reader.languages:
        return True
    languages = [each.article.language for each in drafts]
    foreign = sum(one is not None and one not in reader.languages for one in languages)
    knows_drafts = 2 * foreign < len(drafts)
    return knows_drafts and _is_latin(question) and may_be_in(question, reader.languages)


def _is_latin(text: str) -> bool:
    """Tell whether most letters are Latin, as those of all languages of our readers are."""
    letters = _LETTER.findall(text)
    latin = sum(unicodedata.name(each, "").startswith("LATIN") for each in letters)
    return 2 * latin >= len(letters)
