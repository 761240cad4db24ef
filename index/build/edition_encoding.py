"""New articles → sentences, passages and their vectors, for an edition in Milvus."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.build.summary import BuildSummary
from index.build.vectors import join_vectors, passage_text
from index.encoders.base import EncodedPassage, PassageText, TextEncoder
from index.milvus.rows import EncodedArticle
from index.milvus.writing import EditionWriter
from index.models import Article, ArticleNo
from index.text.segmentation import segment_article

_BATCH = 64  # passages
_NO_VECTORS = np.empty((0, 0), np.float32)


@dataclass(frozen=True, slots=True)
class ArticleEncoding:
    """Encodes articles, or takes their vectors over where only other fields have changed."""

    encoder: TextEncoder
    writer: EditionWriter
    known: Mapping[str, ArticleNo]
    summary: BuildSummary

    def __call__(self, articles: Sequence[Article]) -> Iterator[EncodedArticle]:
        """Yield the articles with their vectors, in order."""
        segments = {
            row: segment_article(each, self.encoder)
            for row, each in enumerate(articles)
            if each.content_hash not in self.known
        }
        encoded = self._encode(
            {
                (row, place): passage_text(articles[row], parts.sentences[run.first : run.last + 1])
                for row, parts in segments.items()
                for place, run in enumerate(parts.passages)
            }
        )
        for row, article in enumerate(articles):
            if row not in segments:
                yield self.writer.take_over(self.known[article.content_hash], article)
                continue
            vectors = (_NO_VECTORS, _NO_VECTORS)
            if runs := segments[row].passages:
                vectors = join_vectors(
                    (run.first, run.last, encoded[row, place]) for place, run in enumerate(runs)
                )
            yield EncodedArticle(article, segments[row], *vectors)

    def _encode(
        self, texts: Mapping[tuple[int, int], PassageText]
    ) -> dict[tuple[int, int], EncodedPassage]:
        # Those of similar length share a batch.
        order = sorted(texts, key=lambda key: len(texts[key].text))
        found: dict[tuple[int, int], EncodedPassage] = {}
        for first in range(0, len(order), _BATCH):
            some = order[first : first + _BATCH]
            vectors = self.encoder.encode_passages([texts[key] for key in some])
            found.update(zip(some, vectors, strict=True))
        self.summary.encoded += len(order)
        return found
