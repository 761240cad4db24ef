"""A process of its own for each measurement; what it says is followed, and it never stays."""

import json
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts._progress import shown_progress

Figures = dict[str, Any]

ROOT = Path(__file__).parents[2]
# Nothing is downloaded, nobody is told of this, and On Record builds with the same weights.
_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "EMBEDDING_MODEL": "",
}


class SystemFailed(Exception):  # noqa: N818  # it is the system that failed
    """A system could not be measured; the message is its reason, in one line."""


def run_child(python: Path, title: str, log: Path, threads: int, **task: object) -> Figures:
    """Do a task of `benchmarks/systems/child.py` with this interpreter and return the figures."""
    command = [str(python), "-m", "benchmarks.systems.child", json.dumps(task)]
    return run_process(command, title, log, threads)


def run_process(command: Sequence[str], title: str, log: Path, threads: int) -> Figures:
    """Run a command, and return the figures of its last line, with `seconds` for the whole of it.

    It computes in `threads` threads.
    Raises SystemFailed with the last line of what it wrote to stderr, which is kept in `log`.
    """
    started = time.perf_counter()
    said: Figures = {}
    with log.open("w", encoding="utf-8") as stderr, shown_progress(stays=False) as progress:
        progress(title, 0, None)
        try:
            process = subprocess.Popen(  # noqa: S603  # our own command
                command,
                cwd=ROOT,
                env={**os.environ, **_ENVIRONMENT, "OMP_NUM_THREADS": str(threads)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                encoding="utf-8",
            )
        except OSError as error:
            reason = f"no interpreter {command[0]} ({error.strerror}); see benchmarks/README.md"
            raise SystemFailed(reason) from error
        with process:
            try:
                for line in process.stdout or ():
                    said = _read(line)
                    if "stage" in said:
                        progress(f"{title}, {said['stage']}", said["done"], said["total"])
            except BaseException:
                process.kill()
                raise
    if process.returncode:
        raise SystemFailed(_reason(log.read_text("utf-8"), process.returncode))
    return {**said.get("figures", {}), "seconds": time.perf_counter() - started}


def _read(line: str) -> Figures:
    """Return what a line says; the commands of On Record print for people."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _reason(log: str, code: int) -> str:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else f"ended with code {code}"
