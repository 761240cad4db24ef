"""Which rows that are in Milvus already belong to a new edition (pure).

An article's rows are kept if this build would write them again as they are, but for one allowance:
the mean length of a passage, on which every weight depends, may have moved by `MOST_DRIFT`. Beyond
that all rows are written again, with the same vectors.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from index.milvus.rows import fields_hash, indexed_terms
from index.milvus.weighting import NameSearch, Weighting, has_drifted
from index.milvus.written import Numbered, Written
from index.models import Article
from index.text.acronyms import Acronyms
from index.text.segmentation import TokenCounter, segment_article

_MEASURED = 10_000  # new articles, from all over the coverage, that tell how long passages are

# They are read more than once.
Articles = Callable[[], Iterable[Article]]


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """How the terms of an edition weigh, and the articles by id whose rows are kept."""

    weighting: Weighting
    kept: Mapping[str, Numbered]


def plan_edition(
    articles: Articles,
    written: Sequence[Written],
    acronyms: Acronyms,
    mean_length: Callable[[Mapping[str, Numbered]], float],
) -> EditionPlan:
    """Return what an edition of these articles keeps of what is written.

    `acronyms` are those that the articles explain. `mean_length` returns the mean number of terms
    of a passage; it is given those of the articles that have not changed since they were written.
    """
    hashes = {each.id: fields_hash(each) for each in articles()}
    unchanged = [_unchanged(each, hashes) for each in written]
    mean = mean_length({name: one for some in unchanged[::-1] for name, one in some.items()})
    used = [
        each.weighting.average_length
        for each, some in zip(written, unchanged, strict=True)
        if some  # the weights of a killed build with other articles say nothing about these
    ]
    average = next((each for each in used if not has_drifted(each, mean)), mean)
    kept: dict[str, Numbered] = {}
    # The current edition comes first, and is preferred to what a killed build has left.
    for each, some in reversed(list(zip(written, unchanged, strict=True))):
        if each.weighting.average_length == average:
            search = NameSearch(each.weighting.acronyms, acronyms)
            kept |= _without_names(some, articles, search) if search else some
    return EditionPlan(Weighting(average, acronyms), kept)


def measured_length(
    articles: Articles,
    known: Mapping[str, Numbered],
    acronyms: Acronyms,
    counter: TokenCounter,
) -> float:
    """Return the mean number of terms of a passage, 1 if none has any; `known` say theirs.

    Of more than `_MEASURED` others, every n-th is measured.
    """
    terms = sum(stored.terms or 0 for _, stored in known.values())
    passages = sum(stored.passages for _, stored in known.values())
    step = 1 + sum(each.id not in known for each in articles()) // _MEASURED
    for article in islice((each for each in articles() if each.id not in known), 0, None, step):
        lengths = [len(each) for each in indexed_terms(segment_article(article, counter), acronyms)]
        terms += step * sum(lengths)
        passages += step * len(lengths)
    return terms / passages if terms else 1.0


def _unchanged(written: Written, hashes: Mapping[str, str]) -> dict[str, Numbered]:
    return {
        name: (number, stored)
        for name, (number, stored) in written.articles.items()
        if hashes.get(name) == stored.fields_hash
    }


def _without_names(
    some: Mapping[str, Numbered], articles: Articles, search: NameSearch
) -> dict[str, Numbered]:
    return {
        each.id: some[each.id] for each in articles() if each.id in some and not search.finds(each)
    }
