"""A process of its own draws the same picture, and its failure is one line without the topic."""

import asyncio
import subprocess
import sys

import pytest

from index.charts.bar_chart import draw_bar_chart
from index.charts.drawing_process import draw_in_process
from index.charts.monthly_counts import ChartLabels, count_by_month
from index.dates.partial_date import PartialDate
from index.errors import PictureError
from tests.bot.editions import until
from tests.conftest import PROJECT

SPREAD = count_by_month(
    {(PartialDate(2022, 1), None): 1, (PartialDate(2022, 3), "Пост"): 2}
    | {(PartialDate(2022, 3), f"A{n}"): 3 for n in range(9)},
    40,
)
LABELS = ChartLabels("Мост: 40 статей", "издание неизвестно", "ещё 5")
EVENT_MARKERS = (PartialDate(2022, 1, 5), PartialDate(2022, 3), None)


@pytest.fixture
def fail_with(monkeypatch):
    """Let another program stand where the drawing one does."""

    def replace_program(program):
        start = asyncio.create_subprocess_exec
        command = [sys.executable, "-c", program]
        monkeypatch.setattr(
            asyncio, "create_subprocess_exec", lambda *_, **options: start(*command, **options)
        )

    return replace_program


async def test_picture_is_the_one_that_would_be_drawn_here(tmp_path):
    draw_bar_chart(SPREAD, LABELS, tmp_path / "here.png", EVENT_MARKERS)

    drawn = await draw_in_process(SPREAD, LABELS, EVENT_MARKERS)

    assert drawn == (tmp_path / "here.png").read_bytes()


def test_drawing_loads_no_matplotlib_here():
    program = (
        "import asyncio, sys; from index.charts.drawing_process import draw_in_process; "
        "from index.charts.monthly_counts import ChartLabels, MonthlyCounts; "
        "asyncio.run(draw_in_process(MonthlyCounts((), {}, 1), ChartLabels('', '', ''))); "
        "sys.exit('matplotlib' in sys.modules)"
    )

    ran = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False)

    assert ran.returncode == 0


async def test_failed_process_is_an_error_that_keeps_the_topic_to_itself(fail_with):
    fail_with("raise ValueError('the secret topic')")

    with pytest.raises(PictureError) as caught:
        await draw_in_process(SPREAD, LABELS)

    assert str(caught.value) == (
        "cannot draw the picture: its process ended with code 1 (ValueError); "
        "everything else works without it"
    )


async def test_process_that_ends_without_a_picture_is_an_error(fail_with):
    fail_with("print('no picture')")

    with pytest.raises(PictureError, match="ended with code 0;"):
        await draw_in_process(SPREAD, LABELS)


async def test_process_that_was_killed_is_an_error(fail_with):
    fail_with("import os; os.kill(os.getpid(), 9)")

    with pytest.raises(PictureError, match="ended with code -9;"):
        await draw_in_process(SPREAD, LABELS)


async def test_process_that_takes_too_long_is_ended(fail_with, tmp_path):
    survived = tmp_path / "survived"
    fail_with(f"import time, pathlib; time.sleep(1.5); pathlib.Path({str(survived)!r}).touch()")

    with pytest.raises(PictureError, match=r"it took longer than 0\.5 s"):
        await draw_in_process(SPREAD, LABELS, seconds=0.5)

    await asyncio.sleep(2)
    assert not survived.exists()


async def test_process_that_cannot_start_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    with pytest.raises(PictureError, match="no process could be started"):
        await draw_in_process(SPREAD, LABELS)


async def test_process_ends_with_the_one_who_waits_for_it(fail_with, tmp_path):
    began, survived = tmp_path / "began", tmp_path / "survived"
    fail_with(
        f"import time, pathlib; pathlib.Path({str(began)!r}).touch(); time.sleep(1); "
        f"pathlib.Path({str(survived)!r}).touch()"
    )
    drawing = asyncio.create_task(draw_in_process(SPREAD, LABELS))
    await until(began.exists)

    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing

    await asyncio.sleep(1.5)
    assert not survived.exists()
