"""The seam for whatever reads: a question and windows in, a verdict on each window out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from index.models import Span

MOST_TOKENS = 256  # of a pair: quotes are at most 700 characters long


class Window(NamedTuple):
    """A text that may answer, with its article's headline, which only helps to understand it."""

    text: str
    headline: str = ""


class Verdict(NamedTuple):
    """What a reader makes of a window.

    `logit` is higher the more likely the window answers. `span` are the characters of the window's
    text that answer, None if the reader has no such output or no word was read. `span_logit` tells
    how sure it is of them: above 0, these words answer rather than none.
    """

    logit: float
    span: Span | None = None
    span_logit: float = 0.0


@dataclass(frozen=True, slots=True)
class ReaderIdentity:
    """Which model a reader is: its name and the sha256 of its graph."""

    name: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.name} (sha256 {self.sha256[:12]})"


@dataclass(frozen=True, slots=True)
class ReaderDescription:
    """Which model a reader is, and how it is used.

    `sha256` is of its graph. `languages` are those it can judge (ISO 639-1), empty for any.
    `reads_headlines` tells whether a headline in front of a window helps it; `marks_answers`
    whether it has outputs for spans. `most_tokens` is the length of a pair; what is longer is cut.
    `is_calibrated` tells whether the coefficients of `index/search/answerability.py` fit its
    logits.
    """

    name: str
    sha256: str
    languages: tuple[str, ...] = ()
    reads_headlines: bool = False
    marks_answers: bool = False
    is_calibrated: bool = False
    most_tokens: int = MOST_TOKENS

    @property
    def identity(self) -> ReaderIdentity:
        """What tells it apart from other readers."""
        return ReaderIdentity(self.name, self.sha256)

    def __str__(self) -> str:
        return str(self.identity)


class Reader(Protocol):
    """Reads windows for a question; safe to use from several threads at a time."""

    description: ReaderDescription

    def read(self, question: str, windows: Sequence[Window]) -> list[Verdict]:
        """Return the verdict on each window, in their order."""
