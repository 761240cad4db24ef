"""One module a system, each as its own quick start has it.

A module has `PACKAGES` (the distributions that it is), `build` (passages → a folder) and
`open_index` (the folder → a function that answers). All get the same folder of encoder weights.
What is found is named by its place, `start-end@article`: the characters of an article's text.
"""

from typing import NamedTuple

FOUND = 10  # passages or quotes a question


class Passage(NamedTuple):
    """What is found, by its place, and what is encoded: the headline, and the text below it."""

    place: str
    text: str


class Question(NamedTuple):
    """A question, and the day it was asked (ISO 8601), if that is known."""

    text: str
    asked_on: str | None
