"""The seam for whatever stores a coverage: a snapshot's folder is one, and ranking knows no other.

All above it is the same for every store: how passages are ranked, sentences scored, quotes drawn
and judged, questions refused, timelines made.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.encoders.description import EncoderFiles
from index.models import Article, ArticleNo, Filters, PassageNo, Sentence, SentenceNo
from index.store.change_log import ChangeLog
from index.store.manifest import Manifest
from index.text.acronyms import Acronyms
from index.text.names import KnownName

SAMPLE = 200  # passages from which the cosine of an unrelated text is estimated


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences `first` to `last` (inclusive, numbers of the store) of one article."""

    number: PassageNo
    article: ArticleNo
    first: SentenceNo
    last: SentenceNo

    @property
    def sentences(self) -> list[SentenceNo]:
        """The numbers of its sentences, in order."""
        return [SentenceNo(number) for number in range(self.first, self.last + 1)]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a passage is from: its article, and how many sentences precede it there."""

    article: ArticleNo
    published: PartialDate | None
    sentences_before: int
    outlet: str | None = None


class DatedArticle(NamedTuple):
    """An article of a known year and its first passage."""

    number: ArticleNo
    published: PartialDate
    first_passage: PassageNo


class FoundPassages(NamedTuple):
    """What both legs found: the cosine of every passage, the BM25 of those with a term."""

    cosines: dict[PassageNo, float]
    lexical: dict[PassageNo, float]


class StoredArticle(NamedTuple):
    """An article and all of its sentences, in order."""

    article: Article
    sentences: list[Sentence]


class Store(Protocol):
    """One open edition of a coverage. It never changes, and several threads ask it at a time.

    Numbers of articles, passages and sentences are those of the store and follow their order; the
    sentences of an article are numbered without a gap. Methods leave out numbers and keys that it
    doesn't hold. Whatever is filtered is filtered before it is ranked.
    """

    @property
    def id(self) -> str:
        """The name of the edition."""

    @property
    def manifest(self) -> Manifest:
        """What the edition is made of, and by what."""

    @property
    def picture(self) -> bytes:
        """PNG: articles by month and outlet."""

    @property
    def changes(self) -> ChangeLog | None:
        """What the last builds changed; None in an edition of an earlier version."""

    @property
    def acronyms(self) -> Acronyms:
        """The acronyms that the articles explain."""

    def limit_time(self) -> AbstractContextManager[None]:
        """Limit how long the store may take within the block, in all: it is for one question.

        What it is asked then raises StoreUnavailableError. Within another such block, the outer
        one's limit counts.
        """

    def document_frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return the number of passages that contain each term, 0 for an unknown one.

        A name that has an acronym contains that, too.
        """

    def names(self, initial: str) -> list[KnownName]:
        """Return the names that the articles contain and that begin with this Latin letter."""

    def find(
        self, vector: Vectors, terms: Iterable[str], count: int, filters: Filters
    ) -> FoundPassages:
        """Return the `count` passages closest to the vector and the `count` of highest BM25.

        Only of articles that pass the filters.
        """

    def term_shares(self, weights: Mapping[str, float], least: float) -> dict[PassageNo, float]:
        """Return the share (0 to 1) of the terms' weights that each passage contains.

        Those with less than `least` (0 to 1) of the highest share are left out, as are those
        without any.
        """

    def cosines(self, vector: Vectors, passages: Sequence[PassageNo]) -> dict[PassageNo, float]:
        """Return the cosine of these passages to the vector."""

    def sample_cosines(self, vector: Vectors) -> list[float]:
        """Return the cosines of about `SAMPLE` passages from all over the coverage."""

    def origins(self, passages: Iterable[PassageNo]) -> dict[PassageNo, Origin]:
        """Return the article of each passage, its date, outlet and position."""

    def passages_that_pass(self, filters: Filters, passages: Iterable[PassageNo]) -> set[PassageNo]:
        """Return those of these passages whose article passes the filters."""

    def passages(self, numbers: Iterable[PassageNo]) -> list[Passage]:
        """Return the passages of these numbers, in order of their number."""

    def vectors_of_sentences(self, passages: Iterable[Passage]) -> dict[SentenceNo, Vectors]:
        """Return the vector of each sentence of these passages, shape (d,)."""

    def articles(self, numbers: Iterable[ArticleNo]) -> dict[ArticleNo, StoredArticle]:
        """Return the articles of these numbers."""

    def articles_by_key(self, keys: Iterable[str]) -> dict[str, Article]:
        """Return the articles of these keys (`Article.key`), as they are stored."""

    def number_by_key(self, key: str) -> ArticleNo | None:
        """Return the number of the article with this key, or None if there is none."""

    def numbers_by_key(self, first_digits: str) -> list[ArticleNo]:
        """Return the numbers of the articles whose key begins with these hexadecimal digits."""

    def dated_within(self, filters: Filters) -> list[DatedArticle]:
        """Return the articles of a known year that pass the filters and have a passage, by date."""

    def undated(self, outlet: str | None) -> int:
        """Return how many articles (of this outlet) have no year, so that no date filter fits."""

    def outlets(self) -> dict[str, int]:
        """Return every outlet with its number of articles, those with the most first."""

    def months(self) -> dict[tuple[PartialDate, str | None], int]:
        """Return the number of articles by month and outlet; those with a known month."""

    def languages(self) -> dict[str, int]:
        """Return the number of articles of each language that is known (ISO 639-1)."""

    def encoder_files(self) -> EncoderFiles:
        """Return the files of the encoder, each the one that was built.

        Raises SnapshotCorruptError if one is not, or there are none (`Manifest.has_graph`).
        """

    def close(self) -> None:
        """Let go of files, memory and connections."""
