"""Bytes → text, by what the bytes and their sender say of the encoding."""

from charset_normalizer import from_bytes


def decode(data: bytes, stated: str | None = None) -> str:
    """Return the text; `stated` is the encoding that came with it, if any."""
    for encoding in (stated, "utf-8-sig"):
        try:
            if encoding:
                return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    best = from_bytes(data).best()
    return str(best) if best else data.decode("utf-8", "replace")
