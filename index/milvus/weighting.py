"""How the terms of passages are weighted, and when a build weights them anew (pure).

The weight of a term in a passage is its part of BM25 but for the idf, which the question brings: so
only two things can make stored weights stale. One is the mean length of a passage. Where a weight
was made for the mean `used` and the mean is `now`, both differ by less than the larger of
`used / now` and `now / used`, as the length is only a part of the denominator; and those of all
passages differ in the same direction. The other is an acronym, which is a term of the passages that
hold its name: those are written again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from index.models import Article
from index.text.acronyms import Acronyms
from index.text.bm25 import K1, B
from index.text.terms import split_terms

MOST_DRIFT = 0.05  # of the mean length of a passage, and so the most that a weight is off
_MOST_TERMS = 2**32 - 2  # numbers of terms, as Milvus allows them
_NOTHING = 0  # the term of a passage without terms, as Milvus stores no empty vector
_MOST, _LONGEST = 255, 65_535  # of a count and a length, as in a snapshot's inverted index


@dataclass(frozen=True, slots=True)
class Weighting:
    """What the weights of an edition's terms depend on.

    `average_length` is the number of terms of a usual passage; `acronyms` are those that the
    articles explain.
    """

    average_length: float
    acronyms: Acronyms


def has_drifted(used: float, now: float) -> bool:
    """Tell whether the mean length of passages is too far from the one that weights are made for.

    Both are above 0.
    """
    return max(used / now, now / used) > 1 + MOST_DRIFT


class NameSearch:
    """Finds the articles whose terms depend on which of two sets of acronyms is used."""

    def __init__(self, one: Acronyms, other: Acronyms) -> None:
        pairs = (one.names.items() ^ other.names.items()) if one.names != other.names else ()
        self._names = Acronyms(dict(pairs))

    def __bool__(self) -> bool:
        return bool(self._names.names)

    def finds(self, article: Article) -> bool:
        """Tell whether the article holds a name whose acronym is in one of the sets only."""
        return any(
            len(self._names.add_to(terms)) > len(terms)
            for terms in map(split_terms, (article.headline, article.text))
        )


def term_number(term: str) -> int:
    """Return the number of a term, the same on every machine.

    Of ten million terms, one in 430 shares its number with another: a question with that word may
    then find passages that lack it, which sentence scores put below the others.
    """
    digest = blake2b(term.encode(), digest_size=8).digest()
    return 1 + int.from_bytes(digest, "big") % _MOST_TERMS


def term_weights(terms: Sequence[str], average: float) -> dict[int, float]:
    """Return a passage's part of BM25 by term: times the question's idf, their sum is BM25.

    `terms` keep their repeats; `average` is the number of terms of a usual passage.
    """
    norm = K1 * (1 - B + B * min(len(terms), _LONGEST) / (average or 1.0))
    counts = {term: min(count, _MOST) for term, count in Counter(terms).items()}
    weights = {term_number(each): n * (K1 + 1) / (n + norm) for each, n in counts.items()}
    return weights or {_NOTHING: 1.0}


def weighting_fields(weighting: Weighting) -> dict[str, Any]:
    """Return the weighting as fields of JSON; `read_weighting` reads them."""
    acronyms = weighting.acronyms.names
    return {
        "average_length": weighting.average_length,
        "acronyms": {" ".join(name): short for name, short in acronyms.items()},
    }


def read_weighting(fields: Mapping[str, Any]) -> Weighting:
    """Return the weighting of such fields."""
    acronyms = {tuple(name.split()): each for name, each in fields["acronyms"].items()}
    return Weighting(fields["average_length"], Acronyms(acronyms))
