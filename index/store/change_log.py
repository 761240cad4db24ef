"""What the builds of the last 90 days added, changed and removed, wherever a coverage is stored.

Of a text that changed, the log holds the sha256 and where the sentences stood that are gone; the
text itself only if the build was asked to keep versions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from index.models import Span

KEPT_DAYS = 90


class ChangeKind(StrEnum):
    """What a build did to an article."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """What a build did to an article; `headline`, `outlet` and `url` are those before it.

    `fields` names what changed, such as "text" and "headline". `text_hash` is that of the text
    before, and `lost` are the spans of its sentences that the new text does not contain. `text` is
    the whole text before, if it was kept.
    """

    kind: ChangeKind
    key: str
    id: str
    headline: str
    outlet: str | None = None
    url: str | None = None
    fields: tuple[str, ...] = ()
    text_hash: str | None = None
    lost: tuple[Span, ...] = ()
    text: str | None = None

    @property
    def has_new_text(self) -> bool:
        """Whether the text before is no longer there."""
        return self.kind is ChangeKind.REMOVED or "text" in self.fields

    @property
    def is_news(self) -> bool:
        """Whether a question may have an answer that it had not before."""
        is_rewritten = bool({"text", "headline"} & {*self.fields})
        return self.kind is ChangeKind.ADDED or (self.kind is ChangeKind.CHANGED and is_rewritten)


class DatedChange(NamedTuple):
    """A change and the moment of its build, in UTC."""

    change: Change
    built_at: datetime


def removed_at(logged: Sequence[DatedChange]) -> datetime | None:
    """Return when an article went, of all that happened to it, the latest first."""
    return next((each.built_at for each in logged if each.change.kind is ChangeKind.REMOVED), None)


def lost_at(logged: Sequence[DatedChange], text_hash: str, span: Span) -> datetime | None:
    """Return when an article lost the words of a span, None if that is not certain.

    `logged` is all that happened to it, the latest first, and `text_hash` the first digits of the
    sha256 of the text that the span is of. If the text that followed still had the sentences, and
    was itself changed more than once, nobody can tell which of these changes it was.
    """
    rewritten = [each for each in logged if each.change.has_new_text]
    for place, (change, built_at) in enumerate(rewritten):
        if (change.text_hash or "").startswith(text_hash):
            is_here = place == 0 or any(_overlap(span, each) for each in change.lost)
            return built_at if is_here else rewritten[0].built_at if place == 1 else None
    return None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


class ChangeLog(Protocol):
    """What the builds of an open edition and those before it changed."""

    def news_since(self, snapshot: str) -> frozenset[str] | None:
        """Return the keys of the articles added or rewritten after this edition was built.

        None if the log does not reach back to it.
        """

    def kept_texts(self, first_digits: str) -> list[Change]:
        """Return the changes whose text before was kept, the latest first.

        Those of articles whose key begins with these hexadecimal digits.
        """

    def of_article(self, key: str) -> list[DatedChange]:
        """Return what happened to the article of this key, the latest first."""

    def since(self, moment: datetime) -> list[DatedChange]:
        """Return what happened since, the earliest first; `moment` has a time zone."""
