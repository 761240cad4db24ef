"""Whether one sentence copies another, as in syndicated stories with light edits (pure)."""

import re
from dataclasses import dataclass
from typing import Self

from index.terms import split_terms

_SAME = 0.75  # of the terms of two sentences, the least share in common that makes a copy
_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|не|нет|без)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says, for telling a copy from a change: a "not" or a figure is one."""

    terms: frozenset[str]
    figures: frozenset[str]
    negations: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a sentence."""
        terms = frozenset(split_terms(text))
        figures = frozenset(term for term in terms if any(map(str.isdigit, term)))
        return cls(terms, figures, len(_NEGATION.findall(text)))

    def is_copy_of(self, other: Self) -> bool:
        """Tell whether it is the same sentence, but for a word here or there."""
        if (self.figures, self.negations) != (other.figures, other.negations):
            return False
        return len(self.terms & other.terms) >= _SAME * max(1, len(self.terms | other.terms))
