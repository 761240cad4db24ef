"""Ask the index in a terminal: `python scripts/ask.py "QUESTION" --index DIR`."""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from index.answers.answer import MAX_QUOTES
from index.coverage import Coverage, open_coverage
from index.models import Answer, Filters, Status
from index.search.answerability import THRESHOLD
from scripts._console import (
    DEFAULT_INDEX_DIR,
    IndexDir,
    Model,
    RerankerName,
    Threshold,
    output,
    print_json,
    run,
)
from scripts._questions import read_questions
from scripts._render import cite, quote_fields

_SAID = {
    Status.NOT_ANSWERED: "The coverage doesn't answer this.",
    Status.NO_MATCH: "Nothing in the coverage matches this question.",
}


def ask(
    question: Annotated[str, typer.Argument(help="The question.")] = "",
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    threshold: Threshold = THRESHOLD,
    quotes: Annotated[int, typer.Option(min=1, max=MAX_QUOTES, help="Quotes an answer.")] = 3,
    outlet: Annotated[str, typer.Option(help="Only this outlet.")] = "",
    since: Annotated[str, typer.Option(help="Only from this day on, such as `last week`.")] = "",
    until: Annotated[str, typer.Option(help="Only up to this day, such as `2022-11`.")] = "",
    reranker: RerankerName = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    questions: Annotated[
        Path | None,
        typer.Option(
            help="Answer a JSONL file of `id, question`; one JSON line each.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Answer from the coverage: verbatim quotes, each with its citation.

    Example: `python scripts/ask.py "who was nominated CSTO secretary general?"`
    """
    if bool(question.strip()) == bool(questions):
        raise typer.BadParameter("give one QUESTION, or --questions FILE.jsonl")
    coverage = open_coverage(index_dir, model, threshold, reranker)
    try:
        filters = coverage.filters(outlet, since, until)
        if questions:
            for asked in read_questions(questions):
                found = _answer(coverage, asked.text, quotes, filters)
                print(json.dumps({"id": asked.id, **found}))
        elif as_json:
            found = _answer(coverage, question, quotes, filters)
            print_json(found)
        else:
            _show(coverage.answer(question, quotes, filters=filters))
    finally:
        coverage.close()


def _answer(coverage: Coverage, question: str, quotes: int, filters: Filters) -> dict[str, Any]:
    started = time.perf_counter()
    answer = coverage.answer(question, quotes, filters=filters)
    took = (time.perf_counter() - started) * 1000
    return {
        "question": question,
        "status": answer.status.value,
        "quotes": [quote_fields(quote) for quote in answer.quotes],
        "related": [quote_fields(quote) for quote in answer.related],
        "took_ms": round(took, 1),
    }


def _show(answer: Answer) -> None:
    if answer.status is Status.NO_MATCH and answer.filters != Filters():
        output.print("No article in the coverage fits this outlet and these dates.", style="bold")
    elif answer.status is not Status.ANSWERED:
        output.print(_SAID[answer.status], style="bold")
    if answer.related:
        output.print("\nClosest coverage, not an answer:", style="dim")
    for number, quote in enumerate(answer.quotes or answer.related, 1):
        lines = quote.text.splitlines()
        output.print()
        for line in lines:
            output.print(Text(f"  {line}"))
        output.print(Text(f"  [{number}] {cite(quote)}", style="dim"))
    if answer.undated:
        output.print(f"\nLeft out, as their date is unknown: {answer.undated:,}.", style="dim")


if __name__ == "__main__":
    run(ask)
