"""The acronyms and names of a coverage, which takes reading all of its articles (pure)."""

from collections.abc import Iterable
from typing import NamedTuple

from index.models import Article
from index.text.acronyms import AcronymLearner, Acronyms
from index.text.names import KnownName, NameLearner, small_words


class Vocabulary(NamedTuple):
    """What articles explain and name."""

    acronyms: Acronyms
    names: list[KnownName]


def read_vocabulary(articles: Iterable[Article]) -> Vocabulary:
    """Return the acronyms and names of these articles."""
    acronyms, names = AcronymLearner(), NameLearner()
    for article in articles:
        small = small_words(article.text)
        acronyms.read(article.text, small)
        names.read(article.text, small)
    return Vocabulary(acronyms.learnt(), names.learnt())
