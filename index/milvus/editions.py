"""Editions of a coverage in Milvus, and the files that belong to them.

Every row says from which edition on it counts and from which on no longer, and every search is for
one edition: a build adds rows that nobody sees, and inserts the row of the new edition last. An
alias per edition would switch as well, but to a whole new collection: each build would copy every
row that did not change.

Questions are asked with bounded staleness, which costs no wait: what they see may be 5 seconds old
(Milvus' `common.gracefulTime`). So a build lets more time pass between its last row and the row of
its edition: whoever sees the edition sees all of it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from index.errors import SnapshotCorruptError
from index.milvus.engine import Engine
from index.milvus.lock import LockedTables
from index.milvus.rows import divide_text, join_text, quoted
from index.milvus.schema import READABLE, VERSION, Table
from index.milvus.statistics import Statistics, read_statistics, statistics_fields
from index.milvus.weighting import Weighting, read_weighting, weighting_fields
from index.store.manifest import Manifest, check_version, manifest_text, parse_manifest
from index.text.names import KnownName

_PIECE = 49_149  # bytes: in base64 they fill a VARCHAR
PICTURE, SAMPLE, NAMES = "coverage.png", "sample.f16", "names.json"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: what is in it.

    `weighting` is how its terms are weighted, `next_article` the first number that no article has
    had, `index_type` how its vectors are indexed.
    """

    number: int
    id: str
    manifest: Manifest
    statistics: Statistics
    weighting: Weighting
    next_article: int
    index_type: str


def names_file(names: Iterable[KnownName]) -> bytes:
    """Return the names as `NAMES` has them; `read_names` reads it."""
    return json.dumps(list(names), ensure_ascii=False).encode()


def read_names(data: bytes) -> list[KnownName]:
    """Return the names of a file."""
    return [KnownName(*values) for values in json.loads(data)]


def current_id(engine: Engine) -> str | None:
    """Return the id of the newest edition, None if there is none."""
    found = _listed(engine)
    return found[max(found)] if found else None


def current_edition(engine: Engine) -> Edition | None:
    """Return the newest edition, None if there is none."""
    found = _listed(engine)
    return read_edition(engine, max(found)) if found else None


def edition_numbers(engine: Engine) -> list[int]:
    """Return the numbers of all editions that are still there, in order."""
    return sorted(_listed(engine))


def read_edition(engine: Engine, number: int) -> Edition:
    """Return an edition.

    Raises SnapshotCorruptError if it cannot be read, SnapshotMismatchError if another version of On
    Record built it.
    """
    rows = engine.query(Table.EDITIONS, f"number == {number}", ["record"], is_fresh=True)
    place = Path(f"{engine.address} edition {number}")
    try:
        fields = json.loads(join_text(rows[0]["record"]))
        check_version(fields["schema"], READABLE, engine.address)
        manifest = parse_manifest(fields["manifest"], place, engine.address)
        return Edition(
            number=number,
            id=fields["id"],
            manifest=manifest,
            statistics=read_statistics(fields["statistics"]),
            weighting=read_weighting(fields),
            next_article=fields["next_article"],
            index_type=fields["index_type"],
        )
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise SnapshotCorruptError(place, "not a description of an edition") from error


def announce(tables: LockedTables, edition: Edition) -> None:
    """Put an edition into use, at once for everybody who asks from now on."""
    values = {
        "schema": VERSION,
        "id": edition.id,
        "manifest": manifest_text(edition.manifest),
        "statistics": statistics_fields(edition.statistics),
        "next_article": edition.next_article,
        "index_type": edition.index_type,
    }
    write_record(tables, edition.number, edition.id, values | weighting_fields(edition.weighting))


def store_file(tables: LockedTables, data: bytes) -> str:
    """Store a file, unless it is there, and return its sha256."""
    digest = sha256(data).hexdigest()
    pieces = -(-len(data) // _PIECE)
    if tables.engine.count(Table.FILES, f"sha256 == {quoted(digest)}") != pieces:
        tables.insert(
            Table.FILES,
            (
                {
                    "name": f"{digest}/{piece:06}",
                    "sha256": digest,
                    "data": b64encode(data[piece * _PIECE : (piece + 1) * _PIECE]).decode(),
                }
                for piece in range(pieces)
            ),
        )
    return digest


def load_file(engine: Engine, digest: str) -> bytes:
    """Return the file with this sha256; raise SnapshotCorruptError if it is not whole."""
    seconds = engine.address.timeout
    fits = f"sha256 == {quoted(digest)}"
    rows = engine.rows(Table.FILES, fits, ["name", "data"], seconds=seconds)
    pieces = {str(row["name"]): str(row["data"]) for row in rows}
    data = b"".join(b64decode(pieces[name]) for name in sorted(pieces))
    if sha256(data).hexdigest() != digest:
        raise SnapshotCorruptError(Path(f"{engine.address} file {digest[:12]}"), "not as it was")
    return data


def _listed(engine: Engine) -> dict[int, str]:
    """Return the id of every edition by its number."""
    if not engine.has(Table.EDITIONS):
        return {}
    rows = engine.query(Table.EDITIONS, "number > 0", ["number", "id"], is_fresh=True)
    return {int(row["number"]): str(row["id"]) for row in rows}


def write_record(tables: LockedTables, number: int, name: str, values: Mapping[str, Any]) -> None:
    """Write these values into the table of editions, under a number and a name."""
    record = divide_text(json.dumps(values, ensure_ascii=False))
    tables.insert(Table.EDITIONS, [{"number": number, "id": name, "record": record}])
