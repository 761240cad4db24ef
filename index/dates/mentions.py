"""Dates that a text mentions, in any of the languages of `names`."""

import re
from collections.abc import Iterator

from index.dates.names import MONTHS
from index.dates.partial_date import PartialDate
from index.dates.reading import parse_date

_DAY = r"\d{1,2}(?:st|nd|rd|th|-?(?:го|е))?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
# What stands before a year: there may be 2000 men too.
_BEFORE_A_YEAR = "in|of|since|during|until|by|from|between|early|mid|late|в|с|до|из|между"
_LED_YEAR = rf"(?:{_BEFORE_A_YEAR})[\s-]+(?P<year>{_YEAR})"
_DATE = re.compile(
    rf"(?<![\w.])(?:(?P<date>(?:{_DAY}\.?\s+(?:of\s+|de\s+)?)?(?:{_MONTH})\b\.?(?:\s+{_DAY}(?![\w:]))?"
    rf"(?:,?\s+(?:of\s+|de\s+)?{_YEAR})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
    rf"|{_LED_YEAR})(?!\.?\w)",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[PartialDate]:
    """Yield the dates that are written out in a text, in order; "in 1999" is one too."""
    found = (parse_date(match["date"] or match["year"]) for match in _DATE.finditer(text))
    return (known for known in found if known)
