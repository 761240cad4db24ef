"""How far long work is, with a terminal and without one."""

import io

import pytest
from rich.console import Console

from scripts._progress import shown_progress


def test_without_a_terminal_a_line_now_and_then(capsys, monkeypatch):
    clock = iter([0.0, 5.0, 11.0, 15.0, 22.0])
    monkeypatch.setattr("scripts._progress.time.monotonic", lambda: next(clock))

    with shown_progress() as show:
        show("Reading articles", 10, None)
        show("Reading articles", 2000, None)
        show("Encoding passages", 64, 9000)
        show("Encoding passages", 128, 9000)

    lines = "Reading articles: 2,000\nEncoding passages: 128 of 9,000\n"
    assert capsys.readouterr().err == lines


@pytest.mark.parametrize("stays", [True, False])
def test_in_a_terminal_a_bar_a_stage(monkeypatch, stays):
    terminal = Console(file=io.StringIO(), force_terminal=True, width=100, legacy_windows=False)
    monkeypatch.setattr("scripts._progress.errors", terminal)

    with shown_progress(stays=stays) as show:
        show("Reading articles", 10, None)
        show("Encoding passages", 64, 9000)
        show("Encoding passages", 128, 9000)

    shown = terminal.file.getvalue()
    assert "Reading articles" in shown
    assert "128/9000" in shown
    assert "64/9000" not in shown.split("128/9000")[-1]
    assert shown.endswith("\x1b[2K") is not stays
