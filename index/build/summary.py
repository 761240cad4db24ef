"""What a build did, and whether it looks like a failed fetch."""

from dataclasses import dataclass, field
from pathlib import Path

from index.build.changes import Changes
from index.build.input_check import InputCheck
from index.errors import NoArticlesError, ShrinkError
from index.formats.folders import FORMATS
from index.models import Skipped
from index.snapshot.database_writer import Counts

_MOST_REMOVED = 0.2  # of the articles; more looks like a failed fetch


@dataclass(slots=True)
class BuildSummary:
    """What a build did, or would do; `seconds` is wall-clock time.

    `folder` is that of the snapshot in use now, or the name of the edition in Milvus; None
    without one. `repeated` articles came more
    than once; `encoded` passages were new; `why_not_reusable` says why nothing could be taken over
    from the snapshot before, `not_exported` why questions need torch. Only a
    preview has an `input_check`.
    """

    folder: Path | str | None = None
    counts: Counts = field(default_factory=Counts)
    changes: Changes = field(default_factory=Changes)
    skipped: list[Skipped] = field(default_factory=list)
    repeated: int = 0
    encoded: int = 0
    why_not_reusable: str | None = None
    not_exported: str | None = None
    seconds: float = 0.0
    input_check: InputCheck | None = None


def check_loss(summary: BuildSummary, *, is_new: bool) -> None:
    """Raise NoArticlesError or ShrinkError if this looks like a failed fetch.

    `is_new`: there is no index before it.
    """
    changes = summary.changes
    is_empty = not (changes.added or changes.changed or changes.unchanged)
    if is_empty and (summary.skipped or not is_new):
        raise NoArticlesError(FORMATS, [f"{each.place}: {each.reason}" for each in summary.skipped])
    if len(changes.removed) > _MOST_REMOVED * changes.before:
        removed = [f"{one.id} · {one.headline}" for one in changes.removed]
        raise ShrinkError(removed, changes.before)
