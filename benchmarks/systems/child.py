"""One system in a process of its own: it builds its index, or answers questions from it.

`main` takes a task as JSON; it prints a line of JSON as it goes on, and the figures in the last.
It runs with the interpreter of its system, so it needs nothing but the standard library.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.speed.memory import memory_mb
from benchmarks.systems.peers import Passage, Question

Figures = dict[str, Any]
Say = Callable[..., None]

_WARM_UP = 20  # questions that are not timed


def main() -> None:
    """Do the task of the first argument."""
    # Whatever a library prints goes to stderr: stdout is for figures.
    lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(**fields: object) -> None:
        lines.write(json.dumps(fields) + "\n")
        lines.flush()

    task = json.loads(sys.argv[1])
    tasks: dict[str, Callable[..., Figures]] = {"build": _build, "ask": _ask}
    say(figures=tasks[task.pop("task")](say, **task))


def _build(_say: Say, system: str, folder: str, model: str, file: str) -> Figures:
    """Build an index of the passages of a file."""
    taken = [Passage(*each) for each in json.loads(Path(file).read_text("utf-8"))]
    import_module(f"benchmarks.systems.peers.{system}").build(taken, Path(folder), Path(model))
    return {}


def _ask(say: Say, system: str, folder: str, model: str, file: str, started: float) -> Figures:
    """Answer the questions of a file; the process was started at `started`, in seconds since 1970.

    `found` are the places found for each question, best first.
    """
    asked = [Question(*each) for each in json.loads(Path(file).read_text("utf-8"))]
    peer = import_module(f"benchmarks.systems.peers.{system}")
    ask = peer.open_index(Path(folder), Path(model))
    ask(asked[0])
    start_s = time.time() - started
    for question in asked[:_WARM_UP]:
        ask(question)
    took_ms, found = [], []
    worked = time.process_time()
    for done, question in enumerate(asked, 1):
        before = time.perf_counter()
        places = ask(question)
        took_ms.append((time.perf_counter() - before) * 1000)
        found.append(places)
        say(stage="asking", done=done, total=len(asked))
    return {
        "start_s": start_s,
        "took_ms": took_ms,
        # What other programs do at the time does not count here.
        "processor_ms": (time.process_time() - worked) * 1000 / len(asked),
        "memory_mb": memory_mb(),
        "found": found,
        "versions": {name: version(name) for name in peer.PACKAGES},
    }


if __name__ == "__main__":
    main()
