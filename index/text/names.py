"""The names that articles contain, as they spell them (pure)."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import NamedTuple

from anyascii import anyascii

from index.text.folding import fold_text
from index.text.terms import split_terms

SHORTEST = 4  # letters
_MOST_SMALL = 3  # times as many articles have a name with a capital than in small letters, or more
# With a capital, after another word: at the beginning of a sentence, every word has one.
_NAME = re.compile(r"(?<=[\w,] )[A-ZÀ-ÖØ-ÞĀ-ɏІЇЄЎҐЁА-Я][^\W\d_]{3,}")


class KnownName(NamedTuple):
    """A name of the coverage: its stem in Latin letters, its term, and as most articles spell it.

    `articles` counts those that contain it.
    """

    latin: str
    term: str
    spelling: str
    articles: int


class NameLearner:
    """Collects the names of a coverage."""

    def __init__(self) -> None:
        self._capitals: Counter[str] = Counter()
        self._small: Counter[str] = Counter()

    def read(self, text: str, small: Collection[str]) -> None:
        """Read an article; `small` are its words in small letters, as `small_words` finds them."""
        self._capitals.update(set(_NAME.findall(fold_text(text))))
        self._small.update(small)

    def learnt(self) -> list[KnownName]:
        """Return the names: words that hardly any article has in small letters."""
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for word, articles in self._capitals.items():
            is_name = articles > _MOST_SMALL * self._small[word.casefold()] and not word.isupper()
            if is_name and len(terms := split_terms(word)) == 1:
                spellings[terms[0]][word] += articles
        return [
            KnownName(latin(term), term, found.most_common(1)[0][0], found.total())
            for term, found in sorted(spellings.items())
        ]


def small_words(text: str) -> set[str]:
    """Return the words of a text in small letters, but for those beside a mark."""
    return {word for word in set(text.split()) if word.islower()}


def latin(word: str) -> str:
    """Return a word in the letters of English: "лукашенк" as "lukashenk"."""
    return anyascii(word).casefold()
