"""Whether one sentence copies another, as in syndicated stories with light edits (pure)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_SAME = 0.75  # of the terms of two sentences, the least share in common that makes a copy
# "CNN —" and "He declined to comment." stand in many articles that have nothing else in common.
_FEWEST_TERMS = 4
_DIGIT = re.compile(r"\d")
_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|не|нет|без)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a sentence says, for telling a copy from a change: a "not" or a figure is one.

    `words` are its words in order, whatever their letter case.
    """

    words: str
    terms: frozenset[str]
    figures: frozenset[str]
    negations: int

    @classmethod
    def of(cls, text: str, terms: Iterable[str]) -> Self:
        """Read a sentence, whose terms these are."""
        distinct = frozenset(terms)
        figures = frozenset(filter(_DIGIT.search, distinct))
        words = " ".join(text.casefold().split())
        return cls(words, distinct, figures, len(_NEGATION.findall(text)))

    def is_near_duplicate_of(self, other: Self) -> bool:
        """Tell whether it is the same sentence, but for a word here or there.

        A sentence of few terms says too little to be told as a copy of another.
        """
        if min(len(self.terms), len(other.terms)) < _FEWEST_TERMS:
            return False
        if (self.figures, self.negations) != (other.figures, other.negations):
            return False
        return len(self.terms & other.terms) >= _SAME * max(1, len(self.terms | other.terms))

    def is_same_as(self, other: Self) -> bool:
        """Tell the same of two sentences that stand beside near-duplicates.

        There, short ones count too: "He declined to comment." after the same sentence.
        """
        return self.words == other.words or self.is_near_duplicate_of(other)
