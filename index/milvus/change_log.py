"""The log of changes in Milvus: rows that builds add to it, and how an edition reads them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from index.milvus.editions import Edition
from index.milvus.engine import Engine, Row
from index.milvus.lock import LockedTables
from index.milvus.rows import divide_text, join_text, quoted
from index.milvus.schema import Table
from index.models import Span
from index.store.change_log import KEPT_DAYS, Change, ChangeKind, DatedChange

_BUILD = "build"  # kind of the row that says when a build was; its key is the edition's id
_BITS = 32  # for the changes of an edition


class MilvusChangeLog:
    """The log as the edition of this number sees it, a `ChangeLog`."""

    def __init__(self, engine: Engine, number: int) -> None:
        self._engine = engine
        self._fits = f"edition <= {number}"

    def news_since(self, snapshot: str) -> frozenset[str] | None:
        """Return the keys of the articles added or rewritten after this edition was built.

        None if the log does not reach back to it.
        """
        named = f'kind == "{_BUILD}" and key == {quoted(snapshot)} and {self._fits}'
        builds = self._engine.query(Table.CHANGES, named, ["edition"])
        if not builds:
            return None
        kinds = ", ".join(f'"{kind}"' for kind in (ChangeKind.ADDED, ChangeKind.CHANGED))
        later = self._changes(f"edition > {builds[0]['edition']} and kind in [{kinds}]")
        return frozenset(each.change.key for each in later if each.change.is_news)

    def kept_texts(self, first_digits: str) -> list[Change]:
        """Return the changes whose text before was kept, the latest first.

        Those of articles whose key begins with these hexadecimal digits.
        """
        found = self._changes(f"key like {quoted(first_digits + '%')} and has_text == 1")
        return [each.change for each in reversed(found)]

    def of_article(self, key: str) -> list[DatedChange]:
        """Return what happened to the article of this key, the latest first."""
        return self._changes(f'key == {quoted(key)} and kind != "{_BUILD}"')[::-1]

    def since(self, moment: datetime) -> list[DatedChange]:
        """Return what happened since, the earliest first; `moment` has a time zone."""
        return self._changes(f'built_at >= {int(moment.timestamp())} and kind != "{_BUILD}"')

    def _changes(self, condition: str) -> list[DatedChange]:
        rows = self._engine.rows(
            Table.CHANGES,
            f"{condition} and {self._fits}",
            ["number", "built_at", "record"],
            seconds=self._engine.address.timeout,
        )
        return [_read(row) for row in rows]


def log_build(
    tables: LockedTables, edition: Edition, changes: Iterable[Change], previous: Edition | None
) -> None:
    """Add what the build of an edition changed since the `previous` one.

    Nobody sees it before the edition is announced. The log begins with the previous edition if
    that was built before there was one.
    """
    if previous:
        tables.insert(Table.CHANGES, _rows(previous, ()))
    tables.insert(Table.CHANGES, _rows(edition, changes))


def forget_unfinished(tables: LockedTables, number: int) -> None:
    """Delete what a killed build has logged for the edition of this number."""
    tables.delete(Table.CHANGES, f"edition >= {number}")


def forget_old(tables: LockedTables, oldest: int) -> None:
    """Delete what was logged more than `KEPT_DAYS` ago, unless edition `oldest` or later was made.

    A bot with an older edition open still reads what came after that edition.
    """
    last = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
    tables.delete(Table.CHANGES, f"built_at < {int(last.timestamp())} and edition < {oldest}")


def _rows(edition: Edition, changes: Iterable[Change]) -> Iterator[Row]:
    built_at = int(datetime.fromisoformat(edition.manifest.built_at).timestamp())
    row: Row = {"edition": edition.number, "built_at": built_at}
    first = edition.number << _BITS
    yield row | {"number": first, "kind": _BUILD, "key": edition.id, "has_text": 0, "record": []}
    for place, change in enumerate(changes, 1):
        yield row | {
            "number": first + place,
            "kind": change.kind.value,
            "key": change.key,
            "has_text": int(change.text is not None),
            "record": divide_text(json.dumps(asdict(change), ensure_ascii=False)),
        }


def _read(row: Row) -> DatedChange:
    fields = json.loads(join_text(row["record"]))
    change = Change(
        **fields
        | {
            "kind": ChangeKind(fields["kind"]),
            "fields": tuple(fields["fields"]),
            "lost": tuple(Span(*each) for each in fields["lost"]),
        }
    )
    return DatedChange(change, datetime.fromtimestamp(row["built_at"], UTC))
