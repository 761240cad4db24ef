"""Counts in English messages (pure)."""


def counted(count: int, noun: str) -> str:
    """Return "1 article", or "2,000 articles"; for nouns that only add an s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
