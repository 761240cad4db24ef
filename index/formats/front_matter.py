"""Split the front matter off a text: YAML between `---`, TOML between `+++`, or a JSON object.

https://gohugo.io/content-management/front-matter/ names all three. Lines such as `Title: …` without
any mark around them are MultiMarkdown's, as Pelican has them.
"""

import json
import re
import tomllib
from collections.abc import Mapping

import yaml
from yaml import AliasEvent, CollectionEndEvent, CollectionStartEvent, CSafeLoader

from index.errors import FrontMatterError
from index.formats.field_names import field_of

# The line break is part of the delimiter; everything after it is text.
_DELIMITER = re.compile(r"(-{3,}|\+{3})[ \t]*(?:\r?\n|\Z)")
_YAML_END = re.compile(r"^(?:-{3,}|\.{3})[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_TOML_END = re.compile(r"^\+{3}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_HEADER = re.compile(r"(?:[^\W\d_][\w -]{0,30}:[ \t]+\S.*\r?\n){2,}[ \t]*(?:\r?\n|\Z)")
_PLAIN_LINE = re.compile(
    r"([^\W\d_][\w -]{0,40}):[ \t]+"
    r"(?:\"(?P<quoted>[^\"\\]*)\"|(?P<plain>[^\s\[\]{}&*!|>'\"#].*|\[[^\[\]{}&*]*\]))"
)
_DEEPEST = 50
_READ_TAGS = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:timestamp")


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Return the fields and the text after them; no fields if the text begins without any.

    Raises:
        FrontMatterError: the front matter is not closed, or cannot be parsed.
    """
    if (stripped := text.lstrip()) != text:
        return _split_below_blank_lines(text, stripped)
    if text.startswith("{"):
        return _split_json(text)
    if (opening := _DELIMITER.match(text)) is None:
        return _split_header(text)
    is_toml = opening[1].startswith("+")
    closing = (_TOML_END if is_toml else _YAML_END).search(text, opening.end())
    if closing is None:
        raise FrontMatterError(f"front matter is not closed by a line {opening[1][:3]}")
    front, rest = text[opening.end() : closing.start()], text[closing.end() :]
    return (_load_toml(front) if is_toml else _load_yaml(front)), rest


def _split_below_blank_lines(text: str, stripped: str) -> tuple[Mapping[str, object], str]:
    """Split front matter off below blank lines, if it has a field; else `---` is a line drawn."""
    try:
        fields, rest = split_front_matter(stripped)
    except FrontMatterError:
        return {}, text
    return (fields, rest) if any(map(field_of, map(str, fields))) else ({}, text)


def _split_header(text: str) -> tuple[Mapping[str, object], str]:
    """Split lines of names and values off, if the headline and something else is one of them."""
    if (match := _HEADER.match(text)) is None:
        return {}, text
    pairs = (line.partition(":") for line in match[0].splitlines() if line.strip())
    found = {name.strip(): value.strip() for name, _, value in pairs}
    known = {field_of(name) for name in found} - {None}
    return (found, text[match.end() :]) if "headline" in known and len(known) > 1 else ({}, text)


def _split_json(text: str) -> tuple[Mapping[str, object], str]:
    """Split an object off, if the text begins with one on lines of its own."""
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return {}, text  # a text may begin with a brace
    is_alone = bool(found) and text[end : end + 1] in ("\r", "\n", "")
    return (found, text[end:].removeprefix("\r").removeprefix("\n")) if is_alone else ({}, text)


def _load_toml(front: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(front.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(f"front matter is not TOML: {_one_line(error)}") from None


def _load_yaml(front: str) -> Mapping[str, object]:
    try:
        _check_events(front)
        found = yaml.load(front, _Loader)  # noqa: S506  a safe one
    except (yaml.YAMLError, RecursionError) as error:
        if plain := _read_plain_lines(front):
            return plain
        raise FrontMatterError(f"front matter is not YAML: {_one_line(error)}") from None
    if not isinstance(found, dict | None):
        raise FrontMatterError("front matter is not a list of `name: value` lines")
    return found or {}


def _read_plain_lines(front: str) -> dict[str, object]:
    """Return the fields if each is on a line of its own, as in `title: Ferry: fares rise`.

    YAML allows no second colon without quotation marks; nothing if a line may be more than that.
    """
    lines = [line.rstrip() for line in front.splitlines() if line.strip()]
    matches = [match for line in lines if (match := _PLAIN_LINE.fullmatch(line))]
    if len(matches) < len(lines):
        return {}
    return {match[1].strip(): match["quoted"] or match["plain"] for match in matches}


def _check_events(front: str) -> None:
    """Raise FrontMatterError if it would take all of the memory, or more than the stack.

    A few lines of aliases can make a list of a billion values, or one inside of itself.
    """
    depth = 0
    for event in yaml.parse(front, CSafeLoader):
        if isinstance(event, AliasEvent):
            raise FrontMatterError("front matter with an alias (*name): write its value out")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise FrontMatterError(f"front matter is nested more than {_DEEPEST} deep")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


class _Loader(CSafeLoader):
    """Reads values as they are written: `No` is a headline, and `007` has its zeros."""

    def construct_timestamp(self, node: yaml.ScalarNode) -> object:
        """Return a date; one that no calendar has as it is written."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return self.construct_scalar(node)


_Loader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] in _READ_TAGS]
    for first, resolvers in CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_timestamp)
