"""Measure On Record beside others: `python -m benchmarks.systems.compare --questions FILE`."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from benchmarks.systems.material import take_material
from benchmarks.systems.measuring import SYSTEMS, Measuring
from benchmarks.systems.process import ROOT, SystemFailed
from benchmarks.systems.table import draw_quality, draw_speed
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, fail, output, run


def compare(
    questions: Annotated[
        Path,
        typer.Option(
            help="JSONL: id, question, answers, evidence [{article_id}].",
            exists=True,
            dir_okay=False,
        ),
    ],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    passages: Annotated[
        int, typer.Option(min=1, help="Most passages to take of the index.")
    ] = 1500,
    asked: Annotated[int, typer.Option(min=1, help="Most questions to ask.")] = 300,
    rounds: Annotated[int, typer.Option(min=1, help="How often to measure all in turn.")] = 3,
    threads: Annotated[int, typer.Option(min=1, help="Threads in which each computes.")] = 1,
    peers_python: Annotated[
        Path, typer.Option(help="The interpreter that has the other libraries.")
    ] = ROOT / "benchmarks/.venv/bin/python",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures of every round to this file.")
    ] = None,
) -> None:
    """Build the same passages and ask the same questions with each library, and show the ratios.

    Each is measured in fresh processes of its own, one after the other, in rounds; the table shows
    medians, and below them how many times that of On Record. The encoder's weights are the bundled
    ones for all. Threads that wait for each other on busy cores measure what else runs there, so
    each has one.

    Example: `python -m benchmarks.systems.compare --questions questions.jsonl`
    """
    material = take_material(Path(index_dir), questions, passages, asked)
    if not material.questions:
        fail(f"{questions} holds no question with an answer in the passages taken: try more")
    load = os.getloadavg()
    with TemporaryDirectory(prefix="comparison-") as folder:
        measuring = Measuring(material, Path(folder), peers_python.absolute(), threads)
        try:
            measuring.run(rounds)
        except SystemFailed as failure:
            fail(f"On Record could not be measured: {failure}")
    machine = {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "memory_gb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9,
        "load_before": load[0],
        "load_after": os.getloadavg()[0],
        "day": datetime.now(UTC).date().isoformat(),
    }
    counts = {
        "articles": len(material.articles),
        "passages": len(material.passages),
        "questions": len(material.questions),
        "rounds": rounds,
        "threads": threads,
    }
    _show(measuring, machine, counts)
    if json_file:
        text = json.dumps({"machine": machine, **counts, **measuring.figures()}, indent=2)
        json_file.write_text(text + "\n", "utf-8")


def _show(measuring: Measuring, machine: dict[str, Any], counts: dict[str, int]) -> None:
    measured = {SYSTEMS[key]: each for key, each in measuring.medians().items()}
    output.print(draw_speed(measured))
    output.print(draw_quality(measured))
    amounts = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    output.print(
        f"{amounts}; {machine['cores']} cores, {machine['memory_gb']:.0f} GB of memory, load "
        f"{machine['load_before']:.1f} before and {machine['load_after']:.1f} after; "
        f"{machine['day']}",
    )
    versions = ", ".join(f"{name} {version}" for name, version in measuring.versions.items())
    output.print(versions)
    for system, reason in measuring.failed.items():
        output.print(f"left out: {SYSTEMS[system]}: {reason}")


if __name__ == "__main__":
    run(compare)
