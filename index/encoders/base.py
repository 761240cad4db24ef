"""Base class of the encoders: batches of similar length, sentence vectors from token vectors.

A sentence's vector is the mean of its tokens' vectors from its passage's own forward pass, so it
costs nothing extra and a sentence that says "he" carries its context. Loads no model.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.encoders.description import EncoderDescription, EncoderFiles
from index.encoders.samples import SAMPLES, Sample
from index.encoders.scale import CosineScales, compare_samples
from index.encoders.tokenization import Batch, Integers, PassageTokenizer
from index.models import Span

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage to encode: `sentences` are spans of `text`; the headline gives it context."""

    headline: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A unit vector of shape (d,) and, for its sentences in order, unit rows of shape (n, d)."""

    vector: Vectors
    sentences: Vectors


class TextEncoder(ABC):
    """A loaded model; its description says exactly which."""

    description: EncoderDescription
    tokenizer: PassageTokenizer
    _passes = 1  # forward passes at the same time
    _batch_tokens: int  # of a forward pass, padding included

    @property
    def passage_tokens(self) -> int:
        """Number of tokens of a passage that fit next to the headline; the rest would be cut."""
        return self.tokenizer.passage_tokens

    @cached_property
    def scales(self) -> CosineScales:
        """The scales of its cosines: those in its description, else measured over the samples."""
        if self.description.scales:
            return self.description.scales
        questions = [self.encode_question(each.question) for each in SAMPLES]
        encoded = self.encode_passages([_sample_passage(each) for each in SAMPLES])
        return compare_samples(
            np.stack(questions),
            np.stack([each.vector for each in encoded]),
            np.stack([each.sentences for each in encoded]),
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special ones."""
        return self.tokenizer.count(texts)

    @abstractmethod
    def encode_question(self, question: str) -> Vectors:
        """Return the question's unit vector, shape (d,)."""

    def encode_passages(self, passages: Sequence[PassageText]) -> list[EncodedPassage]:
        """Return the passages' vectors in order; with more at once, less is padding."""
        read = self.tokenizer.read_passages([(each.headline, each.text) for each in passages])
        batches = list(_batches([each.count for each in read], self._batch_tokens))

        def encode(rows: Sequence[int]) -> list[EncodedPassage]:
            tokens, vectors = self._forward(Batch.of([read[row] for row in rows]))
            return [
                EncodedPassage(
                    vector, _pool(each, read[row].offsets, passages[row].sentences, vector)
                )
                for row, each, vector in zip(rows, tokens, unit_rows(vectors), strict=True)
            ]

        encoded: dict[int, EncodedPassage] = {}
        with ThreadPoolExecutor(self._passes) as pool:
            results = pool.map(encode, batches) if self._passes > 1 else map(encode, batches)
            for rows, result in zip(batches, results, strict=True):
                encoded.update(zip(rows, result, strict=True))
        return [encoded[row] for row in range(len(passages))]

    @abstractmethod
    def install(self, files: EncoderFiles, exported: EncoderFiles | None) -> "TextEncoder":
        """Put the model into a new folder as a graph; return what passages are encoded with.

        `exported` is a folder with the same model's graph, which is linked then, not written again.
        Raises EncoderExportError, and leaves no folder, if it cannot be written as a graph.
        """

    @abstractmethod
    def _forward(self, batch: Batch) -> tuple[Vectors, Vectors]:
        """Return the tokens' vectors, shape (rows, length, d), and the rows' own, (rows, d)."""


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows at length 1; shape (n, d)."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _sample_passage(sample: Sample) -> PassageText:
    text = f"{sample.first} {sample.second}"
    spans = Span(0, len(sample.first)), Span(len(sample.first) + 1, len(text))
    return PassageText(sample.headline, text, spans)


def _batches(counts: Sequence[int], limit: int) -> Iterator[list[int]]:
    """Yield batches of rows of similar length: at most `limit` tokens with padding, or one row."""
    batch: list[int] = []
    for row in sorted(range(len(counts)), key=counts.__getitem__):
        if batch and counts[row] * (len(batch) + 1) > limit:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _pool(tokens: Vectors, offsets: Integers, spans: Sequence[Span], fallback: Vectors) -> Vectors:
    """Return the mean of each span's token vectors, as unit rows; `fallback` if it has none."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    rows = []
    for span in spans:
        inside = np.flatnonzero((starts < span.end) & (ends > span.start) & (ends > starts))
        rows.append(tokens[inside].mean(axis=0) if inside.size else fallback)
    return unit_rows(np.stack(rows)) if rows else np.empty((0, len(fallback)), np.float32)
