"""The snapshot's folder beside Milvus Lite: `python -m benchmarks.speed.stores --questions FILE`.

Both hold the same articles with the same vectors; each answers in a process of its own, Milvus
through a server in a third one. Milvus Lite is written in Python, for trying things out: its times
say nothing about a real server's.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

from benchmarks.speed.memory import memory_mb
from index.build.options import BuildOptions
from index.build.places import move_index
from index.coverage import open_coverage
from index.milvus.address import MilvusAddress, read_address
from index.models import ArticleNo
from index.snapshot.database_writer import DatabaseWriter
from index.snapshot.publishing import new_snapshot, publish
from index.snapshot.snapshot import open_snapshot
from index.snapshot.vector_file import VectorFile, as_bytes, write_header
from index.snapshot.vector_index import write_faiss_index
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, output, run
from scripts._progress import shown_progress
from scripts._questions import read_questions

_WARM_UP = 3  # questions
_Figures = dict[str, Any]


def compare_stores(
    questions: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="JSONL.")],
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    passages: Annotated[list[int] | None, typer.Option(help="How many to compare with.")] = None,
    asked: Annotated[int, typer.Option(min=1, help="How many questions to ask.")] = 50,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file too.")
    ] = None,
) -> None:
    """Measure building, answering and memory of both stores over the same articles.

    Example: `python -m benchmarks.speed.stores --questions questions.jsonl --passages 20000`
    """
    measured: list[_Figures] = []
    for count in passages or [20_000]:
        with TemporaryDirectory(prefix=".stores-", dir=index_dir) as folder:
            measured += _compare(Path(index_dir), Path(folder), count, questions, asked)
        output.print(_table(measured))
        if json_file:
            json_file.write_text(json.dumps(measured, indent=2) + "\n", "utf-8")


def _compare(
    source: Path, scratch: Path, count: int, questions: Path, asked: int
) -> Iterator[_Figures]:
    part = scratch / "folder"
    started = time.perf_counter()
    with shown_progress(stays=False) as progress:
        total = _cut(source, part, count)
        folder_s = time.perf_counter() - started
        with _server(scratch / "engine") as port:
            place = f"milvus://127.0.0.1:{port}/benchmark"
            started = time.perf_counter()
            move_index(part, _address(place), "stores.py", BuildOptions(progress))
            milvus_s = time.perf_counter() - started
            yield _asked("folder", str(part), questions, asked) | {
                "passages": total,
                "per_second": total / folder_s,
            }
            yield _asked("Milvus Lite", place, questions, asked) | {
                "passages": total,
                "per_second": total / milvus_s,
            }


def _address(place: str) -> Path | MilvusAddress:
    settings = {"MILVUS_TIMEOUT": "600", "MILVUS_INDEX": "FLAT"}
    found = read_address(place, settings)
    return replace(found, settle=0.0) if isinstance(found, MilvusAddress) else found


def _asked(name: str, place: str, questions: Path, asked: int) -> _Figures:
    """Return what a process of its own measures."""
    module = ["-m", "benchmarks.speed.stores", "ask", place, str(questions), str(asked)]
    found = subprocess.run([sys.executable, *module], capture_output=True, text=True, check=True)  # noqa: S603
    return {"store": name, **json.loads(found.stdout)}


def ask(place: str, questions: Path, asked: int) -> None:
    """Print, as JSON, how long questions to this index take, and how much memory."""
    seconds = []
    with open_coverage(_address(place)) as coverage:
        listed = list(read_questions(questions))
        for each in listed[: _WARM_UP + asked]:
            started = time.perf_counter()
            coverage.answer(each.text, asked_on=each.asked_on)
            seconds.append(time.perf_counter() - started)
    p50, p95 = np.percentile(seconds[_WARM_UP:], [50, 95]) * 1000
    print(json.dumps({"p50": p50, "p95": p95, "memory": memory_mb()}))


def _cut(source: Path, target: Path, count: int) -> int:
    """Make a snapshot of the first articles with `count` passages or more; return their number."""
    with open_snapshot(source) as whole, new_snapshot(target) as layout:
        with DatabaseWriter(layout.database) as draft:
            for row, article in enumerate(whole.database.articles()):
                if draft.counts.passages >= count:
                    break
                draft.add_article(article, whole.database.parts(ArticleNo(row)))
            counts = draft.counts
        dimension = whole.manifest.encoder.dimension
        with layout.passages.open("wb") as dense, layout.sentences.open("wb") as sentences:
            write_header(dense, counts.passages, dimension)
            write_header(sentences, counts.sentences, dimension)
            for number in map(ArticleNo, range(counts.articles)):
                of_passages, of_sentences = whole.vectors_of(number)
                dense.write(as_bytes(of_passages))
                sentences.write(as_bytes(of_sentences))
        with VectorFile(layout.passages, dimension, counts.passages) as rows:
            write_faiss_index(rows, layout.faiss_index, dimension)
        layout.picture.write_bytes(whole.picture)
        if whole.manifest.has_graph:
            whole.layout.encoder.link_to(layout.encoder.folder)
        manifest = replace(
            whole.manifest,
            articles=counts.articles,
            sentences=counts.sentences,
            passages=counts.passages,
            command="stores.py",
            schema_version=max(4, whole.manifest.schema_version),  # 3 differs in its spelling
        )
        publish(layout, manifest, target, keep=1)
        return counts.passages


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    """Yield the port of a Milvus Lite server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = ["--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    running = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "milvus_lite", "server", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while running.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(60)


def _table(measured: list[_Figures]) -> Table:
    table = Table("store", "passages", "written, passages/s", "p50, ms", "p95, ms", "memory, MB")
    for column in table.columns[1:]:
        column.justify = "right"
    for each in measured:
        memory = each["memory"].get("now", 0.0)
        table.add_row(
            each["store"],
            f"{each['passages']:,}",
            *(f"{each[name]:,.0f}" for name in ("per_second", "p50", "p95")),
            f"{memory:,.0f}",
        )
    return table


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        ask(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        run(compare_stores)
