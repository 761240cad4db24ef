"""Feeds and sitemaps as UTF-8 (pure), whatever their labels say of their encoding."""

import re

from index.errors import NotTextError
from index.formats.decoding import decode_page, find_stated

_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*\?>")


def as_utf8(data: bytes, charset: str | None = None) -> bytes:
    """Return the XML in UTF-8 and without a declaration of its encoding.

    `charset` is the encoding that the host states. Many servers state one encoding for all
    files, so valid UTF-8 is read as UTF-8; for other bytes the document's own declaration takes
    precedence over the host's, and neither is used if the bytes contradict it. Bytes that cannot
    be decoded become U+FFFD.
    Binary data are returned as they are.
    """
    labels = (label for label in (find_stated(data), charset) if label)
    old = next(
        (label for label in labels if not label.lower().startswith(("utf", "unicode"))), None
    )
    try:
        text = decode_page(data, old or "utf-8")
    except NotTextError:
        return data
    utf8 = text.encode("utf-8", "replace")
    declaration = _DECLARATION.match(utf8)
    return utf8[declaration.end() :] if declaration else utf8
