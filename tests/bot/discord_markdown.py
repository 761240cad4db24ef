"""Reads markup as Discord's app does: by regular expressions, tried at each character.

Source: the rules of simple-markdown, which the app is built on, with its own for `__`.
"""

import re
from typing import NamedTuple

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_STYLES = {
    "bold": re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underlined": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"),
    "italic": re.compile(
        r"(?:\b_((?:__|\\[\s\S]|[^\\_])+?)_\b)"
        r"|(?:\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*))"
    ),
    "struck": re.compile(r"~~([\s\S]+?)~~(?!_)"),
    "spoiler": re.compile(r"\|\|([\s\S]+?)\|\|"),
    "code": re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)"),
}


class Shown(NamedTuple):
    """A character as a reader sees it."""

    character: str
    styles: frozenset[str] = frozenset()


def read(markup: str, styles: frozenset[str] = frozenset()) -> list[Shown]:
    """Every character that is shown, with its styles."""
    found: list[Shown] = []
    while markup:
        if escaped := _ESCAPE.match(markup):
            found.append(Shown(escaped[1], styles))
            markup = markup[escaped.end() :]
            continue
        matches = {name: match for name, rule in _STYLES.items() if (match := rule.match(markup))}
        if matches:
            name, match = max(matches.items(), key=lambda each: each[1].end())
            inside = next(each for each in match.groups() if each is not None)
            found += read(inside, styles | {name})
            markup = markup[match.end() :]
        else:
            found.append(Shown(markup[0], styles))
            markup = markup[1:]
    return found


def text_of(shown: list[Shown]) -> str:
    """The characters alone."""
    return "".join(each.character for each in shown)


def styled(shown: list[Shown], style: str) -> list[str]:
    """The runs of characters of this style."""
    runs = [""]
    for each in shown:
        if style in each.styles:
            runs[-1] += each.character
        elif runs[-1]:
            runs.append("")
    return [each for each in runs if each]
