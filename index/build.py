"""Articles → a new snapshot: read and split everything first, then encode passage by passage."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from index.database import Database, Passage
from index.encoder import Encoder, PassageText
from index.errors import NoArticlesError
from index.models import Article, Sentence, Skipped, Span
from index.passages import group_sentences
from index.readers import iter_articles
from index.sentences import MAX_CHARACTERS, split_sentences
from index.snapshot import Layout, Manifest, new_snapshot, publish
from index.terms import split_terms
from index.vectors import PassageVectors

_SHORTEST_PIECE = 40  # characters; a piece of a sentence that is shorter says nothing
_ENCODED_AT_ONCE = 256  # enough to sort by length, few enough to keep memory flat


class Progress(Protocol):
    """What a build reports; a script shows it."""

    def read(self, articles: int) -> None:
        """So many articles have been read."""

    def encoded(self, passages: int, total: int) -> None:
        """So many of all passages have been encoded."""


@dataclass(slots=True)
class Summary:
    """What a build did; `seconds` is wall-clock time."""

    folder: Path
    articles: int = 0
    sentences: int = 0
    passages: int = 0
    seconds: float = 0.0
    skipped: list[Skipped] = field(default_factory=list)


def build_snapshot(
    paths: Iterable[Path], index_dir: Path, encoder: Encoder, progress: Progress, command: str
) -> Summary:
    """Build a snapshot of these files and folders and put it into use.

    Raises NoArticlesError where there is none, unless the index is new and the folders are empty: a
    bot may be set up before the first article. On any failure the old snapshot stays.
    """
    started = time.monotonic()
    is_new = not (index_dir / "CURRENT").exists()
    with new_snapshot(index_dir) as layout:
        summary = Summary(layout.folder)
        database = Database(layout.database, create=True)
        try:
            _add_articles(paths, database, encoder, summary, progress)
            if not summary.articles and (summary.skipped or not is_new):
                raise NoArticlesError(len(summary.skipped))
            _encode(database, layout, encoder, summary, progress)
            oldest, newest = database.dates()
        finally:
            database.close()
        manifest = Manifest(
            encoder=encoder.name,
            encoder_revision=encoder.revision,
            weights_sha256=encoder.weights_sha256,
            prompts=encoder.prompts,
            dimension=encoder.dimension,
            articles=summary.articles,
            sentences=summary.sentences,
            passages=summary.passages,
            oldest=oldest,
            newest=newest,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            command=command,
        )
        summary.folder = publish(layout, manifest, index_dir)
    summary.seconds = time.monotonic() - started
    return summary


def _add_articles(
    paths: Iterable[Path],
    database: Database,
    encoder: Encoder,
    summary: Summary,
    progress: Progress,
) -> None:
    room = encoder.passage_tokens
    for found in iter_articles(paths):
        if isinstance(found, Skipped):
            summary.skipped.append(found)
            continue
        spans, tokens = _split(found, encoder, room)
        sentences = [
            Sentence(summary.sentences + position, span) for position, span in enumerate(spans)
        ]
        passages = [
            (
                Passage(
                    summary.passages + position,
                    summary.articles,
                    summary.sentences + run.first,
                    summary.sentences + run.last,
                ),
                _terms(found, spans[run.first].start, spans[run.last].end),
            )
            for position, run in enumerate(group_sentences(spans, tokens, room))
        ]
        database.add_article(summary.articles, found, sentences, passages)
        summary.articles += 1
        summary.sentences += len(sentences)
        summary.passages += len(passages)
        progress.read(summary.articles)


def _split(article: Article, encoder: Encoder, room: int) -> tuple[list[Span], list[int]]:
    """Split into sentences of which each fits into the encoder's window of `room` tokens."""
    limit = MAX_CHARACTERS
    while True:
        spans = split_sentences(article.text, article.language, limit)
        if len(spans) > 1 and _is_headline(article, spans[0]):
            spans = spans[1:]
        tokens = encoder.count_tokens([article.text[span.start : span.end] for span in spans])
        # Some scripts have more tokens than characters.
        if max(tokens, default=0) <= room or limit <= _SHORTEST_PIECE:
            return spans, tokens
        limit //= 2


def _is_headline(article: Article, span: Span) -> bool:
    """Tell whether a line of the text is the headline itself, which is cited and not quoted."""
    line = article.text[span.start : span.end].lstrip("# ")
    return line == article.headline and not article.headline_stands_in


def _terms(article: Article, start: int, end: int) -> str:
    return " ".join(split_terms(f"{article.headline}\n{article.text[start:end]}"))


def _encode(
    database: Database, layout: Layout, encoder: Encoder, summary: Summary, progress: Progress
) -> None:
    """Fill the two vector files; a sentence takes its vector from the first passage it is in."""
    passage_vectors = PassageVectors(encoder.dimension)
    sentence_vectors = np.lib.format.open_memmap(
        layout.sentences,
        mode="w+",
        dtype=np.float16,
        shape=(summary.sentences, encoder.dimension),
    )
    filled = 0
    for block in _blocks(database):
        encoded = encoder.encode_passages([text for _, text in block])
        passage_vectors.add(np.stack([each.vector for each in encoded]))
        for (passage, _), each in zip(block, encoded, strict=True):
            new = passage.last + 1 - filled
            sentence_vectors[filled : passage.last + 1] = each.sentences[-new:]
            filled = passage.last + 1
        progress.encoded(block[-1][0].number + 1, summary.passages)
    sentence_vectors.flush()
    passage_vectors.write(layout.passages)


def _blocks(database: Database) -> Iterator[Sequence[tuple[Passage, PassageText]]]:
    block: list[tuple[Passage, PassageText]] = []
    article_number, headline, text, spans = -1, "", "", {}
    for passage in database.passages():
        if passage.article != article_number:
            article_number = passage.article
            article = database.article(article_number)
            headline = "" if article.headline_stands_in else article.headline
            text = article.text
            spans = {each.number: each.span for each in database.sentences(article_number)}
        start, end = spans[passage.first].start, spans[passage.last].end
        inside = tuple(
            Span(spans[number].start - start, spans[number].end - start)
            for number in range(passage.first, passage.last + 1)
        )
        block.append((passage, PassageText(headline, text[start:end], inside)))
        if len(block) == _ENCODED_AT_ONCE:
            yield block
            block = []
    if block:
        yield block
