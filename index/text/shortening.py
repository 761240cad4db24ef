"""Text cut to a length at a word (pure)."""


def first_words(text: str, most: int) -> str:
    """Return as many whole words as fit into `most` characters; of a longer word, its beginning."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most]
