"""A picture drawn by a process of its own, so that a bot's memory stays what it is.

`python -m index.drawing` reads one JSON object from its input and writes a PNG to its output.
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

from index.errors import PictureError
from index.labels import Labels
from index.picture import draw_spread
from index.spread import Spread

SECONDS = 30.0
_PNG = b"\x89PNG\r\n\x1a\n"
_PROJECT = Path(__file__).parents[1]


async def draw_in_process(
    spread: Spread, labels: Labels, marks: Sequence[str] = (), seconds: float = SECONDS
) -> bytes:
    """Return what `draw_spread` draws, as PNG.

    Raises PictureError where the process fails or takes longer than `seconds`. It has ended then,
    and so it has where the task is cancelled.
    """
    asked = json.dumps(_packed(spread, labels, marks)).encode()
    try:
        # No fork: the bot has threads, and a copy of them would hang.
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "index.drawing"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=_PROJECT,
        )
    except OSError as error:
        raise PictureError(f"no process could be started ({error.strerror})") from error
    try:
        async with asyncio.timeout(seconds):
            drawn, said = await process.communicate(asked)
    except TimeoutError as error:
        raise PictureError(f"it took longer than {seconds:g} s") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    code = process.returncode or 0
    if code or not drawn.startswith(_PNG):
        raise PictureError(_reason(code, said))
    return drawn


def _packed(spread: Spread, labels: Labels, marks: Sequence[str]) -> dict[str, Any]:
    # JSON has no key for an outlet that is unknown.
    by_outlet = list(spread.by_outlet.items())
    return {
        "spread": {**asdict(spread), "by_outlet": by_outlet},
        "labels": asdict(labels),
        "marks": list(marks),
    }


def _unpacked(asked: dict[str, Any]) -> tuple[Spread, Labels, list[str]]:
    fields = asked["spread"]
    spread = Spread(
        periods=tuple(fields["periods"]),
        by_outlet={outlet: tuple(counts) for outlet, counts in fields["by_outlet"]},
        undated=fields["undated"],
        others=tuple(fields["others"]),
        other_outlets=fields["other_outlets"],
    )
    return spread, Labels(**asked["labels"]), asked["marks"]


def _reason(code: int, said: bytes) -> str:
    """Return why the process failed, by the error's name alone: its text may hold the topic."""
    last = said.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
    return f"its process ended with code {code}{f' ({last})' if last else ''}"


def main() -> None:
    """Draw what is asked for on standard input."""
    spread, labels, marks = _unpacked(json.load(sys.stdin.buffer))
    picture = BytesIO()
    draw_spread(spread, labels, picture, marks)
    sys.stdout.buffer.write(picture.getvalue())


if __name__ == "__main__":
    main()
