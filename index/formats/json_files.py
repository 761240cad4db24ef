"""JSON and JSON Lines files → articles."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import ArticleFormatError, NotTextError
from index.formats.field_names import field_of, key_of
from index.formats.fields import Fields, UnreadDates
from index.formats.lines import DAMAGED, is_damaged, iter_lines, read_text
from index.formats.make_article import make_article
from index.models import Article, Skipped

_SHOWN_NAMES = 8
_SPACE = re.compile(r"\s*")
_DEEPEST = 6  # levels of lists and objects around the articles of an export
# Lists that an article or a page of results has besides articles.
_NO_ARTICLES = re.compile(
    r"(?:comments?|replies|authors?|images?|media|videos?|tags?|history)|"
    r".*(?:related|recommend|mostread|mostpopular|trending|revisions?$|versions$|trash|deleted).*"
)


class _Entry(NamedTuple):
    """An object of a file that may be an article, and where it is: `.articles[3]`."""

    place: str
    found: object


def read_json_file(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one object as an article, or a list of them, numbered from 1 if they have no id.

    The list may be inside of other objects, as an interface or an export has it. Objects one after
    the other, as JSON Lines have them, are a list too.
    """
    text = read_text(path)
    loaded = _load_several(text) or _load(path, text)
    entries = _entries(loaded)
    unread = UnreadDates()
    is_alone = not isinstance(loaded, list) and len(entries) == 1
    for number, entry in enumerate(entries, 1):
        own_id = article_id if is_alone else f"{article_id}:{number}"
        try:
            yield _read_object(path, entry.found, own_id, unread)
        except ArticleFormatError as error:
            yield Skipped(f"{path}{entry.place}", error.reason)
    yield from unread.report(path)


def read_json_lines(path: Path, article_id: str) -> Iterator[Article | Skipped]:
    """Read one article a line; `article_id` stands in, with the line's number, for a missing id."""
    unread = UnreadDates()
    try:
        for number, line in enumerate(iter_lines(path, "\n"), 1):
            if line.strip():
                yield from _read_line(path, line, number, article_id, unread)
    except NotTextError as error:
        yield Skipped(str(path), str(error))
    except DAMAGED as error:
        yield Skipped(str(path), f"damaged archive: {error}")
    yield from unread.report(path)


def _read_line(
    path: Path, line: str, number: int, stem: str, unread: UnreadDates
) -> Iterator[Article | Skipped]:
    try:
        if is_damaged(line):
            raise ArticleFormatError(path, "not UTF-8 and no other encoding: save it as UTF-8")
        loaded = _load(path, line)
    except ArticleFormatError as error:
        yield Skipped(f"{path}:{number}", error.reason)
        return
    found = _in_list(loaded, "", {}, 0) if isinstance(loaded, list) else _inside(loaded, "", {})
    entries = found or [_Entry("", loaded)]
    for inner, entry in enumerate(entries, 1):
        own_id = f"{stem}:{number}" if len(entries) == 1 else f"{stem}:{number}:{inner}"
        try:
            yield _read_object(path, entry.found, own_id, unread)
        except ArticleFormatError as error:
            yield Skipped(f"{path}:{number}{entry.place}", error.reason)


def _load_several(text: str) -> list[object]:
    """Return the values of a text with more than one, one after the other; else nothing."""
    decoder, found, end = json.JSONDecoder(), list[object](), 0
    while end < len(text):
        try:
            value, end = decoder.raw_decode(text, end)
        except (ValueError, RecursionError):
            return []
        found.append(value)
        space = _SPACE.match(text, end)
        end = space.end() if space else end
    return found if len(found) > 1 else []


def _load(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleFormatError(path, f"not JSON: {error}") from None


def _entries(loaded: object) -> list[_Entry]:
    """Return what a file holds: the articles in it, or itself if there are none."""
    if isinstance(loaded, list):
        return [
            entry
            for number, each in enumerate(loaded, 1)
            for entry in _inside(each, f"[{number}]", {}) or [_Entry(f"[{number}]", each)]
        ]
    return _inside(loaded, "", {}) or [_Entry("", loaded)]


def _inside(found: object, place: str, outer: Mapping[str, Any], depth: int = 0) -> list[_Entry]:
    """Return the articles in an object, at any depth; `outer` are fields of the object around it.

    What is inside another object needs a headline or an address besides its text.
    """
    if depth > _DEEPEST or not isinstance(found, dict):
        return []
    merged = {**outer, **found}
    fields = Fields(merged)
    if fields.has_text and (depth == 0 or fields.line("headline") or fields.address()):
        return [_Entry(place, merged)]
    own = {name: value for name, value in merged.items() if not isinstance(value, dict | list)}
    entries: list[_Entry] = []
    for name, value in found.items():
        if _NO_ARTICLES.fullmatch(key_of(name)):
            continue
        if isinstance(value, dict):
            entries += _inside(value, f"{place}.{name}", own, depth + 1)
        elif isinstance(value, list):
            entries += _in_list(value, f"{place}.{name}", _of_feed(found), depth + 1)
    return entries


def _in_list(found: list[object], place: str, outer: Mapping[str, Any], depth: int) -> list[_Entry]:
    """Return the articles of a list; if there are any, what else is in it too, to be reported."""
    inside = [
        _inside(each, f"{place}[{number}]", outer, depth) for number, each in enumerate(found, 1)
    ]
    if not any(inside):
        return []
    return [
        entry
        for number, (each, entries) in enumerate(zip(found, inside, strict=True), 1)
        for entry in entries or [_Entry(f"{place}[{number}]", each)]
    ]


def _of_feed(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a JSON Feed says of its items: the name of the site."""
    is_feed = str(found.get("version")).startswith("https://jsonfeed.org/")
    return {"outlet": found.get("title")} if is_feed else {}


def _read_object(path: Path, found: object, article_id: str, unread: UnreadDates) -> Article:
    if not isinstance(found, dict):
        raise ArticleFormatError(path, "expected an object with id, title, source, text")
    fields = Fields(found)
    text = fields.text()
    if text is None:
        reason = f"no `text` field with the article's text (found: {_describe(found)})"
        raise ArticleFormatError(path, reason)
    article = make_article(path, text, fields.line("id") or article_id, fields)
    unread.add(article, fields)
    return article


def _describe(found: Mapping[str, Any], depth: int = _DEEPEST) -> str:
    """Return the names of an object's fields; if none is known, of the first object in its list."""
    if depth > 0 and not any(map(field_of, found)):
        for name, value in found.items():
            for each in _first_object(value):
                return f"{name}: {_describe(each, depth - 1)}"
    return ", ".join(list(found)[:_SHOWN_NAMES]) or "nothing"


def _first_object(value: object) -> list[Mapping[str, Any]]:
    """Return the first object of a list, or the object if there is a list of objects in it."""
    if isinstance(value, list):
        return [each for each in value[:1] if isinstance(each, dict)]
    if isinstance(value, dict) and any(map(_first_object, value.values())):
        return [value]
    return []
