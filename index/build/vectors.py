"""The passages of a new database → its vector files; only new ones are encoded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from index.build.checkpoint import Checkpoint
from index.encoders.base import EncodedPassage, PassageText, TextEncoder, Vectors
from index.models import Article, ArticleNo, Progress, Span
from index.snapshot.database_writer import DatabaseWriter
from index.snapshot.layout import Layout
from index.snapshot.snapshot import Snapshot
from index.snapshot.vector_file import VectorFile, as_bytes, write_header
from index.snapshot.vector_index import write_faiss_index
from index.store.base import Passage

_STAGE = "Encoding passages"
_KEPT_AT_ONCE = 64  # passages; a build that is killed loses no more
_SORTED_AT_ONCE = 1024  # passages; those of similar length share a batch, and memory stays flat

# The number of an article in the draft → in the snapshot before, if its content did not change.
Reused = Mapping[ArticleNo, ArticleNo]


def encode_new(
    draft: DatabaseWriter,
    reused: Reused,
    encoder: TextEncoder,
    checkpoint: Checkpoint,
    progress: Progress,
) -> int:
    """Encode the passages that are neither reused nor in the checkpoint; return how many."""
    articles = map(ArticleNo, range(draft.counts.articles))
    numbers = [number for number in articles if number not in reused]
    total = sum(len(draft.passages_of(number)) for number in numbers)
    seen = encoded = 0
    for window in _windows(draft, numbers):
        texts = {checkpoint.key(text): text for text in window}
        new = sorted(
            ((key, text) for key, text in texts.items() if key not in checkpoint),
            key=lambda each: len(each[1].text),
        )
        seen += len(window)
        for start in range(0, len(new), _KEPT_AT_ONCE):
            some = new[start : start + _KEPT_AT_ONCE]
            vectors = encoder.encode_passages([text for _, text in some])
            checkpoint.add(zip((key for key, _ in some), vectors, strict=True))
            encoded += len(some)
            progress(_STAGE, seen - len(new) + start + len(some), total)
        if not new:
            progress(_STAGE, seen, total)
    return encoded


def write_vectors(
    draft: DatabaseWriter,
    before: Snapshot | None,
    reused: Reused,
    dimension: int,
    checkpoint: Checkpoint,
    layout: Layout,
) -> None:
    """Write the vectors of all passages and sentences, row n for number n."""
    counts = draft.counts
    # Written, not mapped: on a full disk a mapped file kills the process.
    with layout.passages.open("wb") as passages, layout.sentences.open("wb") as sentences:
        write_header(passages, counts.passages, dimension)
        write_header(sentences, counts.sentences, dimension)
        for number in map(ArticleNo, range(counts.articles)):
            if before is not None and number in reused:
                found = before.vectors_of(reused[number])
            else:
                found = _recall(draft, number, checkpoint)
            passages.write(as_bytes(found[0]))
            sentences.write(as_bytes(found[1]))
    with VectorFile(layout.passages, dimension, counts.passages) as vectors:
        write_faiss_index(vectors, layout.faiss_index, dimension)


def _windows(draft: DatabaseWriter, articles: list[ArticleNo]) -> Iterator[list[PassageText]]:
    window: list[PassageText] = []
    for number in articles:
        window += [text for _, text in _texts(draft, number)]
        while len(window) >= _SORTED_AT_ONCE:
            yield window[:_SORTED_AT_ONCE]
            window = window[_SORTED_AT_ONCE:]
    if window:
        yield window


def _texts(draft: DatabaseWriter, number: ArticleNo) -> Iterator[tuple[Passage, PassageText]]:
    """Yield an article's passages with what is encoded of them."""
    article = draft.article(number)
    spans = {each.number: each.span for each in draft.sentences(number)}
    for passage in draft.passages_of(number):
        yield passage, passage_text(article, [spans[row] for row in passage.sentences])


def passage_text(article: Article, sentences: Sequence[Span]) -> PassageText:
    """Return what is encoded of a passage, whose sentences these are."""
    headline = "" if article.headline_stands_in else article.headline
    start, end = sentences[0].start, sentences[-1].end
    inside = tuple(Span(each.start - start, each.end - start) for each in sentences)
    return PassageText(headline, article.text[start:end], inside)


def _recall(
    draft: DatabaseWriter, number: ArticleNo, checkpoint: Checkpoint
) -> tuple[Vectors, Vectors]:
    """Return an article's rows."""
    return join_vectors(
        (passage.first, passage.last, checkpoint.get(checkpoint.key(text)))
        for passage, text in _texts(draft, number)
    )


def join_vectors(encoded: Iterable[tuple[int, int, EncodedPassage]]) -> tuple[Vectors, Vectors]:
    """Return the rows of an article's passages and of its sentences.

    Of each passage, in order: its first and its last sentence, and what it was encoded to. A
    sentence takes its vector from the first passage that it is in.
    """
    passages: list[Vectors] = []
    sentences: list[Vectors] = []
    filled = -1
    for first, last, each in encoded:
        known = max(0, filled - first + 1)  # sentences that an earlier passage has, too
        passages.append(each.vector)
        sentences.append(each.sentences[known:])
        filled = last
    return np.stack(passages), np.vstack(sentences)
