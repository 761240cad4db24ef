"""Bytes that are not UTF-8 → the encoding that they are in (pure).

chardet ranks the encodings by how their letters follow each other in words. Of those, the one is
taken whose text has no capitals or signs inside words and only letters of its own language.
"""

import codecs
import re
from itertools import pairwise
from typing import NamedTuple

import chardet

from index.formats.languages import guess_language

_ABOUT_AS_SURE = 0.25  # a language that is this much less probable is still as good
_SAMPLE_BYTES = 100_000  # more tells no more about an encoding
# What a label means on the web (https://encoding.spec.whatwg.org/#names-and-labels).
_WEB_CODECS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_DEFAULT_CODEC = "cp1252"  # servers and editors state it unasked: believed if nothing fits better
_CODECS = (
    *("cp1252", "cp1251", "koi8-r", "cp866", "cp1250", "cp1254", "cp1257"),
    *("iso8859-2", "iso8859-5", "iso8859-13", "iso8859-15", "koi8-u"),
    *("mac-roman", "mac-latin2", "mac-cyrillic"),
)
# The letters of a language beyond a to z, small, with those of common loans.
_LETTERS = {
    "en": "éèêëïöüçñáàâåäøíó",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßéèà",
    "es": "áéíñóúüçªº",
    "ca": "àçèéíïòóúü",
    "gl": "áéíñóúüç",
    "it": "àèéìíîòóùú",
    "pt": "áâãàçéêíóôõúüªº",
    "nl": "éèëïöüáóíúêàç",
    "sv": "åäöéàü",
    "da": "æøåéöäü",
    "no": "æøåéöäòóôü",
    "nb": "æøåéöäòóôü",
    "nn": "æøåéöäòóôü",
    "fi": "äöåšžé",
    "is": "áðéíóúýþæö",
    "et": "äõöüšž",
    "cs": "áčďéěíňóřšťúůýžöüä",
    "sk": "áäčďéíĺľňóôŕšťúýžöü",
    "pl": "ąćęłńóśźżéöü",
    "hu": "áéíóöőúüű",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "sl": "čšžćđ",
    "sr": "čćđšžабвгдђежзијклљмнњопрстћуфхцчџш",
    "ro": "ăâîșțşţ",
    "sq": "çë",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "tr": "çğıİöşüâîû",
    "az": "çəğıİöşü",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}

# All but white space and 1A, which ends old DOS files.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"[À-ɏ]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_COMMON_CYRILLIC = re.compile(r"[оеаинтсрвлкмдпуыяьі]", re.IGNORECASE)
_TWO_ALPHABETS = re.compile(r"[Ѐ-ӿ][A-Za-zÀ-ɏ]|[A-Za-zÀ-ɏ][Ѐ-ӿ]")
_ODD_SIGN = re.compile(r"[^\W\d_][¹²³¿¢¥¼½¾¯¡£¤][^\W\d_]|[^\W\d_]{3}[¹³¿]|[^\W\d_]∙[^\W\d_]|[─-◿]")
# A sign beside a letter that does not belong there, a mark that opens after a letter or closes
# before one, a dash inside a word.
_MISPLACED = re.compile(
    r"[^\W\d_][^\w\s!-~’‘‛ʼ·\xad–—…“”«»„‚‹›°™®©]"
    r"|[^\w\s!-~’‘ʼ\xad–—…“”«»„‚‹›°™®©№•¿¡][^\W\d_]"
    r"|[^\W\d_][„‚«‹“‘](?=[^\W\d_]|$)|[^\W\d_][„‚](?=\W)"
    r"|(?:^|\s)[”»›](?=[^\W\d_])|[^\W\d_][”»›](?=[^\W\d_])"
    r"|[a-zß-öø-ÿ]–[a-zß-öø-ÿ]"
)
_ENGLISH_MARKS = re.compile(r"[“”‘’£€]|(?<!\S)[–—](?!\S)")


class _Reading(NamedTuple):
    """How a text looks in one encoding; tags and what is ASCII do not count.

    `foreign` of `letters` are foreign to the text's language, or signs that are misplaced;
    `needs_letters` is false if all are quotation marks and dashes, as in English.
    """

    letters: int
    foreign: int
    needs_letters: bool
    probability: float

    @property
    def cost(self) -> tuple[int, bool]:
        """The less, the likelier."""
        return self.foreign, self.needs_letters

    @classmethod
    def of(cls, text: str) -> "_Reading":
        """Measure a text."""
        lines = (line for line in _TAG.sub("\n", text).splitlines() if not line.isascii())
        language, probability = guess_language(" ".join(lines))
        own = _LETTERS.get(language, "")
        letters = [each for each in text.lower() if each.isalpha() and not each.isascii()]
        misplaced = len(_MISPLACED.findall(text))
        return cls(
            letters=misplaced + len(letters),
            foreign=misplaced + sum(each not in own for each in letters),
            needs_letters=not _ENGLISH_MARKS.sub("", text).isascii(),
            probability=probability,
        )


def detect_encoding(data: bytes, start: int, stated: str | None) -> str | None:
    """Return the stated encoding if it is possible, else the likeliest, else None.

    `start` is the position of the first byte beyond ASCII.
    """
    sample = data[max(0, start - 1000) :][:_SAMPLE_BYTES]
    named = _codec(stated)
    is_possible = named is not None and _is_possible(_read(data, sample, named))
    if is_possible and named != _DEFAULT_CODEC:
        return named
    return _likeliest(data, sample) or (named if is_possible else None)


def _codec(label: str | None) -> str | None:
    """Return the codec of a label; None if there is none, or if it was tried before."""
    try:
        name = codecs.lookup((label or "").strip()).name
        b" ".decode(name)  # some codecs, as "hex", read no text
    except (LookupError, ValueError):
        return None
    is_tried = name.startswith(("utf", "unicode", "raw"))
    return None if is_tried else _WEB_CODECS.get(name, name)


def _likeliest(data: bytes, sample: bytes) -> str | None:
    """Return the encoding under which the fewest letters are foreign; None if none is likely."""
    ranked = chardet.detect_all(
        sample, ignore_threshold=True, include_encodings=_CODECS, compat_names=False
    )
    names = [each["encoding"] for each in ranked if each["encoding"] in _CODECS]
    texts = {name: _read(data, sample, name) for name in names}
    found = {name: _Reading.of(text) for name, text in texts.items() if _is_likely(text)}
    found = {name: each for name, each in found.items() if each.foreign * 5 <= each.letters}
    if not found:
        return None
    least = min(each.cost for each in found.values())
    surest = max(each.probability for each in found.values() if each.cost == least)
    # chardet's order decides between those that are about as good.
    return next(
        name
        for name, each in found.items()
        if each.cost == least and each.probability > surest - _ABOUT_AS_SURE
    )


def _read(data: bytes, sample: bytes, encoding: str) -> str:
    """Return the sample's text if the encoding reads all of the data; else nothing."""
    try:
        data.decode(encoding)
    except UnicodeError:
        return ""
    return sample.decode(encoding, "ignore")


def _is_possible(text: str) -> bool:
    """Tell whether it has words, without control characters or one accent after another."""
    letters = "".join(_WORD.findall(text))
    few_accents = len(_ACCENTED.findall(letters)) * 10 <= len(letters) * 3
    return bool(letters) and few_accents and not CONTROL.search(text)


def _is_likely(text: str) -> bool:
    """Tell whether letters stand as they do in words."""
    if not _is_possible(text) or _ODD_SIGN.search(text):
        return False
    foreign = [word for word in _WORD.findall(text) if not word.isascii()]
    odd = sum(bool(_TWO_ALPHABETS.search(word)) or _has_odd_capital(word) for word in foreign)
    accented, letters = len(_ACCENTED.findall(text)), sum(map(len, foreign))
    if odd * 10 > len(foreign) or (accented > 3 and accented * 10 > letters * 6):
        return False
    cyrillic = len(_CYRILLIC.findall(text))
    return len(_COMMON_CYRILLIC.findall(text)) * 4 >= cyrillic * 3 and cyrillic not in range(1, 4)


def _has_odd_capital(word: str) -> bool:
    """Tell whether a capital beyond A to Z follows a small letter."""
    pairs = pairwise(word)
    return any(a.islower() and b.isupper() and not b.isascii() for a, b in pairs)
