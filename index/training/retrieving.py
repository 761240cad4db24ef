"""Questions → the windows that share most words with each (pure)."""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from index.text.terms import split_terms

_RETRIEVED = 12  # windows a question
_CHUNK = 512  # questions compared with all windows at a time
_COMMON = 0.02  # share of the windows: a term in more of them tells none apart
_FEW = 20  # windows: a term in at most this many counts as rare in any collection


def retrieve(questions: Sequence[str], windows: Sequence[str]) -> Iterator[list[int]]:
    """Yield for each question the windows nearest to it by tf-idf, best first."""
    common = max(_FEW, int(_COMMON * len(windows)))
    vectorizer = TfidfVectorizer(analyzer=split_terms, max_df=common, min_df=2, dtype=np.float32)
    try:
        matrix = vectorizer.fit_transform(windows).T.tocsr()
    except ValueError:  # no term is in two windows, so none is near a question by its words
        yield from ([] for _ in questions)
        return
    for start in range(0, len(questions), _CHUNK):
        scores = (vectorizer.transform(questions[start : start + _CHUNK]) @ matrix).tocsr()
        yield from (_best(scores, row) for row in range(scores.shape[0]))


def _best(scores: csr_matrix, row: int) -> list[int]:
    start, end = scores.indptr[row], scores.indptr[row + 1]
    values, places = scores.data[start:end], scores.indices[start:end]
    order = np.argsort(-values, kind="stable")[:_RETRIEVED]
    return [int(places[one]) for one in order]
