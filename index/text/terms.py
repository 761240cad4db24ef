"""Text → stemmed terms (pure), for the lexical leg: the same for passages and for questions."""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import pairwise

import Stemmer

from index.text.folding import fold_text, plain_latin

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\W_]+")
_NAME = re.compile(r"(?<=.)(?<!\w)[^\W\d_][\w’'-]+|\d[\d,.]*")
# "U.S.", "U.N"; "J. K." and "J.K."
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_](?:\.[^\W\d_])+(?!\w)|[A-ZА-ЯЁ]\.(?: [A-ZА-ЯЁ]\.)+)")
_CYRILLIC = re.compile(r"[а-яё]")
_STEMMERS = {name: Stemmer.Stemmer(name) for name in ("english", "russian")}

# Words that say nothing about the subject: articles, pronouns, auxiliaries, prepositions,
# conjunctions, question words (English and Russian).
STOP_WORDS = frozenset(
    """
    a an the this that these those i me my we us our you your he him his she her it its they them
    their who whom whose which what when where why how is am are was were be been being do does did
    doing have has had having will would shall should can could may might must of at by for with
    about against between into through during before after above below to from up down in out on
    off over under again then once here there all any both each more most other some such no nor
    not only own same so than too very s t d ll m re ve and but if or because as until while also
    many much
    и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее её мне было
    вот от меня о из ему когда даже ну ли если или ни быть был до вас опять уж вам ведь там потом
    себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без чего тоже
    себе под будет ж тогда кто этот того потому этого какой ним здесь этом мой тем чтобы были куда
    зачем при об это какая какие кого кому сколько почему
    """.split()  # noqa: SIM905  # a list literal would take 230 lines
)
_CAPITALS = re.compile(r"\b[A-ZА-ЯЁ]{2,3}\b")  # a longer stop word in capitals is only stressed
_STRESSED = frozenset(["and", "but", "no", "nor", "not", "or", "и", "но", "не", "ни", "или"])
_AUXILIARIES = frozenset(["am", "are", "be", "can", "did", "do", "does", "had", "has", "is", "was"])


def split_terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, repeats kept.

    Marks and invisible characters are ignored, "U.S." is "US", and an acronym that looks like a
    stop word ("WHO", "IT") is a word that carries meaning.
    """
    words = _normalise(text)
    acronyms = _acronyms(words)
    if acronyms:
        return [term for _, _, term in _located_terms(words, acronyms)]
    return [found for word in _WORD.findall(words.casefold()) if (found := _term(word))]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, in order, as they are written but for marks."""
    words = _normalise(text)
    return [word for _, word, _ in _located_terms(words, _acronyms(words))]


def name_terms(question: str) -> frozenset[str]:
    """Return the stems of its names (capitals after the first word) and of its figures."""
    words = _normalise(question)
    names = [
        range(*found.span())
        for found in _NAME.finditer(words)
        if found[0][0].isupper() or found[0][0].isdigit()
    ]
    return frozenset(
        term
        for start, _, term in _located_terms(words, _acronyms(words))
        if any(start in name for name in names)
    )


def without_homographs(question: str) -> str:
    """Return a question with dots in acronyms that would be stop words in small letters: "U.S.".

    Models that don't know capitals read "US" as "us" otherwise.
    """
    folded = fold_text(question)
    acronyms = _acronyms(folded)
    return _CAPITALS.sub(
        lambda found: (
            "".join(f"{letter}." for letter in found[0]) if found.start() in acronyms else found[0]
        ),
        folded,
    )


def _normalise(text: str) -> str:
    folded = fold_text(text)
    if "." not in folded[:-1]:  # most sentences have one at their end
        return folded
    return _DOTTED.sub(lambda found: re.sub(r"\W", "", found[0]), folded)


def _located_terms(text: str, acronyms: Container[int]) -> Iterator[tuple[int, str, str]]:
    """Yield each word that carries meaning: where it starts, the word, its stem."""
    for found in _WORD.finditer(text):
        start, word = found.start(), found[0].casefold()
        # An acronym isn't stemmed; its "'s" goes.
        term = re.sub(r"['’].*", "", word) if start in acronyms else _term(word)
        if term:
            yield start, found[0], term


def _acronyms(text: str) -> set[int]:
    """Return where acronyms start that would be stop words in small letters.

    In a text all in capitals there are none, nor in "WHO IS", where a stop word in capitals stands
    beside another one, and one of them is a verb: that is written in capitals for stress.
    """
    found = [
        each
        for each in _CAPITALS.finditer(text)
        if each[0].casefold() in STOP_WORDS and each[0].casefold() not in _STRESSED
    ]
    if not found or text == text.upper():
        return set()
    stressed: set[int] = set()
    for one, other in pairwise(found):
        is_beside = text[one.end() : other.start()].isspace()
        if is_beside and not _AUXILIARIES.isdisjoint((one[0].casefold(), other[0].casefold())):
            stressed.update((one.start(), other.start()))
    return {each.start() for each in found} - stressed


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    """Return the stem of a lower-case word, empty if it says nothing."""
    word = word.replace("ё", "е")
    if word in STOP_WORDS or re.sub(r"['’].*", "", word) in STOP_WORDS:
        return ""
    return stem(word)


def stem(word: str) -> str:
    """Return the stem of a lower-case word, without accents, apostrophes and separators."""
    bare = re.sub(r"['’](s|с)?$|[.,]", "", word)
    if _CYRILLIC.search(bare):
        stemmed: str = _STEMMERS["russian"].stemWord(bare)
    else:
        stemmed = _STEMMERS["english"].stemWord(plain_latin(bare))
    letters = unicodedata.normalize("NFKD", stemmed)
    return "".join(letter for letter in letters if letter.isalnum())
