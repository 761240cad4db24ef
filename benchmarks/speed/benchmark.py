"""Measure speed and size: `python -m benchmarks.speed.benchmark --questions FILE.jsonl`."""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from benchmarks.speed.benchmark_table import draw_table
from index.reader.opening import ON
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, Model, ReaderName, fail, output, run
from scripts._progress import shown_progress

Figures = dict[str, Any]


def benchmark(
    questions: Annotated[
        Path | None,
        typer.Option(help="JSONL: id, question.", exists=True, dir_okay=False),
    ] = None,
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    synthetic: Annotated[
        list[int] | None,
        typer.Option(
            min=1,
            help="Ask a made-up coverage of n passages instead, shuffled from the index and "
            "thrown away; may be given several times. A million takes 6 GB of disk.",
        ),
    ] = None,
    build: Annotated[
        list[Path] | None,
        typer.Option(help="Build an index of these articles, thrown away, too.", exists=True),
    ] = None,
    model: Model = "",
    reader: ReaderName = ON,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file too.")
    ] = None,
) -> None:
    """Measure how fast and how large an index is, in fresh processes.

    A start, a question by its stages, questions at once, memory, disk, and recall@20 of the dense
    leg against comparing all passages; with `--build`, a build by its stages.

    Example: `python -m benchmarks.speed.benchmark --questions questions.jsonl`
    """
    if not questions and (synthetic or not build):
        raise typer.BadParameter("give --questions FILE.jsonl, or --build ARTICLES")
    measured: list[Figures] = []
    if build:
        measured.append(_measure("build", articles=[str(each) for each in build], model=model))
    if questions and not synthetic:
        measured.append(_asked(Path(index_dir), questions, model, reader))
    for passages in synthetic or []:
        # Beside the index: the system's own folder for such files may lie in memory.
        with TemporaryDirectory(prefix=".benchmark-", dir=index_dir) as folder:
            made = _measure("synthetic", source=str(index_dir), target=folder, passages=passages)
            measured.append({**made, **_asked(Path(folder), questions, model, reader)})
    output.print(draw_table(measured))
    if json_file:
        machine = {"system": platform.platform(), "cores": os.cpu_count()}
        text = json.dumps({"machine": machine, "measured": measured}, indent=2)
        json_file.write_text(text + "\n", "utf-8")


def _asked(index_dir: Path, questions: Path | None, model: str, reader: str) -> Figures:
    return _measure(
        "questions",
        index_dir=str(index_dir),
        questions=str(questions),
        model=model,
        reader=reader,
        started=time.time(),
    )


def _measure(task: str, **fields: object) -> Figures:
    """Do a task of `measurement.py` in a process of its own and return the figures."""
    program = "from benchmarks.speed.measurement import main; main()"
    command = [sys.executable, "-c", program, json.dumps({"task": task, **fields})]
    said: Figures = {}
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process,  # noqa: S603  # itself
        shown_progress(stays=False) as progress,
    ):
        progress("Starting", 0, None)
        for line in process.stdout or ():
            said = json.loads(line)
            if "stage" in said:
                progress(said["stage"], said["done"], said["total"])
    if "failed" in said:
        fail(said["failed"])
    if process.returncode:
        fail(f"the measuring process ended with code {process.returncode}")
    figures: Figures = said["figures"]
    return figures


if __name__ == "__main__":
    run(benchmark)
