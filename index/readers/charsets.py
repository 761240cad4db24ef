"""Bytes that are no UTF-8 → their old encoding, told by how letters stand in words (pure)."""

import codecs
import re

from charset_normalizer import from_bytes

_DETECTED = ["cp1251", "cp1252", "koi8_r", "cp866"]  # what English and Russian texts come in
_LOOKED_AT = 100_000  # bytes; more tells no more about an encoding
# What a label means on the web (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# All but white space and 1A, which ends old DOS files.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_ACCENTED = re.compile(r"[À-ɏ]")
_COMMON = re.compile(r"[оеаинтсрвлкмдпуыяьі]", re.IGNORECASE)
_ODD_WORD = re.compile(r"[а-яё][А-ЯЁ]|[ЂЃѓЉЊЏЅЈ]|[Ѐ-ӿ][A-Za-zÀ-ɏ]|[A-Za-zÀ-ɏ][Ѐ-ӿ]")
_ODD_SIGN = re.compile(r"[^\W\d_][¹²³¿¢¥¼½¾¯¡£¤][^\W\d_]|[^\W\d_]{3}[¹³¿]|[─-◿]")


def detect_encoding(data: bytes, start: int, stated: str | None) -> str | None:
    """Return the stated encoding where it is possible, else a likely one, else None.

    `start` is where the first byte beyond ASCII stands.
    """
    sample = data[max(0, start - 1000) :][:_LOOKED_AT]
    if (named := _codec(stated)) and _is_possible(_read(data, sample, named)):
        return named
    found = from_bytes(sample, threshold=1.0, cp_isolation=_DETECTED, preemptive_behaviour=False)
    for match in found:  # the best first
        if _is_likely(_read(data, sample, match.encoding)):
            return match.encoding
    return None


def _codec(stated: str | None) -> str | None:
    """Return the codec behind a label; None for none, and for those that need no label."""
    try:
        name = codecs.lookup((stated or "").strip()).name
        b" ".decode(name)  # some codecs, as "hex", read no text
    except (LookupError, ValueError):
        return None
    is_checked_already = name.startswith(("utf", "unicode", "raw"))
    return None if is_checked_already else _MEANT.get(name, name)


def _read(data: bytes, sample: bytes, encoding: str) -> str:
    """Return the sample's text where the encoding reads all of the data; else nothing."""
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
    """Tell whether letters stand as they do in words; read in a wrong encoding, they don't.

    Measured on Russian and English pieces of 1 to 80 words: windows-1251 and -1252 are never
    mistaken for another from 3 words on, KOI8-R from 8; shorter ones are sometimes refused.
    """
    foreign = [word for word in _WORD.findall(text) if not word.isascii()]
    odd = sum(bool(_ODD_WORD.search(word)) for word in foreign)
    if not _is_possible(text) or _ODD_SIGN.search(text) or odd * 10 > len(foreign):
        return False
    accented, letters = len(_ACCENTED.findall(text)), sum(map(len, foreign))
    if accented > 3 and accented * 10 > letters * 6:
        return False
    cyrillic = len(_CYRILLIC.findall(text))
    return len(_COMMON.findall(text)) * 4 >= cyrillic * 3 and cyrillic not in range(1, 4)
