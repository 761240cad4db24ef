"""Notice what has become slower: `python -m benchmarks.speed.regression_timing`.

Machines differ and are shared, so a piece of the program is compared with a fixed piece of work
beside it: how many times as long it takes. That stays about the same wherever it runs.
"""

import json
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from index.build.encoder import load_encoder
from index.build.pipeline import build_snapshot
from index.coverage import open_coverage
from index.models import Progress
from scripts._console import output, run
from scripts._progress import shown_progress
from scripts._questions import read_questions

_EXAMPLES = Path(__file__).parents[2] / "examples"
_RECORD = Path(__file__).with_suffix(".json")
_ROUNDS = 15
_TOPIC = "peacekeepers in Kazakhstan"
_MATRIX = np.linspace(0, 1, 384 * 384, dtype=np.float32).reshape(384, 384)


def pace(
    record: Annotated[
        bool, typer.Option("--record", help="Write the figures down, to compare with later.")
    ] = False,
) -> None:
    """Measure pieces of the program over the sample coverage, as multiples of a fixed work.

    Each figure is a median; nothing fails, whatever it is.

    Example: `python -m benchmarks.speed.regression_timing`
    """
    with TemporaryDirectory(prefix="pace-") as folder:
        paces = _measure(Path(folder))
    recorded = json.loads(_RECORD.read_text("utf-8")) if _RECORD.exists() else {}
    table = Table("", "times the fixed work", "recorded", "change")
    for name, times in paces.items():
        before = recorded.get(name)
        change = f"{times / before - 1:+.0%}" if before else ""
        table.add_row(name, f"{times:.2f}", f"{before:.2f}" if before else "", change)
    output.print(table)
    if record:
        rounded = {name: round(times, 2) for name, times in paces.items()}
        _RECORD.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")


def fixed_work() -> None:
    """Do some milliseconds of what the program does, too: words, counts, products of vectors."""
    words = [str(number * 7919 % 10007) for number in range(8000)]
    sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    for _ in range(20):
        _MATRIX @ _MATRIX[0]


def _measure(folder: Path) -> dict[str, float]:
    """Return the median pace of each piece, in the order in which they are measured."""
    index_dir = folder / "index"

    def build(target: Path) -> None:
        encoder = load_encoder("", index_dir)
        build_snapshot([_EXAMPLES / "coverage"], target, encoder, "regression_timing")

    build(index_dir)
    questions = [each.text for each in read_questions(_EXAMPLES / "questions.jsonl")]
    with open_coverage(index_dir) as coverage, shown_progress(stays=False) as progress:
        pieces: dict[str, Callable[[int], object]] = {
            "10 questions": lambda _: [coverage.answer(each) for each in questions[:10]],
            "a timeline": lambda _: coverage.timeline(_TOPIC),
            "a build": lambda number: build(folder / f"new-{number}"),
            "a build without changes": lambda _: build(index_dir),
        }
        return {name: _pace(name, piece, progress) for name, piece in pieces.items()}


def _pace(name: str, piece: Callable[[int], object], progress: Progress) -> float:
    """Return how many times as long it takes as the fixed work done right before and after it."""
    piece(-1)  # what happens the first time only is not its pace
    paces = []
    before = _seconds(lambda _: fixed_work(), 0)
    for number in range(_ROUNDS):
        taken = _seconds(piece, number)
        after = _seconds(lambda _: fixed_work(), 0)
        paces.append(2 * taken / (before + after))
        before = after
        progress(f"Measuring {name}", number + 1, _ROUNDS)
    return statistics.median(paces)


def _seconds(work: Callable[[int], object], number: int) -> float:
    started = time.perf_counter()
    work(number)
    return time.perf_counter() - started


if __name__ == "__main__":
    run(pace)
