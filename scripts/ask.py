"""Ask the index in a terminal: `python scripts/ask.py "QUESTION" --index DIR`."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from index.answers.answer import MAX_QUOTES
from index.answers.quote_codes import QuoteCode
from index.coverage import Coverage, open_coverage
from index.models import Answer, Filters, Status
from index.places import Place
from index.reader.opening import ON
from index.search.answerability import THRESHOLD
from scripts._console import (
    DEFAULT_INDEX_DIR,
    AsJson,
    IndexDir,
    Model,
    Outlet,
    ReaderName,
    Since,
    Threshold,
    Until,
    as_text,
    output,
    print_json,
    read_place,
    run,
)
from scripts._questions import read_questions
from scripts._render import (
    print_quote,
    print_respelt,
    print_undated,
    print_verification,
    quote_fields,
    verification_fields,
)

_REFUSALS = {
    Status.NOT_ANSWERED: "The coverage doesn't answer this.",
    Status.NO_MATCH: "Nothing in the coverage matches this question.",
}


def ask(
    question: Annotated[str, typer.Argument(help="The question.", callback=as_text)] = "",
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    threshold: Threshold = THRESHOLD,
    quotes: Annotated[int, typer.Option(min=1, max=MAX_QUOTES, help="Quotes an answer.")] = 3,
    outlet: Outlet = "",
    since: Since = "",
    until: Until = "",
    reader: ReaderName = ON,
    as_json: AsJson = False,
    code: Annotated[
        str,
        typer.Option(
            "--verify",
            metavar="CODE",
            help="Instead of a question: whether the words of a copied quote still stand there; "
            "exit code 1 if not.",
        ),
    ] = "",
    questions_file: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            help='Answer a JSONL file of `id, question` and, for what "last week" means, the day '
            "it was asked, `date`; one JSON line each.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Answer from the coverage: verbatim quotes, each with its citation.

    Example: `python scripts/ask.py "who was nominated CSTO secretary general?"`
    """
    if [bool(question.strip()), bool(questions_file), bool(code)].count(True) != 1:
        raise typer.BadParameter("give one QUESTION, --questions FILE.jsonl or --verify CODE")
    if code:
        _verify(QuoteCode.parse(code), read_place(index_dir), model, as_json=as_json)
        return
    with open_coverage(read_place(index_dir), model, threshold, reader) as coverage:
        filters = coverage.filters(outlet, since, until)
        if questions_file:
            for each in read_questions(questions_file):
                fields = _answer_fields(coverage, each.text, quotes, filters, each.asked_on)
                print(json.dumps({"id": each.id, **fields}))
        elif as_json:
            print_json(_answer_fields(coverage, question, quotes, filters))
        else:
            _print_answer(coverage.answer(question, quotes, filters=filters))


def _verify(code: QuoteCode, place: Place, model: str, *, as_json: bool) -> None:
    """Print what became of the words of a code; exit with 1 if they are not there."""
    with open_coverage(place, model) as coverage:
        verification = coverage.verify(code)
    if as_json:
        print_json(verification_fields(verification))
    else:
        print_verification(verification)
    if not verification.is_verbatim:
        raise typer.Exit(1)


def _answer_fields(
    coverage: Coverage,
    question: str,
    quotes: int,
    filters: Filters,
    asked_on: date | None = None,
) -> dict[str, Any]:
    """Answer the question; return the answer for JSON, with the time it took."""
    started = time.perf_counter()
    answer = coverage.answer(question, quotes, filters=filters, asked_on=asked_on)
    took = (time.perf_counter() - started) * 1000
    return {
        "question": question,
        "status": answer.status.value,
        "respelt": list(answer.respelt),
        "quotes": [quote_fields(quote) for quote in answer.quotes],
        "related": [quote_fields(quote) for quote in answer.related],
        "took_ms": round(took, 1),
    }


def _print_answer(answer: Answer) -> None:
    print_respelt(answer.respelt)
    if answer.is_filtered_out:
        output.print(
            "No article in the coverage fits these filters (--outlet, --since, --until).",
            style="bold",
        )
    elif answer.status is not Status.ANSWERED:
        output.print(_REFUSALS[answer.status], style="bold")
    if answer.related:
        output.print("\nClosest coverage, not an answer:", style="dim")
    for number, quote in enumerate(answer.quotes or answer.related, 1):
        output.print()
        print_quote(quote, number)
    print_undated(answer.undated)


if __name__ == "__main__":
    run(ask)
