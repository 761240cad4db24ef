"""Articles and passages as rows of Milvus, and back (pure).

An article's passages and sentences are numbered `article << 20` upwards, so that a number says
which article it is of, and rows of one article are never renumbered because of another.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np

from index.dates.partial_date import PartialDate
from index.encoders.base import Vectors
from index.milvus.schema import FOREVER, LONGEST_TEXT, TERMS
from index.milvus.weighting import Weighting, term_weights
from index.models import (
    Article,
    ArticleNo,
    Filters,
    Identity,
    PassageNo,
    Sentence,
    SentenceNo,
    Span,
)
from index.store.base import StoredArticle
from index.text.acronyms import Acronyms
from index.text.passages import SentenceRange
from index.text.segmentation import Segments, find_terms

BITS = 20  # for the passages and the sentences of an article: a million
_UNDATED = (0, 99_991_231)  # days that are within no filter by date
_AS_STORED = np.dtype("<f2")


class StoredIdentity(NamedTuple):
    """What a build compares articles by, and how much there is of this one.

    `terms` counts those of all passages, with repeats; None in rows of an earlier version.
    """

    identity: Identity
    fields_hash: str
    content_hash: str
    sentences: int
    passages: int
    terms: int | None = None


@dataclass(frozen=True, slots=True)
class EncodedArticle:
    """An article as a build adds it; the vectors are those of its passages and its sentences."""

    article: Article
    segments: Segments
    passages: Vectors
    sentences: Vectors


def article_of(number: int) -> ArticleNo:
    """Return the article of a passage or a sentence."""
    return ArticleNo(number >> BITS)


def place_of(number: int) -> int:
    """Return the place of a passage or a sentence in its article, from 0."""
    return number & ((1 << BITS) - 1)


def numbered(article: ArticleNo, place: int) -> int:
    """Return the number of a passage or a sentence."""
    return (article << BITS) | place


def divide_text(text: str, most: int = LONGEST_TEXT) -> list[str]:
    """Divide a text into pieces of at most `most` bytes of UTF-8, between characters."""
    data, pieces = text.encode(), []
    while len(data) > most:
        end = most
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(data[:end].decode())
        data = data[end:]
    return [*pieces, data.decode()]


def join_text(pieces: Sequence[str]) -> str:
    """Put the pieces together again, byte for byte."""
    return "".join(pieces)


def days(published: PartialDate | None) -> tuple[int, int]:
    """Return the first and the last day, as YYYYMMDD; without a year, days that no filter fits."""
    if published is None or not published.has_year:
        return _UNDATED
    return _day(published.first), _day(published.last)


def condition(edition: int, filters: Filters = Filters()) -> str:
    """Return the filter expression for rows of this edition that pass the filters."""
    parts = [f"since <= {edition}", f"until > {edition}"]
    if filters.outlet is not None:
        parts.append(f"outlet == {quoted(filters.outlet)}")
    if filters.since:
        parts.append(f"first_day >= {_day(filters.since)}")
    if filters.until:
        parts.append(f"last_day <= {_day(filters.until)}")
    return " and ".join(parts)


def any_of(field: str, numbers: Sequence[int]) -> str:
    """Return the filter expression for rows whose field is one of these numbers."""
    return f"{field} in [{', '.join(map(str, numbers))}]"


def quoted(text: str) -> str:
    """Return the text as a literal of a filter expression."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def fields_hash(article: Article) -> str:
    """Return the hexadecimal sha256 of all fields of an article."""
    return sha256(json.dumps(_fields(article), sort_keys=True).encode()).hexdigest()


def indexed_terms(segments: Segments, acronyms: Acronyms) -> list[list[str]]:
    """Return the terms of each passage, with the acronyms of the names in it."""
    lines = (" ".join(acronyms.add_to(line.split())) for line in segments.terms)
    indexed = replace(segments, terms=tuple(lines))
    return [indexed.passage_terms(run) for run in segments.passages]


def article_row(
    number: ArticleNo, since: int, encoded: EncodedArticle, weighting: Weighting
) -> dict[str, Any]:
    """Return the row of an article."""
    article, segments = encoded.article, encoded.segments
    identity = [
        article.id,
        article.url,
        article.text_hash,
        article.headline,
        fields_hash(article),
        article.content_hash,
        len(segments.sentences),
        len(segments.passages),
        sum(map(len, indexed_terms(segments, weighting.acronyms))),
    ]
    record = {"article": _fields(article), "sentences": segments.sentences}
    return {
        "number": number,
        "since": since,
        "until": FOREVER,
        "key": article.key,
        "identity": divide_text(json.dumps(identity, ensure_ascii=False)),
        "record": divide_text(json.dumps(record, ensure_ascii=False)),
    }


def read_identity(row: dict[str, Any]) -> StoredIdentity:
    """Return what identifies the article of a row."""
    fields = json.loads(join_text(row["identity"]))
    return StoredIdentity(Identity(*fields[:4]), *fields[4:])


def read_article(row: dict[str, Any]) -> StoredArticle:
    """Return the article of a row, with its sentences."""
    record = json.loads(join_text(row["record"]))
    fields = record["article"]
    published = fields["published"] and PartialDate.parse(fields["published"])
    number = ArticleNo(row["number"])
    sentences = [
        Sentence(SentenceNo(numbered(number, place)), Span(*span))
        for place, span in enumerate(record["sentences"])
    ]
    return StoredArticle(Article(**fields | {"published": published}), sentences)


def stored_segments(
    article: Article, sentences: Sequence[Sentence], passages: Sequence[Mapping[str, Any]]
) -> Segments:
    """Return how a stored article is divided, with today's terms; `passages` in order."""
    spans = tuple(each.span for each in sentences)
    runs = tuple(SentenceRange(row["first"], row["last"]) for row in passages)
    return Segments(spans, runs, find_terms(article, spans))


def passage_rows(
    number: ArticleNo, since: int, encoded: EncodedArticle, weighting: Weighting
) -> list[dict[str, Any]]:
    """Return the rows of an article's passages."""
    article, segments = encoded.article, encoded.segments
    first_day, last_day = days(article.published)
    terms = indexed_terms(segments, weighting.acronyms)
    return [
        {
            "number": PassageNo(numbered(number, place)),
            "since": since,
            "until": FOREVER,
            "article": number,
            "outlet": article.outlet or "",
            "published": str(article.published) if article.published else "",
            "first_day": first_day,
            "last_day": last_day,
            "first": run.first,
            "last": run.last,
            "vector": _rounded(encoded.passages[place]),
            TERMS: term_weights(terms[place], weighting.average_length),
            "sentences": [
                pack_vector(encoded.sentences[row]) for row in range(run.first, run.last + 1)
            ],
        }
        for place, run in enumerate(segments.passages)
    ]


def pack_vector(vector: Vectors) -> str:
    """Return a vector as text: float16, the low byte first, in base64."""
    return b64encode(vector.astype(_AS_STORED).tobytes()).decode()


def unpack_vector(packed: str) -> Vectors:
    """Return the vector of such a text, shape (d,)."""
    return np.frombuffer(b64decode(packed), _AS_STORED).astype(np.float32)


def _rounded(vector: Vectors) -> Vectors:
    """Return the vector with float16's precision, so that cosines are those of a snapshot."""
    return vector.astype(np.float16).astype(np.float32)


def _fields(article: Article) -> dict[str, Any]:
    return asdict(article) | {"published": article.published and str(article.published)}


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
