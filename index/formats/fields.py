"""The fields of a file, a line or a row: which value is which, whatever the format."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date
from index.formats.addresses import is_front_page, web_address
from index.formats.field_names import NAMES, key_of
from index.formats.field_values import is_no_value, join_text, listed, named_values, spell
from index.formats.html_text import as_line, as_text
from index.models import Article, Skipped

_YES, _NO = ("true", "yes", "1", "t"), ("false", "no", "0", "f")
_STATES = (
    *("draft", "auto-draft", "pending", "private", "trash", "deleted", "removed", "unpublished"),
    *("retracted", "withdrawn"),
)
_UNPUBLISHED = {
    **dict.fromkeys(("draft", "isdraft", "deleted", "isdeleted", "trashed", "retracted"), _YES),
    **dict.fromkeys(("withdrawn", "unpublished"), _YES),
    "published": ("false", "no"),
    "ispublished": _NO,
    **dict.fromkeys(("status", "state", "poststatus"), _STATES),
    "posttype": ("revision", "attachment"),  # earlier versions and pictures in WordPress
}
_DELETED_AT = ("deletedat", "deletedon", "trashedat")
_MAYBE_DATE = re.compile(r"date|time|publish|created|дата")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # [[Ann Poe]] of Obsidian
_BYLINE = re.compile(r"^(?:by\s|автор:?\s|текст:?\s)\s*", re.IGNORECASE)


class Fields:
    """The fields of a file, a line or a row, by the names in `field_names.py`.

    `has_markup`: a value may have tags and character references, as exports do.
    """

    def __init__(self, given: Mapping[str, object], *, has_markup: bool = True) -> None:
        self._known: dict[str, object] = {}
        for name, value in named_values(given):
            self._known.setdefault(name, value)
        self._has_markup = has_markup

    def line(self, field: str) -> str | None:
        """Return the first value of the field on one line, or None."""
        return next(self._lines(field), None)

    def outlet(self) -> str | None:
        """Return the first name of an outlet that is not an address or a number."""
        names = (each for each in self._names("outlet") if web_address(each) is None)
        return next((_WIKI_LINK.sub(r"\1", each) for each in names), None)

    def author(self) -> str | None:
        """Return the first author that is not the number of one."""
        names = (_WIKI_LINK.sub(r"\1", each) for each in self._names("author"))
        return next((_BYLINE.sub("", each) for each in names), None)

    def address(self) -> str | None:
        """Return the first http(s) address, one of a front page only if there is no other."""
        given = (each for value in self._values("url") for each in listed(value))
        found = [address for each in given if (address := web_address(self._line(each)))]
        return next((each for each in found if not is_front_page(each)), next(iter(found), None))

    def published(self) -> PartialDate | None:
        """Return the first date that can be parsed, or None."""
        dates = (read_date(value) for value in self._values("published"))
        return next((known for known in dates if known), None)

    @property
    def has_text(self) -> bool:
        """Whether one of the text fields holds a text, be it blank."""
        return any(join_text(value) is not None for value in self._values("text"))

    def text(self) -> str | None:
        """Return the first text that is not blank; None if there is no text field.

        It is unchanged unless it is HTML.
        """
        joined = (join_text(each) for each in self._values("text"))
        texts = [text for text in joined if text is not None and not is_no_value(text)]
        first = next((each for each in texts if each.strip()), texts[0] if texts else None)
        return as_text(first) if first and self._has_markup else first

    def why_unpublished(self) -> str | None:
        """Return the field that marks the article as a draft or as deleted, or None."""
        for name, values in _UNPUBLISHED.items():
            value = str(self._known.get(name, "")).strip().lower()
            if value in values:
                return f"{name}: {value}"
        gone = (name for name in _DELETED_AT if read_date(self._known.get(name)))
        return next((f"{name}: {self._known[name]}" for name in gone), None)

    def unread_dates(self) -> list[str]:
        """Return the names of fields that look like dates but are none of the table's."""
        names = {key_of(name) for name in NAMES["published"]}
        return [
            name
            for name, value in self._known.items()
            if name not in names and _MAYBE_DATE.search(name) and read_date(value)
        ]

    def _values(self, field: str) -> Iterator[object]:
        return (self._known[key] for name in NAMES[field] if (key := key_of(name)) in self._known)

    def _names(self, field: str) -> Iterator[str]:
        named = (each for each in self._values(field) if not isinstance(each, int | float))
        return (line for each in named if (line := self._line(each)) and not is_no_value(line))

    def _lines(self, field: str) -> Iterator[str]:
        lines = filter(None, map(self._line, self._values(field)))
        return (each for each in lines if not is_no_value(each) or _is_word(field, each))

    def _line(self, value: object) -> str:
        words = spell(value)
        return as_line(words) if self._has_markup else " ".join(words.split())


class UnreadDates:
    """Fields of a file that look like dates but are not read, of articles without a date."""

    def __init__(self) -> None:
        self._counts = Counter[str]()

    def add(self, article: Article, fields: Fields) -> None:
        """Count the fields of an article."""
        if article.published is None:
            self._counts.update(fields.unread_dates())

    def report(self, path: Path) -> Iterator[Skipped]:
        """Yield a line for the build's report on each field."""
        for name, count in self._counts.items():
            yield Skipped(
                f"{path} ({name})",
                f"looks like a date but is not read, of articles without one: {count:,}; "
                "name it published if it is the date of publication",
            )


def _is_word(field: str, line: str) -> bool:
    """Tell whether a headline is one of the words that may be: "Unknown"."""
    return field == "headline" and line.casefold() in ("none", "unknown")
