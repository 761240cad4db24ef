"""Parse the dateline of a wire story: place, day and outlet, as far as it gives them (pure)."""

import re
from dataclasses import dataclass

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date

# "YEREVAN, 23 November (BelTA) –", "MINSK (Reuters) -", "NUR-SULTAN, Jan 19, 2022 (AP) —"
_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_a-zа-яё][^\d()\n]{1,60}?)"
    r"(?:,\s*(?P<day>[^()\n,]*\d[^()\n]{0,30}?))?"
    r"\s*\((?P<outlet>[^\W\d_a-zа-яё][^()\n]{1,39})\)\s*[–—-]+(?:\s+|$)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A parsed dateline; `end` is the position of the first character after it."""

    place: str
    outlet: str
    published: PartialDate | None
    end: int


def read_dateline(text: str, start: int = 0) -> Dateline | None:
    """Return the dateline at `start`, or None if the text opens without one."""
    match = _DATELINE.match(text, start)
    # Without a day, only capitals tell a place from a sentence with an aside in brackets.
    if match is None or not (match["day"] or match["place"].isupper()):
        return None
    return Dateline(match["place"], match["outlet"], read_date(match["day"]), match.end())
