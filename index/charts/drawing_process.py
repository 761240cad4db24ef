"""Draws a bar chart in a process of its own, whose memory is freed with it.

`python -m index.charts.drawing_process` reads one JSON object from its input and writes a PNG to
its output.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from index.charts.bar_chart import draw_bar_chart
from index.charts.monthly_counts import ChartLabels, MonthlyCounts
from index.dates.partial_date import PartialDate
from index.errors import PictureError

SECONDS = 30.0
_PNG = b"\x89PNG\r\n\x1a\n"
_PROJECT = Path(__file__).parents[2]


async def draw_in_process(
    monthly_counts: MonthlyCounts,
    labels: ChartLabels,
    event_markers: Sequence[PartialDate | None] = (),
    seconds: float = SECONDS,
) -> bytes:
    """Return what `draw_bar_chart` draws, as PNG.

    Raises PictureError if the process fails or takes longer than `seconds`; it is ended then, and
    also if the task is cancelled.
    """
    request = json.dumps(_packed(monthly_counts, labels, event_markers)).encode()
    try:
        # Not a fork: the bot has threads, and a forked process could deadlock.
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "index.charts.drawing_process"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=_PROJECT,
        )
    except OSError as error:
        raise PictureError(f"no process could be started ({error.strerror})") from error
    try:
        async with asyncio.timeout(seconds):
            drawn, printed = await process.communicate(request)
    except TimeoutError as error:
        raise PictureError(f"it took longer than {seconds:g} s") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    code = process.returncode or 0
    if code or not drawn.startswith(_PNG):
        raise PictureError(_reason(code, printed))
    return drawn


def _packed(
    monthly_counts: MonthlyCounts, labels: ChartLabels, event_markers: Sequence[PartialDate | None]
) -> dict[str, Any]:
    # JSON has no key for an outlet that is unknown.
    by_outlet = list(monthly_counts.by_outlet.items())
    return {
        "monthly_counts": {
            **asdict(monthly_counts),
            "periods": list(map(str, monthly_counts.periods)),
            "by_outlet": by_outlet,
        },
        "labels": asdict(labels),
        "event_markers": [str(day) if day else None for day in event_markers],
    }


def _unpacked(
    request: dict[str, Any],
) -> tuple[MonthlyCounts, ChartLabels, list[PartialDate | None]]:
    fields = request["monthly_counts"]
    monthly_counts = MonthlyCounts(
        periods=tuple(map(PartialDate.parse, fields["periods"])),
        by_outlet={outlet: tuple(counts) for outlet, counts in fields["by_outlet"]},
        undated=fields["undated"],
        others=tuple(fields["others"]),
        other_outlets=fields["other_outlets"],
    )
    days = [day and PartialDate.parse(day) for day in request["event_markers"]]
    return monthly_counts, ChartLabels(**request["labels"]), days


def _reason(code: int, printed: bytes) -> str:
    """Return why the process failed, by the error's name alone: its text may hold the topic."""
    last = printed.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
    return f"its process ended with code {code}{f' ({last})' if last else ''}"


def main() -> None:
    """Draw the request on standard input."""
    monthly_counts, labels, event_markers = _unpacked(json.load(sys.stdin.buffer))
    picture = BytesIO()
    draw_bar_chart(monthly_counts, labels, picture, event_markers)
    sys.stdout.buffer.write(picture.getvalue())


if __name__ == "__main__":
    main()
