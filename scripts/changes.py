"""List the articles that builds changed or removed: `python scripts/changes.py --index DIR`."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from typing import Annotated, Any

import typer
from rich.table import Table

from index.errors import UnknownDateError
from index.models import Article
from index.places import open_store
from index.search.filters import read_filters
from index.store.base import Store
from index.store.change_log import ChangeKind, DatedChange
from index.text.plurals import counted
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, fail, output, read_place, run

_AT_ONCE = 500  # articles that are asked for


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
    with closing(open_store(read_place(index_dir))) as store:
        found = _found(store, first)
        if as_json:
            for some in _portions(found):
                now = store.articles_by_key({each.change.key for each in some})
                for each in some:
                    print(json.dumps(_fields(each, now.get(each.change.key))))
        elif found:
            output.print(_table(found))
    if not found and not as_json:
        output.print(f"No article changed or went since {first}.")


def _found(store: Store, first: date) -> list[DatedChange]:
    if store.changes is None:
        fail(
            "this index has no log of changes yet: the next build that changes something begins it"
        )
    moment = datetime.combine(first, time_of_day(), UTC)
    logged = store.changes.since(moment)
    return [each for each in logged if each.change.kind is not ChangeKind.ADDED]


def _portions(found: list[DatedChange]) -> Iterator[list[DatedChange]]:
    for first in range(0, len(found), _AT_ONCE):
        yield found[first : first + _AT_ONCE]


def _table(found: list[DatedChange]) -> Table:
    table = Table("built", "what", "outlet", "headline before", "changed")
    table.add_column("address", overflow="fold")
    for change, built_at in found:
        passages = f" ({counted(len(change.lost), 'sentence')})" if change.lost else ""
        table.add_row(
            f"{built_at:%Y-%m-%d %H:%M}",
            change.kind.value,
            change.outlet or "unknown",
            change.headline,
            ", ".join(change.fields) + passages,
            change.url or change.id,
        )
    return table


def _fields(dated: DatedChange, now: Article | None) -> dict[str, Any]:
    """Return a change for JSON, with the text before if it was kept; `now` is the article now."""
    change = dated.change
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
