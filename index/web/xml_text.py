"""Feeds and sitemaps as UTF-8 (pure), whatever their labels say of their encoding."""

import re

from index.errors import NotTextError
from index.readers.decoding import decode_page, find_stated

_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*\?>")


def as_utf8(data: bytes, charset: str | None = None) -> bytes:
    """Return the XML in UTF-8 and without a declaration of its encoding.

    `charset` is the encoding that the host states. Servers label all files alike, so what is valid
    UTF-8 is UTF-8, and for other bytes the document's own declaration goes before the host's
    label; neither is believed if the bytes contradict it. What stays unreadable becomes U+FFFD.
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
