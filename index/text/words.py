"""Words of any script (pure): how many a text has, and which pieces of it are whole ones."""

import re
import unicodedata

# Scripts without spaces between words, and how many of their characters make about one word.
_HAN_AND_KANA = re.compile(
    "[\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
_THAI_LAO_MYANMAR_KHMER = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
    "\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f]"
)
_UNSPACED = ((_HAN_AND_KANA, 2), (_THAI_LAO_MYANMAR_KHMER, 5))
_WORD = re.compile(r"[^\W\d_]{2,}")


def count_words(text: str) -> int:
    """Return the number of words of two letters or more; a vowel sign counts as a letter.

    In scripts without spaces it is estimated from the number of characters.
    """
    if text.isascii():
        return len(_WORD.findall(text))
    count = 0
    for script, characters in _UNSPACED:
        text, found = script.subn(" ", text)
        count += found // characters
    return count + len(_WORD.findall("".join(map(_as_letters, text))))


def is_whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether neither `start` nor `end` is inside a word, or between a letter and its mark.

    In scripts without spaces a word can begin and end at any character.
    """
    return not (_is_inside_word(text, start) or _is_inside_word(text, end))


def _is_inside_word(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    return _is_mark(text[place]) or all(map(_is_of_spaced_word, text[place - 1 : place + 1]))


def _is_of_spaced_word(sign: str) -> bool:
    is_unspaced = any(script.match(sign) for script, _ in _UNSPACED)
    return (sign.isalnum() or sign == "_" or _is_mark(sign)) and not is_unspaced


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def _as_letters(sign: str) -> str:
    """Return a letter for a vowel sign, nothing for an accent or an invisible character."""
    if _is_mark(sign):
        return "" if unicodedata.combining(sign) else "a"
    return "" if unicodedata.category(sign) == "Cf" else sign
