"""Spellings that look or mean the same → one (pure), for comparing words; never for quoting."""

import re
import unicodedata

from anyascii import anyascii

# What changes no word: soft hyphens, characters without width, marks of direction, variation
# selectors, Arabic's tatweel; and the marks above and below letters that Unicode has no single
# letter for: stress, Hebrew's points, Arabic's harakat. The vowel signs of India are letters.
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f"
    "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
# "İ" would become two characters in small letters.
_ALIKE = str.maketrans(dict.fromkeys("ʻʼʹ‘‛′`", "’") | {"İ": "I"})
_LATIN_BEYOND_ASCII = re.compile("[\u00c0-\u02af\u1e00-\u1eff]+")


def fold_text(text: str) -> str:
    """Return the text without what changes no word, in capitals as it was.

    Ligatures, full-width letters, superscripts and the like become the usual characters.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text)
    return _IGNORED.sub("", composed).translate(_ALIKE)


def plain_latin(word: str) -> str:
    """Return a word with its Latin letters as those of English: "ł" as "l", "æ" as "ae"."""
    if word.isascii():
        return word
    return _LATIN_BEYOND_ASCII.sub(lambda found: anyascii(found[0]), word)
