"""Ways to run a command: as a program, or here, which spares the seconds that torch loads in."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.console import run

PROJECT = Path(__file__).parents[2]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run_script():
    """Run a script as a program from the project's folder: `run_script("ask.py", "Who?")`."""

    def run_program(script: str, *arguments: object) -> Ran:
        # Set, though empty: a developer's own .env must not decide what is tested.
        own = dict.fromkeys(("INDEX_DIR", "EMBEDDING_MODEL", "ANSWER_THRESHOLD"), "")
        ran = subprocess.run(
            [sys.executable, f"scripts/{script}", *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, **own, "COLUMNS": "200", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return run_program


@pytest.fixture
def run_here(monkeypatch, tmp_path, capsys):
    """Run a command in this process, with its exit code: `run_here(ask, "Who?")`."""

    def run_command(command, *arguments: object) -> Ran:
        monkeypatch.chdir(tmp_path)  # where no .env is
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(sys, "argv", ["command", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            run(command)
        code = ended.value.code
        return Ran(0 if code is None else int(code), *capsys.readouterr())

    return run_command
