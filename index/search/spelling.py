"""Names that the coverage spells otherwise: with another letter, or in another script."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.store.base import Store
from index.text.folding import fold_text
from index.text.names import SHORTEST, KnownName, latin
from index.text.terms import content_words, split_terms

_LONG_ENOUGH = 6  # letters; in shorter names, another letter is mostly another name
_NO_COMMON_WORD = 8  # letters; a shorter one may be "marine" and not Marina if no capital tells
_CLEARLY = 3  # times as many articles as have the next one


@dataclass(frozen=True, slots=True)
class Respelling:
    """A question with `names` as the coverage spells them.

    `transliterated` are the terms of those that the question has in another script.
    """

    text: str
    names: tuple[str, ...] = ()
    transliterated: frozenset[str] = frozenset()


def respell(question: str, unknown: Container[str], store: Store) -> Respelling:
    """Return the question with its `unknown` terms as the coverage spells them, if they are names.

    A word is taken for a name if it has a capital, or if the question has none. If no capital
    can tell, in the first word or without any, a letter of a short one is not changed.
    """
    text = fold_text(question)
    has_capitals = text[1:] != text[1:].lower()
    names: dict[str, KnownName] = {}
    for word in dict.fromkeys(re.sub(r"['’].*", "", each) for each in content_words(text)):
        terms = split_terms(word)
        if len(word) < SHORTEST or len(terms) != 1 or terms[0] not in unknown:
            continue
        if not word[0].isupper() and has_capitals:
            continue
        is_told = word[0].isupper() and not text.startswith(word)
        most = 1 if is_told or len(word) >= _NO_COMMON_WORD else 0
        if name := _nearest(word, terms[0], store, most):
            text = re.sub(rf"(?<!\w){word}(?!\w)", name.spelling, text)
            names[word] = name
    return Respelling(
        text,
        tuple(dict.fromkeys(name.spelling for name in names.values())),
        frozenset(n.term for word, n in names.items() if _script(word) != _script(n.spelling)),
    )


def _nearest(word: str, term: str, store: Store, letters: int) -> KnownName | None:
    """Return the name that differs least, by at most `letters`; None if two are as likely."""
    spellings = {latin(term), latin(word.casefold())} - {""}
    known = {name.term: name for each in spellings for name in store.names(each[:1])}
    for most in range(letters + 1):
        near = {name for each in spellings for name in _within(most, each, known)}
        ranked = sorted(near, key=lambda each: (-each.articles, each.term))
        if ranked:
            is_clear = len(ranked) == 1 or ranked[0].articles >= _CLEARLY * ranked[1].articles
            return ranked[0] if is_clear else None
    return None


def _within(most: int, spelling: str, known: dict[str, KnownName]) -> list[KnownName]:
    """Return the names with at most this many letters changed, missing, added or swapped.

    In a short word, only two letters may be swapped.
    """
    choices = {term: name.latin for term, name in known.items()}
    found = extract(spelling, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [known[term] for name, _, term in found if _may_be_meant(spelling, name)]


def _may_be_meant(spelling: str, name: str) -> bool:
    """Tell whether it may be the same name: Petrova is not Petrov."""
    if spelling in (f"{name}a", f"{name.removesuffix('a')}"):
        return spelling == name
    return len(spelling) >= _LONG_ENOUGH or sorted(name) == sorted(spelling)


def _script(word: str) -> str:
    return unicodedata.name(word[0]).split()[0]
