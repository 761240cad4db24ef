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
    summarise,
    worst,
)
from index.search.answerability import THRESHOLD
from scripts._calibrate import fit_refusal
from scripts._console import (
    DEFAULT_INDEX_DIR,
    IndexDir,
    Model,
    RerankerName,
    Threshold,
    errors,
    fail,
    output,
    run,
)
from scripts._questions import read_questions


def evaluate(
    questions: Annotated[
        Path | None,
        typer.Option(
            help="JSONL: id, question, answers, evidence [{article_id}], answerable.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    model: Model = "",
    threshold: Threshold = THRESHOLD,
    reranker: RerankerName = "",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file too.")
    ] = None,
    failures: Annotated[int, typer.Option(min=0, help="Show so many of the worst answers.")] = 0,
    calibrate: Annotated[
        Path | None,
        typer.Option(
            help="Fit the refusal instead: JSONL of `index`, `questions` and, where it is the same "
            "for all of them, `answerable`.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Answer a file of questions and measure how good the quotes and the refusals are.

    Example: `python scripts/evaluate.py --questions my-questions.jsonl`
    """
    if bool(questions) == bool(calibrate):
        raise typer.BadParameter("give --questions FILE.jsonl, or --calibrate SETS.jsonl")
    if calibrate:
        fit_refusal(calibrate, model)
    if not questions:
        return
    asked = list(read_questions(questions))
    if not asked:
        fail(f"{questions} holds no question")
    coverage = open_coverage(index_dir, model, threshold, reranker)
    try:
        judgements = [
            _judged(coverage, each)
            for each in track(asked, "Asking", console=errors, transient=True)
        ]
    finally:
        coverage.close()
    figures = _figures(judgements)
    _show(figures)
    for judgement in worst(judgements, failures):
        _show_failure(judgement)
    if json_file:
        json_file.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _judged(coverage: Coverage, question: LabelledQuestion) -> Judgement:
    started = time.perf_counter()
    answer = coverage.answer(question.text, MAX_QUOTES, asked_on=question.asked_on)
    took_ms = (time.perf_counter() - started) * 1000
    return judge(question, answer, took_ms)


def _figures(judgements: list[Judgement]) -> dict[str, Any]:
    p50, p95 = percentiles(judgements)
    return {
        "questions": len(judgements),
        "shares": {name: asdict(share) for name, share in summarise(judgements).items()},
        "quote_characters": round(quote_length(judgements), 1),
        "ms_p50": round(p50, 1),
        "ms_p95": round(p95, 1),
    }


def _show(figures: dict[str, Any]) -> None:
    table = Table("figure", "share", "95 % interval", "of")
    for name, share in figures["shares"].items():
        interval = f"{share['low']:.3f} to {share['high']:.3f}"
        table.add_row(name, f"{share['value']:.3f}", interval, f"{share['of']:,}")
    output.print(table)
    output.print(
        f"{figures['questions']:,} questions, quotes of {figures['quote_characters']:.0f} "
        f"characters on average, {figures['ms_p50']:.0f} ms a question "
        f"(p95 {figures['ms_p95']:.0f} ms)",
        highlight=False,
    )


def _show_failure(judgement: Judgement) -> None:
    question = judgement.question
    right = (
        " | ".join(question.answers) if question.is_answerable else "(no answer in the coverage)"
    )
    output.print(f"\n{question.id}: {question.text}", style="bold", markup=False)
    output.print(f"  right: {right} {sorted(question.articles)}", markup=False, highlight=False)
    if not judgement.answer.quotes:
        output.print("  refused", highlight=False)
    for rank, quote in enumerate(judgement.answer.quotes[:3], 1):
        line = f"  {rank}. [{quote.article_id}] {' '.join(quote.text.split())}"
        output.print(line, markup=False, highlight=False)


if __name__ == "__main__":
    run(evaluate)
