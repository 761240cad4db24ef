"""Measure the answers: `python scripts/evaluate.py --questions FILE.jsonl --index DIR`."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track
from rich.table import Table

from index.answers.answer import MAX_QUOTES
from index.coverage import Coverage, open_coverage
from index.evaluation.metrics import (
    Judgement,
    LabelledQuestion,
    judge,
    percentiles,
    quote_length,
    separation,
    summarise,
    worst,
)
from index.reader.opening import ON
from index.search.answerability import THRESHOLD
from index.text.plurals import counted
from scripts._calibrate import fit_answer_probability
from scripts._console import (
    DEFAULT_INDEX_DIR,
    IndexDir,
    Model,
    ReaderName,
    Threshold,
    errors,
    in_a_folder,
    output,
    read_place,
    run,
)
from scripts._questions import read_questions


def evaluate(
    questions_file: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            help="JSONL: id, question, answers, evidence [{article_id}], answerable.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    threshold: Threshold = THRESHOLD,
    reader: ReaderName = ON,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write the figures to this file too.", callback=in_a_folder),
    ] = None,
    failures: Annotated[int, typer.Option(min=0, help="Show the n worst answers.")] = 0,
    calibrate: Annotated[
        Path | None,
        typer.Option(
            help="Fit the answer probability instead: JSONL of `index`, `questions` and, if it is "
            "the same for all of them, `answerable`.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Answer a file of questions and measure how good the quotes and the refusals are.

    Example: `python scripts/evaluate.py --questions my-questions.jsonl`
    """
    if bool(questions_file) == bool(calibrate):
        raise typer.BadParameter("give --questions FILE.jsonl, or --calibrate SETS.jsonl")
    if calibrate:
        fit_answer_probability(calibrate, model, reader)
    if not questions_file:
        return
    questions = list(read_questions(questions_file))
    with open_coverage(read_place(index_dir), model, threshold, reader) as coverage:
        judgements = [
            _ask_and_judge(coverage, question)
            for question in track(questions, "Asking", console=errors, transient=True)
        ]
    figures = _figures(judgements)
    _print_figures(figures)
    for judgement in worst(judgements, failures):
        _print_failure(judgement)
    if json_file:
        json_file.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _ask_and_judge(coverage: Coverage, question: LabelledQuestion) -> Judgement:
    started = time.perf_counter()
    answer = coverage.answer(question.text, MAX_QUOTES, asked_on=question.asked_on)
    took_ms = (time.perf_counter() - started) * 1000
    return judge(question, answer, took_ms)


def _figures(judgements: list[Judgement]) -> dict[str, Any]:
    p50, p95 = percentiles(judgements)
    found = separation(judgements)
    return {
        "questions": len(judgements),
        "shares": {name: asdict(share) for name, share in summarise(judgements).items()},
        "separation": found and asdict(found),
        "quote_characters": round(quote_length(judgements), 1),
        "ms_p50": round(p50, 1),
        "ms_p95": round(p95, 1),
    }


def _print_figures(figures: dict[str, Any]) -> None:
    table = Table("figure", "share", "95 % interval", "of")
    for name, share in figures["shares"].items():
        interval = f"{share['low']:.3f} to {share['high']:.3f}"
        table.add_row(name, f"{share['value']:.3f}", interval, f"{share['of']:,}")
    output.print(table)
    if found := figures["separation"]:
        output.print(
            f"with an answer or without: AUC {found['auc']:.3f}; {found['refused']:.3f} of those "
            "without refused if 5 % of those with one are",
        )
    output.print(
        f"{counted(figures['questions'], 'question')}, quotes of {figures['quote_characters']:.0f} "
        f"characters on average, {figures['ms_p50']:.0f} ms a question "
        f"(p95 {figures['ms_p95']:.0f} ms)",
    )


def _print_failure(judgement: Judgement) -> None:
    question = judgement.question
    right = (
        " | ".join(question.answers) if question.is_answerable else "(no answer in the coverage)"
    )
    output.print(f"\n{question.id}: {question.text}", style="bold")
    output.print(f"  right: {right} {sorted(question.articles)}")
    if not judgement.answer.quotes:
        output.print("  refused")
    for rank, quote in enumerate(judgement.answer.quotes[:3], 1):
        line = f"  {rank}. [{quote.article_id}] {' '.join(quote.text.split())}"
        output.print(line)


if __name__ == "__main__":
    run(evaluate)
