"""The nouns of the coverage, as frozen values. No behaviour beyond what a field implies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, NewType

from index.dates.partial_date import PartialDate

# Numbers of one snapshot, each from 0. Types of their own, as a mix-up would cite a wrong article.
ArticleNo = NewType("ArticleNo", int)
PassageNo = NewType("PassageNo", int)  # also the row of its vector
SentenceNo = NewType("SentenceNo", int)  # also the row of its vector


# A question reads hundreds of spans and sentences: as tuples they are made in a third of the time.
class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of one article's text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of characters."""
        return self.end - self.start


class Identity(NamedTuple):
    """The values by which two articles are matched: the address, else the text, else the id."""

    id: str
    url: str | None
    text_hash: str
    headline: str


@dataclass(frozen=True, slots=True)
class Article:
    """One published piece; `text` is exactly what was read, never stripped or re-flowed.

    `headline_stands_in` marks a headline that is the article's own first sentence.
    Whatever is None is unknown.
    """

    id: str
    text: str
    headline: str
    headline_stands_in: bool = False
    outlet: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    place: str | None = None
    language: str | None = None
    author: str | None = None

    @property
    def key(self) -> str:
        """16 hexadecimal digits that stand for the id in a short text, such as a button's id."""
        return article_key(self.id)

    @property
    def text_hash(self) -> str:
        """Hexadecimal sha256 of the text in UTF-8."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def content_hash(self) -> str:
        """Hexadecimal sha256 of all input to sentences, terms and vectors."""
        headline = "" if self.headline_stands_in else self.headline
        made_from = "\0".join((self.language or "", headline, self.text))
        return sha256(made_from.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def identity(self) -> Identity:
        """What it is matched with other articles by."""
        return Identity(self.id, self.url, self.text_hash, self.headline)


def article_key(article_id: str) -> str:
    """Return the key (`Article.key`) of the article with this id."""
    return sha256(article_id.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or one line of it, that is not in the index, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Restricts the articles that a question is put to; both days are included, None means any.

    An article passes a filter by date only if its whole known date lies within. `keys` are those of
    the only articles that count (`Article.key`).
    """

    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    keys: frozenset[str] | None = None

    @property
    def by_date(self) -> bool:
        """Tell whether an article needs a date to get through."""
        return self.since is not None or self.until is not None


class Sentence(NamedTuple):
    """A span of an article and the sentence's number in the snapshot."""

    number: SentenceNo
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote was published; None is shown as unknown. `paragraph` starts at 1."""

    outlet: str | None
    headline: str
    headline_stands_in: bool
    url: str | None
    published: PartialDate | None
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of an article; `text` equals `article.text[start:end]`.

    `article_key` and `text_hash` name the very text quoted, so that a button can find it again.
    `also_in` holds the other outlets that carried the same words, each once. `answer` are the
    characters of the article, within `span`, that the reader takes for the answer; None if it is
    not sure of any, or there is no reader.
    """

    text: str
    article_id: str
    article_key: str
    text_hash: str
    span: Span
    score: float
    citation: Citation
    also_in: tuple[str, ...] = ()
    answer: Span | None = None

    @property
    def answer_in_text(self) -> Span | None:
        """The characters of `text` that answer, None if none are known."""
        if self.answer is None:
            return None
        return Span(self.answer.start - self.span.start, self.answer.end - self.span.start)

    @property
    def answer_text(self) -> str | None:
        """The words of the quote that answer, None if none are known."""
        return self.text[slice(*self.answer_in_text)] if self.answer_in_text else None


class Status(StrEnum):
    """Whether the coverage answers a question."""

    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    NO_MATCH = "no_match"


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """Which coverage a value is from, in the facts that a reader is shown.

    `newest` is the newest date of an article; `built_at` is ISO 8601 in UTC.
    """

    articles: int = 0
    newest: PartialDate | None = None
    built_at: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: quotes, best first, or a refusal with the closest coverage.

    `probability` (0 to 1) is that of an answer among what was found, by
    `index/search/answerability.py`.
    `respelt` are names in the spelling of the coverage, if the question has them in another.
    `filters` are those of the reader and the period of a question about what happened. `undated`
    counts the articles that they left out only because their date is unknown.
    `dropped` counts the quotes left out because the stored text did not contain them; it and
    `coverage` are set by `Coverage.answer`.
    """

    question: str
    status: Status
    quotes: tuple[Quote, ...] = ()
    related: tuple[Quote, ...] = ()
    respelt: tuple[str, ...] = ()
    more: bool = False
    probability: float = 0.0
    filters: Filters = Filters()
    undated: int = 0
    dropped: int = 0
    coverage: CoverageFacts = CoverageFacts()

    @property
    def has_words(self) -> bool:
        """Whether the question has anything to search for."""
        return any(map(str.isalnum, self.question))

    @property
    def is_filtered_out(self) -> bool:
        """Whether nothing was found because no article passes the filters."""
        return self.status is Status.NO_MATCH and self.filters != Filters() and self.has_words


# Reports how far a stage of long work is: its name, what is done, of how much (None if unknown).
Progress = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing: the progress of work that nobody watches."""
