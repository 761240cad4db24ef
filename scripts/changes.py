"""List the articles that builds changed or removed: `python scripts/changes.py --index DIR`."""

import json
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from index.errors import UnknownDateError
from index.search.filters import read_filters
from index.snapshot.snapshot import Snapshot, open_snapshot
from index.store.change_log import ChangeKind, DatedChange
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, fail, output, read_place, run


def changes(
    index_dir: IndexDir = DEFAULT_INDEX_DIR,
    since: Annotated[
        str, typer.Option(help="Only from this day on, such as `yesterday`; 90 days are kept.")
    ] = "the last 30 days",
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON line each.")] = False,
) -> None:
    """List the articles that changed or went since a day, for an editor.

    Example: `python scripts/changes.py --index coverage-index --since "last week"`
    """
    first = read_filters(since=since, today=datetime.now(UTC).date()).since
    if first is None:
        raise UnknownDateError(since)
    place = read_place(index_dir)
    if not isinstance(place, Path):
        fail(f"{place} is in Milvus, where builds keep no log of changes")
    with open_snapshot(place) as snapshot:
        found = _found(snapshot, first)
        if as_json:
            for each in found:
                print(json.dumps(_fields(each, snapshot)))
        elif found:
            output.print(_table(found))
    if not found and not as_json:
        output.print(f"No article changed or went since {first}.")


def _found(snapshot: Snapshot, first: date) -> list[DatedChange]:
    if snapshot.changes is None:
        fail(
            "this index has no log of changes yet: the next build that changes something begins it"
        )
    moment = datetime.combine(first, time_of_day(), UTC)
    logged = snapshot.changes.since(moment)
    return [each for each in logged if each.change.kind is not ChangeKind.ADDED]


def _table(found: list[DatedChange]) -> Table:
    table = Table("built", "what", "outlet", "headline before", "changed")
    table.add_column("address", overflow="fold")
    for change, built_at in found:
        passages = f" ({len(change.lost)} sentence(s))" if change.lost else ""
        table.add_row(
            f"{built_at:%Y-%m-%d %H:%M}",
            change.kind.value,
            change.outlet or "unknown",
            change.headline,
            ", ".join(change.fields) + passages,
            change.url or change.id,
        )
    return table


def _fields(dated: DatedChange, snapshot: Snapshot) -> dict[str, Any]:
    """Return a change for JSON, with the text before if it was kept, and the text now."""
    change = dated.change
    now = snapshot.database.article_by_key(change.key)
    return {
        "built_at": dated.built_at.isoformat(),
        "kind": change.kind.value,
        "id": change.id,
        "outlet": change.outlet,
        "headline": change.headline,
        "headline_now": now.headline if now else None,
        "url": change.url,
        "fields": list(change.fields),
        "text_sha256": change.text_hash,
        "lost": [{"start": span.start, "end": span.end} for span in change.lost],
        "text": change.text,
        "is_published": now is not None,
    }


if __name__ == "__main__":
    run(changes)
