"""Acronyms that texts explain: "Collective Security Treaty Organization (CSTO)" (pure).

The rule is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions
in biomedical text, 2003), made stricter: every word of the name gives its initial, but for stop
words and one word after them at the end ("Disease Control and Prevention"). So acronyms are learnt
from the coverage alone, in any language with capitals.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from index.text.folding import fold_text
from index.text.terms import STOP_WORDS, split_terms

_SHORT = r"[^\W\d_]{3,10}"  # of two letters, most stand for several names
_BRACKETS = re.compile(r"\(\s*(?:the\s+)?([^()\n]{2,120}?)\s*\)")
_BEFORE = 120  # characters before a bracket, in which the name is
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_BREAK = re.compile(r"[.;:!?()«»“”\"\n]\s")  # no name goes on after it
_LAST_SHORT = re.compile(rf"(?<!\w)({_SHORT})\W{{0,2}}\s*$")

Name = tuple[str, ...]  # the stems of a name, in order


class Acronyms:
    """Which names have an acronym; both are terms (see `index/text/terms.py`)."""

    def __init__(self, names: Mapping[Name, str] | None = None) -> None:
        self.names = dict(names or {})
        self._by_first: dict[str, list[Name]] = defaultdict(list)
        for name in sorted(self.names, key=len, reverse=True):
            self._by_first[name[0]].append(name)

    def add_to(self, terms: Sequence[str]) -> list[str]:
        """Return the terms of a text with the acronym of each name in it, after the name."""
        return [each for part, short in self._parts(terms) for each in (*part, *short)]

    def in_place_of_names(self, terms: Sequence[str]) -> list[str]:
        """Return the terms of a question with acronyms in the place of names."""
        return [each for part, short in self._parts(terms) for each in short or part]

    def _parts(self, terms: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """Yield runs of terms, a name with its acronym or another term without one."""
        row = 0
        while row < len(terms):
            name = next(
                (
                    name
                    for name in self._by_first.get(terms[row], ())
                    if tuple(terms[row : row + len(name)]) == name
                ),
                None,
            )
            part = name or (terms[row],)
            yield part, ([self.names[name]] if name else [])
            row += len(part)


class AcronymLearner:
    """Collects what the articles of a coverage explain."""

    def __init__(self) -> None:
        self._articles: dict[str, Counter[Name]] = defaultdict(Counter)
        self._small: Counter[str] = Counter()

    def read(self, text: str, small: Collection[str]) -> None:
        """Read an article; `small` are its words in small letters."""
        for short, name in set(find_definitions(text)):
            self._articles[short][name] += 1
        self._small.update(small)

    def learnt(self) -> Acronyms:
        """Return the acronyms that stand for one name.

        Left out are those that are ordinary words, too ("ICE"), or that no name has more than half
        of. Of a name's other forms, those count that share half of its words.
        """
        found: dict[Name, tuple[int, str]] = {}
        small = self._small_terms()
        for short, names in self._articles.items():
            name, count = names.most_common(1)[0]
            is_word = short not in STOP_WORDS and small[short] > names.total()
            if 2 * count <= names.total() or is_word:
                continue
            for other, articles in names.items():
                is_form = 2 * len(set(other) & set(name)) >= len(name)
                if is_form and (articles, short) > found.get(other, (0, "")):
                    found[other] = (articles, short)
        return Acronyms({name: short for name, (_, short) in found.items()})

    def _small_terms(self) -> Counter[str]:
        """Return how many articles have a word in small letters, by term, as acronyms are kept."""
        openings = {short[:3] for short in self._articles}
        counted: Counter[str] = Counter()
        for word, articles in self._small.items():
            if word[:3] in openings:
                counted.update(dict.fromkeys(split_terms(word), articles))
        return counted


def find_definitions(text: str) -> Iterator[tuple[str, Name]]:
    """Yield each acronym that the text explains, and the name; both as terms."""
    if "(" not in text:
        return
    text = fold_text(text)
    for found in _BRACKETS.finditer(text):
        inside, before = found[1], text[max(0, found.start() - _BEFORE) : found.start()]
        if re.fullmatch(_SHORT, inside):
            pair = (inside, _name_before(_BREAK.split(before)[-1], inside))
        elif short := _LAST_SHORT.search(before):
            pair = (short[1], _whole_name(inside, short[1]))
        else:
            continue
        short_term, name = _term(pair[0]), tuple(split_terms(pair[1]))
        has_figure = any(map(str.isdigit, pair[1]))
        if short_term and len(name) > 1 and short_term not in name and not has_figure:
            yield short_term, name


def _name_before(text: str, short: str) -> str:
    """Return the shortest end of a text that the acronym stands for, empty if there is none."""
    letters = _letters(short)
    words = list(_WORD.finditer(text))
    for count in range(2, min(len(letters) + 5, 2 * len(letters), len(words)) + 1):
        some = [word[0] for word in words[-count:]]
        if some[0].casefold() not in STOP_WORDS and _stands_for(letters, tuple(some)):
            return text[words[-count].start() :]
    return ""


def _whole_name(text: str, short: str) -> str:
    letters = _letters(short)
    words = tuple(word[0] for word in _WORD.finditer(text))
    is_name = 2 <= len(words) <= len(letters) + 5 and _stands_for(letters, words)
    return text if is_name else ""


def _letters(short: str) -> str:
    """Return the letters of an acronym, without the "s" of its plural; empty if it is none."""
    bare = short.removesuffix("s") if short[:-1].isupper() else short
    capitals = sum(map(str.isupper, bare))
    return bare.casefold() if capitals >= 2 and 2 * capitals >= len(bare) else ""


@lru_cache(maxsize=1000)
def _stands_for(letters: str, words: tuple[str, ...]) -> bool:
    """Tell whether the words, in order, give the letters: each its initial, and more after it."""
    if not letters:
        return not words or (len(words) == 2 and words[0].casefold() in STOP_WORDS)
    if not words:
        return False
    word, rest = words[0].casefold(), words[1:]
    if word in STOP_WORDS and _stands_for(letters, rest):
        return True
    most = _letters_given(word, letters)
    return any(_stands_for(letters[count:], rest) for count in range(1, most + 1))


def _letters_given(word: str, letters: str) -> int:
    """Return how many of the first letters a word has, in order, from its initial on."""
    count, place = 0, 0
    while count < len(letters) and (found := word.find(letters[count], place)) >= 0:
        if count == 0 and found:
            return 0
        count, place = count + 1, found + 1
    return count


def _term(short: str) -> str:
    singular = short.removesuffix("s") if short[:-1].isupper() else short
    found = split_terms(f"of {singular}")  # beside small letters: not a text all in capitals
    return found[0] if len(found) == 1 else ""
