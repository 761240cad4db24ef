"""On Record: hybrid search, quotes of whole sentences, refusals; through its public interface.

Its index is built by its own command, so there is no `build` here.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.systems.peers import FOUND, Question
from index.coverage import open_coverage

PACKAGES = ("on-record",)


def open_index(folder: Path, _model: Path) -> Callable[[Question], list[str]]:
    """Return a search that gives the places of quotes; none if the question is refused."""
    coverage = open_coverage(folder)

    def ask(question: Question) -> list[str]:
        day = date.fromisoformat(question.asked_on) if question.asked_on else None
        answer = coverage.answer(question.text, FOUND, asked_on=day)
        return [f"{each.span.start}-{each.span.end}@{each.article_id}" for each in answer.quotes]

    return ask
