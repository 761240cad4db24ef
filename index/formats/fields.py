"""Make an Article of the fields of a file, a line or a row, whatever the format."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from index.dates.partial_date import PartialDate
from index.dates.reading import read_date
from index.errors import ArticleFormatError
from index.formats.addresses import is_front_page, web_address
from index.formats.datelines import Dateline, read_dateline
from index.formats.decoding import LONE_SURROGATE
from index.formats.field_names import NAMES, field_of, key_of
from index.formats.html_text import as_line, as_text
from index.formats.languages import find_language
from index.models import Article, Skipped, Span
from index.text.paragraphs import split_paragraphs
from index.text.sentences import split_sentences

_HEADLINE_CHARACTERS = 200
# What stands for an object, as in {"source": {"name": "Gazette"}} or {"title": {"rendered": "…"}}.
_INNER_NAMES = ("name", "title", "rendered", "main", "value", "plain", "text", "#text", "href")
_INNER_NAMES_OF_DATABASES = ("$oid", "$date", "$numberLong")
_DEEPEST = 4  # levels of lists and objects; fields have no more, and hostile files thousands
_NOTHING = ("nan", "none", "null", "n/a", "undefined", "unknown")  # how programs write no value
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
_CUT_OFF = re.compile(
    r"\[\+?\s?[\d,. ]+\s?char(?:acter)?s\]\s*$|\[(?:…|\.\.\.)\]\s*$|"
    r"[\[(](?:read )?(?:more|continue reading|далее|читать далее)\s*(?:…|\.\.\.|»)?[\])]\s*$|"
    r"^\s*only available in [\w ]{1,30}plans?\W*$|(?:…|\.\.\.)\s*(?:"
    r"read (?:more|on|the (?:full|whole|rest)[\w ]{0,20})|continue reading|see more|show more|"
    r"читать (?:далее|дальше)|подробнее)\W{0,5}$",
    re.IGNORECASE,
)
_MAYBE_DATE = re.compile(r"date|time|publish|created|дата")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # [[Ann Poe]] of Obsidian
_BYLINE = re.compile(r"^(?:by\s|автор:?\s|текст:?\s)\s*", re.IGNORECASE)


class Fields:
    """The fields of a file, a line or a row, by the names in the table above.

    `has_markup`: a value may have tags and character references, as exports do.
    """

    def __init__(self, given: Mapping[str, object], *, has_markup: bool = True) -> None:
        self._known: dict[str, object] = {}
        for name, value in _flat(given):
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
        given = (each for value in self._values("url") for each in _listed(value))
        found = [address for each in given if (address := web_address(self._line(each)))]
        return next((each for each in found if not is_front_page(each)), next(iter(found), None))

    def published(self) -> PartialDate | None:
        """Return the first date that can be parsed, or None."""
        dates = (read_date(value) for value in self._values("published"))
        return next((known for known in dates if known), None)

    @property
    def has_text(self) -> bool:
        """Whether one of the text fields holds a text, be it blank."""
        return any(_join(value) is not None for value in self._values("text"))

    def text(self) -> str | None:
        """Return the first text that is not blank; None if there is no text field.

        It is unchanged unless it is HTML.
        """
        joined = (_join(each) for each in self._values("text"))
        texts = [text for text in joined if text is not None and not _is_no_value(text)]
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
        return (line for each in named if (line := self._line(each)) and not _is_no_value(line))

    def _lines(self, field: str) -> Iterator[str]:
        lines = filter(None, map(self._line, self._values(field)))
        return (each for each in lines if not _is_no_value(each) or _is_word(field, each))

    def _line(self, value: object) -> str:
        words = _spell(value)
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


def is_cut_off(text: str) -> bool:
    """Tell whether a text ends as excerpts do: "[+1200 chars]", "… Read more", "(more…)"."""
    return _CUT_OFF.search(text[-200:]) is not None


def make_article(path: Path, text: str, article_id: str, fields: Fields) -> Article:
    """Return the article; what no field states is read from the text, or is unknown.

    Raises ArticleFormatError if there is no text, or a lone surrogate in any field.
    """
    headline, outlet, author = fields.line("headline"), fields.outlet(), fields.author()
    url, language = fields.address(), fields.line("language")
    if any(
        LONE_SURROGATE.search(each or "")
        for each in (article_id, text, url, headline, outlet, author, language)
    ):
        raise ArticleFormatError(path, "half of a character (a lone surrogate) in it")
    if why := fields.why_unpublished():
        raise ArticleFormatError(path, f"not published ({why})")
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        raise ArticleFormatError(path, "no text")
    if is_cut_off(text):
        end = " ".join(text[-60:].split())
        raise ArticleFormatError(path, f"the text is cut off (“… {end}”): export all of it")
    first = text[paragraphs[0].start : paragraphs[0].end].splitlines()[0]
    has_story = len(paragraphs) > 1
    body = int(has_story and headline is not None and first.lstrip("# ") == headline)
    if headline is None and has_story and _is_headline(text, paragraphs[0]):
        headline, body = first.lstrip("# "), 1
    dateline = read_dateline(text, paragraphs[body].start)
    return Article(
        id=article_id,
        text=text,
        headline=headline or _first_sentence(text, paragraphs, dateline),
        headline_stands_in=headline is None,
        outlet=outlet or (dateline.outlet if dateline else None),
        url=url,
        published=fields.published() or (dateline.published if dateline else None),
        place=dateline.place if dateline else None,
        language=find_language(text, language),
        author=author,
    )


def _flat(
    given: Mapping[str, object], outer: str = "", depth: int = 2
) -> Iterator[tuple[str, object]]:
    """Yield the values by their names, those inside of objects too: "origin.title"."""
    for name, value in given.items():
        key = f"{outer}{key_of(str(name))}"
        yield key, value
        if isinstance(value, Mapping) and depth > 0:
            yield from _flat(value, f"{key}.", depth - 1)


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else [value]


def _is_word(field: str, line: str) -> bool:
    """Tell whether a headline is one of the words that may be: "Unknown"."""
    return field == "headline" and line.casefold() in ("none", "unknown")


def _is_no_value(text: str) -> bool:
    return text.strip().casefold() in _NOTHING


def _plain(value: object, names: Iterable[str]) -> object:
    """Return what stands inside of an object under the first of these names."""
    for _ in range(_DEEPEST):
        if not isinstance(value, Mapping):
            break
        value = next((value[name] for name in names if value.get(name)), None)
    return value


def _spell(value: object, depth: int = _DEEPEST) -> str:
    """Return a value as text: a list joined by commas, the name of an object."""
    if depth == 0 or value is None or isinstance(value, bool) or value != value:  # NaN
        return ""
    if isinstance(value, Mapping):
        names = (*_INNER_NAMES, *_INNER_NAMES_OF_DATABASES)
        inner = (_spell(value[name], depth - 1) for name in names if name in value)
        return next(filter(None, inner), "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_spell(each, depth - 1) for each in value)))
    return str(value)


def _join(value: object) -> str | None:
    """Return a text: an object's own, or a list of paragraphs, a line each; else None.

    A paragraph may be an object that has its text, as editors of blocks write them.
    """
    value = _plain(value, ("rendered", "plain", "text", "value", "#text", "html"))
    if isinstance(value, list):
        objects = [each for each in value if isinstance(each, Mapping)]
        if any(field_of(str(name)) == "headline" for each in objects for name in each):
            return None  # a list of articles
        pieces = [_plain(each, ("text", "value", "content")) for each in value]
        texts = [each for each in pieces if isinstance(each, str)]
        # Objects among strings are words of the same paragraph, a bold one for example.
        is_running = 0 < sum(isinstance(each, str) for each in value) < len(value)
        return ("" if is_running else "\n").join(texts) if texts else None
    return value if isinstance(value, str) else None


def _first_sentence(text: str, paragraphs: list[Span], dateline: Dateline | None) -> str:
    """Return the first sentence after the dateline, or the dateline if nothing follows it."""
    start = dateline.end if dateline else 0
    story = next((each for each in paragraphs if each.end > start), paragraphs[0])
    opening = text[max(start, story.start) if story.end > start else story.start : story.end]
    span = split_sentences(opening)[0]
    return " ".join(opening[span.start : span.end].split())


def _is_headline(text: str, paragraph: Span) -> bool:
    line = text[paragraph.start : paragraph.end]
    if line.startswith("# "):
        return True
    is_short = len(line) <= _HEADLINE_CHARACTERS and not line.endswith(
        (".", "!", "?", ":", ";", ",", "”")
    )
    return is_short and read_dateline(line) is None
