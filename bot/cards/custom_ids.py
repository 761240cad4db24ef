"""The `custom_id` of each button (pure): all it needs to be answered after a restart.

Discord allows 100 characters. A quote is identified by the key of its article, a prefix of the
text's hash, its span and that of its answer: valid as long as that very text is in the coverage.
"""

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from index.models import Quote, Span

_HASH_DIGITS = 12
_QUOTE = (
    r"(?P<key>[0-9a-f]{16}):(?P<hash>[0-9a-f]{12}):(?P<start>\d+):(?P<end>\d+)"
    r"(?::(?P<from>\d{1,4}):(?P<to>\d{1,4}))?"
)


class PlainId:
    """The id of a button that needs nothing but the card."""

    template: ClassVar[str]

    @property
    def custom_id(self) -> str:
        """The id in Discord's form."""
        return self.template


@dataclass(frozen=True, slots=True)
class QuoteId:
    """The id of a button that belongs to a quote; `answer` are characters of the quote's text."""

    article_key: str
    text_hash: str
    span: Span
    answer: Span | None = None

    kind: ClassVar[str]

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """Return the id for a quote."""
        text_hash = quote.text_hash[:_HASH_DIGITS]
        return cls(quote.article_key, text_hash, quote.span, quote.answer_in_text)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Return the id that a click sent back."""
        span = Span(int(match["start"]), int(match["end"]))
        answer = Span(int(match["from"]), int(match["to"])) if match["to"] else None
        return cls(match["key"], match["hash"], span, answer)

    @property
    def custom_id(self) -> str:
        """The id in Discord's form."""
        fields = [self.kind, self.article_key, self.text_hash, *self.span, *(self.answer or ())]
        return ":".join(map(str, fields))

    def is_of(self, quote: Quote) -> bool:
        """Tell whether the article of this quote still has the text that was quoted."""
        return quote.text_hash.startswith(self.text_hash)

    def mark_answer(self, quote: Quote) -> Quote:
        """Return the quote that the id `is_of` with the answer that was marked in it, if any."""
        if self.answer is None:
            return quote
        start, end = self.answer
        return replace(quote, answer=Span(quote.span.start + start, quote.span.start + end))


@dataclass(frozen=True, slots=True)
class ContextId(QuoteId):
    """*Context*: show this quote inside its paragraph."""

    kind: ClassVar[str] = "context"
    template: ClassVar[str] = f"context:{_QUOTE}"


class CheckId(PlainId):
    """*Check again*: what became of the quotes of the card."""

    template: ClassVar[str] = "check"


@dataclass(frozen=True, slots=True)
class CiteId(QuoteId):
    """*Copy citation*: show this quote with its citation, to be copied."""

    kind: ClassVar[str] = "cite"
    template: ClassVar[str] = f"cite:{_QUOTE}"


@dataclass(frozen=True, slots=True)
class VoteId:
    """👍 or 👎: store the reader's vote on this card."""

    is_good: bool

    template: ClassVar[str] = r"vote:(?P<vote>good|bad)"

    @property
    def custom_id(self) -> str:
        """The id in Discord's form."""
        return f"vote:{'good' if self.is_good else 'bad'}"


class ShareId(PlainId):
    """*Share*: post this private card for everyone; everything is on the card itself."""

    template: ClassVar[str] = "share"


@dataclass(frozen=True, slots=True)
class DismissId:
    """*Dismiss*: delete the card, for the one who asked or who may manage messages."""

    asker: int

    template: ClassVar[str] = r"dismiss:(?P<asker>\d{1,20})"

    @property
    def custom_id(self) -> str:
        """The id in Discord's form."""
        return f"dismiss:{self.asker}"


class WatchId(PlainId):
    """🔔: tell the reader once the coverage answers; the question is on the card itself."""

    template: ClassVar[str] = "watch"


@dataclass(frozen=True, slots=True)
class OwnWatchId:
    """The id of a button that belongs to a watch, which only its member may use."""

    watch_id: int

    kind: ClassVar[str]

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Return the id that a click sent back."""
        return cls(int(match["watch"]))

    @property
    def custom_id(self) -> str:
        """The id in Discord's form."""
        return f"{self.kind}:{self.watch_id}"


@dataclass(frozen=True, slots=True)
class UnwatchId(OwnWatchId):
    """*Stop*: watch this question no longer."""

    kind: ClassVar[str] = "unwatch"
    template: ClassVar[str] = r"unwatch:(?P<watch>\d{1,18})"


@dataclass(frozen=True, slots=True)
class WatchHereId(OwnWatchId):
    """*Tell me in this channel* instead of privately."""

    kind: ClassVar[str] = "watch-here"
    template: ClassVar[str] = r"watch-here:(?P<watch>\d{1,18})"


@dataclass(frozen=True, slots=True)
class ShowWatchId(OwnWatchId):
    """*Show the answer* that could not be delivered."""

    kind: ClassVar[str] = "show-watch"
    template: ClassVar[str] = r"show-watch:(?P<watch>\d{1,18})"
