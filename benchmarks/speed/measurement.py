"""What `benchmark.py` measures, in a process of its own: questions, a build, a synthetic corpus.

`main` takes a task as JSON; it prints a line of JSON as it goes on, and the figures in the last.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.speed.latency import AT_ONCE, recall, time_readers, time_stages
from benchmarks.speed.memory import memory_mb
from benchmarks.speed.stopwatch import Stopwatch
from index.coverage import open_coverage
from index.errors import CoverageError
from index.snapshot.database_writer import DatabaseWriter
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import Snapshot
from scripts._questions import read_questions

Figures = dict[str, Any]


def main() -> None:
    """Do the task of the first argument; an expected failure ends in one line."""
    task = json.loads(sys.argv[1])
    tasks: dict[str, Callable[..., Figures]] = {
        "questions": _questions,
        "build": _build,
        "synthetic": _synthetic,
    }
    try:
        _say(figures=tasks[task.pop("task")](**task))
    except CoverageError as error:
        _say(failed=str(error))
        sys.exit(1)


def _questions(index_dir: str, questions: str, model: str, reader: str, started: float) -> Figures:
    """Measure from the start of this process (`started`, seconds since 1970) on."""
    # A bot's start and memory are measured, Discord's library included.
    import bot.__main__  # noqa: F401  # see above

    gc.freeze()  # as the bot does
    asked = list(read_questions(Path(questions)))
    imported = time.time()
    watch = Stopwatch()
    watch.hook("opening", Snapshot, "__init__")
    coverage = open_coverage(Path(index_dir), model, reader=reader)
    opening = watch.lap()["opening"]
    opened = time.time()
    coverage.answer(asked[0].text, asked_on=asked[0].asked_on)
    answered = time.time()
    times = time_stages(coverage, asked, _report)
    asked_once = memory_mb()
    figures = {
        "passages": coverage.manifest.passages,
        "sentences": coverage.manifest.sentences,
        "articles": coverage.manifest.articles,
        "questions": len(asked),
        "start_s": {
            "imports": imported - started,
            "opening": opening,
            "encoder": opened - imported - opening,
            "first answer": answered - started,
        },
        "ms": times,
        "at_once": {count: time_readers(coverage, asked, count, _report) for count in AT_ONCE},
        "memory_mb": memory_mb(),
        "memory_asked_once_mb": asked_once,
        "size_mb": _size_mb(current_folder(Path(index_dir))),
        "recall@20": recall(coverage, asked, _report),
    }
    coverage.close()
    return figures


def _build(articles: list[str], model: str) -> Figures:
    """Build an index that is thrown away."""
    # Imported here: to a bot it does not belong.
    from index.build import pipeline as build
    from index.build.encoder import load_encoder
    from index.build.options import BuildOptions

    watch = Stopwatch()
    watch.hook("read", build.Build, "read")
    watch.hook("export", build, "place_encoder")
    watch.hook("split", build, "segment_article")
    watch.hook("store", DatabaseWriter, "add_article")
    watch.hook("encode", build, "encode_new")
    watch.hook("vectors", build, "write_vectors")
    watch.hook("publish", build, "publish")
    with TemporaryDirectory(prefix="benchmark-") as folder:
        encoder = load_encoder(model, Path(folder))
        paths = [Path(each) for each in articles]
        summary = build.build_snapshot(
            paths, Path(folder), encoder, "benchmark.py", BuildOptions(_report)
        )
    return {
        "passages": summary.counts.passages,
        "articles": summary.counts.articles,
        "build_s": watch.lap() | {"all": summary.seconds},
        "memory_mb": memory_mb(),
    }


def _synthetic(source: str, target: str, passages: int) -> Figures:
    """Make a snapshot up; only what a build does, too, is timed."""
    from benchmarks.speed import synthetic

    watch = Stopwatch()
    watch.hook("text", DatabaseWriter, "add_article")
    watch.hook("text", DatabaseWriter, "close")
    watch.hook("vectors", synthetic, "write_faiss_index")
    watch.hook("publish", synthetic, "publish")
    synthetic.build_synthetic(Path(source), Path(target), passages, _report)
    seconds = watch.lap()
    return {"made_s": seconds | {"all": sum(seconds.values())}}


def _report(stage: str, done: int, total: int | None) -> None:
    """Report progress to the process that started this one."""
    _say(stage=stage, done=done, total=total)


def _say(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


def _size_mb(folder: Path) -> dict[str, float]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_size / 1e6 for path in files}
