"""What a button's `custom_id` says (pure): all that is needed to answer it after a restart.

Discord allows 100 characters. A quote is named by its article's key, a prefix of the text's hash
and its span: good as long as that very text is in the coverage.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from index.models import Article, Quote, Span

_HASH_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ContextId:
    """*Context*: show this quote inside its paragraph."""

    article_key: str
    text_hash: str
    span: Span

    template: ClassVar[str] = (
        r"context:(?P<key>[0-9a-f]{16}):(?P<hash>[0-9a-f]{12}):(?P<start>\d+):(?P<end>\d+)"
    )

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """Return the id for a quote."""
        return cls(quote.article_key, quote.text_hash[:_HASH_DIGITS], quote.span)

    @property
    def custom_id(self) -> str:
        """The id as Discord keeps it."""
        span = self.span
        return f"context:{self.article_key}:{self.text_hash}:{span.start}:{span.end}"

    def is_of(self, article: Article) -> bool:
        """Tell whether the article still has the text that was quoted."""
        return article.text_hash.startswith(self.text_hash)


@dataclass(frozen=True, slots=True)
class MoreId:
    """*More quotes*: show those behind the first `skip`; the card itself holds the question."""

    skip: int

    template: ClassVar[str] = r"more:(?P<skip>\d{1,4})"

    @property
    def custom_id(self) -> str:
        """The id as Discord keeps it."""
        return f"more:{self.skip}"


@dataclass(frozen=True, slots=True)
class VoteId:
    """👍 or 👎: keep the reader's vote on this card."""

    is_good: bool

    template: ClassVar[str] = r"vote:(?P<vote>good|bad)"

    @property
    def custom_id(self) -> str:
        """The id as Discord keeps it."""
        return f"vote:{'good' if self.is_good else 'bad'}"


@dataclass(frozen=True, slots=True)
class DismissId:
    """*Dismiss*: delete the card, for the one who asked or who may manage messages."""

    asker: int

    template: ClassVar[str] = r"dismiss:(?P<asker>\d{1,20})"

    @property
    def custom_id(self) -> str:
        """The id as Discord keeps it."""
        return f"dismiss:{self.asker}"
