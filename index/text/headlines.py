"""How much two headlines have in common (pure)."""

import re


def likeness(one: str, other: str) -> float:
    """Return the share of words that two headlines have in common; 0 if it is below one half.

    It is 1 if one is the beginning of the other: sites cut them at 110 characters here and there.
    """
    words, others = (re.findall(r"\w+", each.casefold()) for each in (one, other))
    fewest = min(len(words), len(others))
    if fewest > 3 and words[:fewest] == others[:fewest]:
        return 1.0
    share = len({*words} & {*others}) / (len({*words, *others}) or 1)
    return share if share >= 0.5 else 0.0
