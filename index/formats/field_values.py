"""Values of fields, as JSON, CSV and front matter have them → texts and lines (pure)."""

from collections.abc import Iterable, Iterator, Mapping

from index.formats.field_names import field_of, key_of

# What stands for an object, as in {"source": {"name": "Gazette"}} or {"title": {"rendered": "…"}}.
_INNER_NAMES = ("name", "title", "rendered", "main", "value", "plain", "text", "#text", "href")
_INNER_NAMES_OF_DATABASES = ("$oid", "$date", "$numberLong")
_DEEPEST = 4  # levels of lists and objects; fields have no more, and hostile files thousands
_NOTHING = ("nan", "none", "null", "n/a", "undefined", "unknown")


def named_values(
    given: Mapping[str, object], outer: str = "", depth: int = 2
) -> Iterator[tuple[str, object]]:
    """Yield the values by their names, those inside of objects too: "origin.title"."""
    for name, value in given.items():
        key = f"{outer}{key_of(str(name))}"
        yield key, value
        if isinstance(value, Mapping) and depth > 0:
            yield from named_values(value, f"{key}.", depth - 1)


def listed(value: object) -> Iterable[object]:
    """Return the elements of a list; any other value is the only one."""
    return value if isinstance(value, list) else [value]


def is_no_value(text: str) -> bool:
    """Tell whether a text is how programs write no value: "NaN", "n/a"."""
    return text.strip().casefold() in _NOTHING


def spell(value: object, depth: int = _DEEPEST) -> str:
    """Return a value as text: a list joined by commas, the name of an object."""
    if depth == 0 or value is None or isinstance(value, bool) or value != value:  # NaN
        return ""
    if isinstance(value, Mapping):
        names = (*_INNER_NAMES, *_INNER_NAMES_OF_DATABASES)
        inner = (spell(value[name], depth - 1) for name in names if name in value)
        return next(filter(None, inner), "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (spell(each, depth - 1) for each in value)))
    return str(value)


def join_text(value: object) -> str | None:
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


def _plain(value: object, names: Iterable[str]) -> object:
    """Return what stands inside of an object under the first of these names."""
    for _ in range(_DEEPEST):
        if not isinstance(value, Mapping):
            break
        value = next((value[name] for name in names if value.get(name)), None)
    return value
