"""What is written on a picture, in the language of whoever looks at it (pure)."""

from dataclasses import dataclass

from index.spread import Spread


@dataclass(frozen=True, slots=True)
class Labels:
    """What is written on a picture: its title, and what unknown and small outlets are called."""

    title: str
    unknown: str
    others: str


def english_labels(spread: Spread) -> Labels:
    """Return what a spread is called in English."""
    dated = sum(spread.totals)
    title = f"{dated:,} article{'s' * (dated != 1)} by {spread.unit}"
    if spread.undated:
        title += f" · {spread.undated:,} more without a date"
    if not dated:
        title = f"{spread.undated:,} articles, none with a date"
    return Labels(title, "outlet unknown", f"{spread.other_outlets} others")
