"""Files and folders → the articles of a build, and what changed since the edition before."""

from collections.abc import Iterable
from pathlib import Path

from index.build.changes import Earlier
from index.build.intake import Intake
from index.build.summary import BuildSummary
from index.formats.folders import iter_articles
from index.models import Article, Progress


def read_articles(
    paths: Iterable[Path],
    intake: Intake,
    earlier: Earlier | None,
    summary: BuildSummary,
    progress: Progress,
    exclude: Path | None,
) -> None:
    """Read all articles into `intake`, and note in `summary` what changed since `earlier`."""
    read = 0
    for path, found in iter_articles(paths, exclude=exclude):
        if isinstance(found, Article):
            if summary.input_check:
                summary.input_check.add(found)
            refused = intake.try_add(found, str(path))
        else:
            refused = found
        if refused:
            summary.skipped.append(refused)
        else:
            read += 1
            progress("Reading articles", read, None)
    summary.repeated = intake.repeated
    summary.changes = intake.compare(earlier)
