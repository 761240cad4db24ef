"""Bytes → text (pure): exactly as written, or an error; never a replacement character.

Tried in this order: the byte order mark, strict UTF-8, the encoding that the page or its sender
states, then detection among old encodings (`charsets`).
"""

import codecs
import re

from index.errors import NotTextError, UnknownEncodingError
from index.formats.charsets import CONTROL, detect_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive (.docx and .epub are such)",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
}
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_MARKS = re.compile("^\ufeff+", re.MULTILINE)
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_STATED = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_STATED_XML = re.compile(rb"<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w.:-]+)")


def decode(data: bytes, stated: str | None = None) -> str:
    """Return the text of a whole file, line breaks included, without the byte order mark.

    `stated` is the encoding that the file or its sender declares; it is used if it fits.

    Raises:
        NotTextError: binary data or damaged text.
        UnknownEncodingError: the encoding cannot be determined.
    """
    return without_marks(data.decode(find_encoding(data, stated)))


def without_marks(text: str) -> str:
    """Return the text without byte order marks before a line, as in two files put together."""
    return _MARKS.sub("", text) if "\ufeff" in text else text


def decode_page(data: bytes, stated: str | None = None) -> str:
    """Return an HTML page as `decode` does, but with U+FFFD for undecodable bytes.

    Often they belong to a description cut in the middle of a character, far from the article. The
    caller rejects an article whose text contains U+FFFD.
    """
    try:
        return decode(data, stated or find_stated(data))
    except UnknownEncodingError:
        return data.decode("utf-8", "replace")


def find_encoding(data: bytes, stated: str | None = None) -> str:
    """Return the name of the codec that decodes all of the data; raises as `decode` does."""
    for start, name in _BINARY.items():
        if data.startswith(start):
            raise NotTextError(f"{name}, not text: save its content as text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            _check(data, encoding)
            return encoding
    if (b"\0" in data or b"\4" in data) and (wide := _find_wide(data)):
        return wide
    if data.count(0) * 10 > len(data):
        raise NotTextError("binary data, not text")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _find_old(data, error.start, stated)
    return "utf-8"


def find_stated(data: bytes) -> str | None:
    """Return the encoding that a page declares in its first 2,000 bytes, as HTML or as XML."""
    head = data[:2000]
    found = _STATED.search(head) or _STATED_XML.match(head.lstrip())
    return found[1].decode("ascii") if found else None


def _check(data: bytes, encoding: str) -> None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise NotTextError(f"damaged {name} (byte {error.start}): save it as UTF-8") from None


def _find_wide(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 variant without a mark that gives ordinary letters, if any."""
    if len(data) < 8:
        return None
    for encoding in _WIDE:
        try:
            text = data.decode(encoding)[:2000]
        except UnicodeDecodeError:
            continue
        ordinary = sum(one < "\u0600" or "\u2000" <= one < "\u20d0" for one in text)
        if not CONTROL.search(text) and ordinary * 10 >= len(text) * 9:
            return encoding
    return None


def _find_old(data: bytes, start: int, stated: str | None) -> str:
    readable = data.decode("utf-8", "ignore")
    dropped = len(data) - len(readable.encode())
    if sum(not character.isascii() for character in readable) > dropped:
        raise UnknownEncodingError(f"damaged UTF-8 (byte {start}): save it as UTF-8")
    if encoding := detect_encoding(data, start, stated):
        return encoding
    if len(_CONTROL_BYTE.findall(data)) * 50 > len(data):
        raise NotTextError("binary data, not text")
    raise UnknownEncodingError(f"not UTF-8 (byte {start}) and no other encoding: save it as UTF-8")
