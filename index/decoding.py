"""Bytes → text, by what the bytes and their sender say of the encoding."""

from charset_normalizer import from_bytes


class NotTextError(ValueError):
    """The bytes are no text, or no encoding fits."""


def decode(data: bytes, stated: str | None = None) -> str:
    """Return the text; `stated` is the encoding that came with it. Raises NotTextError."""
    for encoding in ("utf-8-sig", stated):
        try:
            if encoding:
                return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    best = from_bytes(data).best()
    if best is None:
        raise NotTextError("no text in any known encoding")
    return str(best)


def decode_page(data: bytes, stated: str | None = None) -> str:
    """Return an HTML page as `decode` does, but with U+FFFD for what cannot be read."""
    try:
        return decode(data, stated)
    except NotTextError:
        return data.decode("utf-8", "replace")
