"""Parse the dateline of a wire story: place, day and outlet, as far as it gives them (pure)."""

import re
from dataclasses import dataclass

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date
from index.text.agencies import NEWS_AGENCIES, pattern_of

# So that an agency is known as one wherever it stands.
_KNOWN = pattern_of(NEWS_AGENCIES)

_PLACE = r"(?P<place>(?!By\s|Von\s|Par\s|Por\s|Di\s)[^\W\d_a-zа-яё][^\d()/\n]{1,60}?)"
_PLACES = _PLACE.replace("/", "", 1)  # PARIS/ROME
_DAY = (
    r"(?P<day>(?:\d{1,2}\.?\s+[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.?\s+\d{1,2})(?:,?\s+\d{4})?)"
    r"(?:\s+г(?:ода|\.)|\s+d\.)?"
)
_NAME = rf"(?P<outlet>(?i:{_KNOWN})|[^\W\d_a-zа-яё][^()/\n]{{1,39}})"
_UPPER = "A-ZА-ЯЁІЇЄҐЎ"
_IN_CAPITALS = rf"[{_UPPER}][{_UPPER}.-]{{2,20}}(?:\s[{_UPPER}][\w-]+)?"
_CAPITALS = rf"(?P<outlet>{_IN_CAPITALS})"
_AFTER_DAY = rf"(?P<outlet>(?i:{_KNOWN})\b|{_IN_CAPITALS})"
_DASH = r"\s*[–—_-]+(?:\s+|$)"
# The usual forms of news agencies, each with an example.
_FORMS = tuple(
    re.compile(rf"\s*{form}")
    for form in (
        # YEREVAN, 23 November (BelTA) – · KYIV, Ukraine (AP) — · KYIV. Nov 23 (Interfax). -
        rf"{_PLACES}(?:[.,]\s*{_DAY})?\s*\({_NAME}\)\.?{_DASH}",
        # NEW DELHI, Nov 23 (PTI) · Vilnius, lapkričio 23 d. (BNS).
        rf"{_PLACES}[.,]\s*{_DAY}\s*\((?P<agency>{_NAME})\)\.?\s+",
        # Praha 23. listopadu (ČTK) -
        rf"{_PLACE}\s+{_DAY}\s*\((?P<agency>{_NAME})\)\.?{_DASH}",
        # Nov 23 (Reuters) - · (Reuters) -
        rf"(?:{_DAY}\s*)?\({_NAME}\)\.?{_DASH}",
        # NEW YORK--(BUSINESS WIRE)--
        rf"{_PLACE}--\({_NAME}\)--\s*",
        # MOSCOW, November 23. /TASS/. · Baku, Azerbaijan, November 23 /Trend/ -
        rf"{_PLACE}[.,]\s*(?:{_DAY}[.,]?\s*)?/(?:Корр\.\s*)?{_NAME}/\.?(?:{_DASH}|\s+|$)",
        # 23 ноября, Минск /Корр. БЕЛТА/.
        rf"{_DAY},\s*{_PLACE}[.,]?\s*/(?:Корр\.\s*)?{_NAME}/\.?(?:{_DASH}|\s+|$)",
        # Москва. 23 ноября. ИНТЕРФАКС.RU - · ASTANA. KAZINFORM –
        rf"{_PLACE}\.\s+(?:{_DAY}\.?\s+)?{_CAPITALS}{_DASH}",
        # КИЇВ. 23 листопада. УНН.
        rf"{_PLACE}\.\s+{_DAY}\.?\s+{_AFTER_DAY}\.\s+",
        # YEREVAN, NOVEMBER 23, ARMENPRESS. · МОСКВА, 23 ноя - РИА Новости. · RIGA, Nov 23, LETA -
        rf"{_PLACE},\s*{_DAY}(?:,\s+|{_DASH}){_AFTER_DAY}(?:[.,](?:\s+|$)|{_DASH})",
        # CNN — · Paris CNN —
        rf"(?:{_PLACE}\s+)?(?P<agency>(?P<outlet>CNN)(?:\s+Business)?)\s*—\s+",
    )
)
# What stands in brackets or capitals over a story and is no outlet.
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедельник|вторник|сред[аы]|четверг|пятниц[аы]|"
    r"суббот[аы]|воскресенье"
)
_WEEKDAY = re.compile(rf",\s*(?:{_DAYS})$", re.IGNORECASE)
_NO_OUTLET = re.compile(
    r"(?:up-?date\w*|updates?|corrected|correction|repeat\w*|adds|breaking|exclusive|urgent|live|"
    r"watch|video|photos?|pictures?|gallery|opinion|analysis|editorial|file|interview|"
    rf"обновл\w+|дополнен\w*|видео|фото|молния|срочно|интервью|мнение|{_DAYS})(?:\W.*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A parsed dateline; `end` is the position of the first character after it."""

    place: str | None
    outlet: str
    published: PartialDate | None
    end: int


def read_dateline(text: str, start: int = 0) -> Dateline | None:
    """Return the dateline at `start`, or None if the text opens without one."""
    matches = (form.match(text, start) for form in _FORMS)
    return next((found for match in matches if match and (found := _read(match))), None)


def _read(match: re.Match[str]) -> Dateline | None:
    """Return the dateline of a match, or None if it may be a sentence with an aside.

    Without a day, only capitals or a known agency tell a place from the beginning of a sentence.
    """
    parts = match.groupdict()
    place, outlet = parts.get("place"), parts["outlet"].rstrip(". ")
    day = read_date(parts.get("day"))
    is_known = re.fullmatch(_KNOWN, outlet, re.IGNORECASE) is not None
    is_capital = (place or "").partition(",")[0].isupper()
    goes_on = match.string[match.end() : match.end() + 1].islower()
    if outlet[0].islower() and outlet != "dpa":  # (map) – a word, and an agency in capitals
        return None
    if goes_on or not (day or is_known or is_capital) or (parts.get("agency") and not is_known):
        return None
    if _NO_OUTLET.fullmatch(outlet) or _NO_OUTLET.fullmatch(place or ""):
        return None
    return Dateline(_WEEKDAY.sub("", place) if place else None, outlet, day, match.end())
