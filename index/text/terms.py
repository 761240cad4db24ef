"""Text → stemmed terms (pure), for the lexical leg: the same for passages and for questions."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\W_]+")
_NAME = re.compile(r"(?<=.)(?<!\w)[A-ZА-ЯЁ][\w’'-]+|\d[\d,.]*")
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


def split_terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, repeats kept."""
    return [found for word in _WORD.findall(text.casefold()) if (found := _term(word))]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, in order, as they are written."""
    return [match[0] for match in _WORD.finditer(text) if _term(match[0].casefold())]


def name_terms(question: str) -> frozenset[str]:
    """Return the stems of its names (capitals behind the first word) and of its figures."""
    return frozenset(term for name in _NAME.findall(question) for term in split_terms(name))


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    """Return the stem of a lower-case word, empty where the word says nothing."""
    if word in STOP_WORDS or re.sub(r"['’].*", "", word) in STOP_WORDS:
        return ""
    return stem(word)


def stem(word: str) -> str:
    """Return the stem of a lower-case word, without accents, apostrophes and separators."""
    bare = re.sub(r"['’](s|с)?$|[.,]", "", word)
    language = "russian" if _CYRILLIC.search(bare) else "english"
    stemmed: str = _STEMMERS[language].stemWord(bare)
    letters = unicodedata.normalize("NFKD", stemmed)
    return "".join(letter for letter in letters if letter.isalnum())
