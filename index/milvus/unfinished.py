"""What a killed build has left of an edition that was never announced; the next one goes on.

A note says how its rows were made, as other rows would not fit those of the next build.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from index.encoders.description import EncoderDescription
from index.milvus.batches import portions
from index.milvus.change_log import forget_unfinished
from index.milvus.editions import write_record
from index.milvus.engine import Engine
from index.milvus.frequency_changes import FrequencyChanges
from index.milvus.lock import LockedTables
from index.milvus.rows import any_of, join_text
from index.milvus.schema import FOREVER, READABLE, TERMS, VERSION, Table
from index.milvus.weighting import Weighting, read_weighting, weighting_fields
from index.milvus.written import Numbered, Written, identified

_NUMBER = 0  # of its row in the table of editions, whose own begin at 1


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How the rows of an edition are made that is not announced yet.

    `schema_version` is that of the terms.
    """

    number: int
    schema_version: int
    encoder: EncoderDescription
    weighting: Weighting

    def fits(self, number: int, schema_version: int, encoder: EncoderDescription) -> bool:
        """Tell whether an edition of this number may hold its rows, if they weigh the same."""
        same = (self.number, self.schema_version) == (number, schema_version)
        return same and encoder.is_same(self.encoder)


def note_unfinished(tables: LockedTables, unfinished: Unfinished) -> None:
    """Note how rows are made, before the first one; `Unfinished` tells what for."""
    values = {
        "schema": VERSION,
        "number": unfinished.number,
        "schema_version": unfinished.schema_version,
        "encoder": asdict(replace(unfinished.encoder, scales=None)),
    }
    write_record(tables, _NUMBER, "unfinished", values | weighting_fields(unfinished.weighting))


def read_unfinished(engine: Engine) -> Unfinished | None:
    """Return what the last build noted, None if there is no note that can be read."""
    rows = engine.query(Table.EDITIONS, f"number == {_NUMBER}", ["record"], is_fresh=True)
    try:
        fields = json.loads(join_text(rows[0]["record"]))
        if fields["schema"] not in READABLE:
            return None
        encoder = EncoderDescription(**fields["encoder"])
        number, schema_version = fields["number"], fields["schema_version"]
        return Unfinished(number, schema_version, encoder, read_weighting(fields))
    except (IndexError, KeyError, TypeError, ValueError):  # written by another version, or never
        return None


@dataclass(frozen=True, slots=True)
class Left:
    """The articles that are left whole, as far as they can be gone on with; None if they cannot.

    `next_article` is the first number that no article of the killed build has.
    """

    written: Written | None
    next_article: int


def take_over_unfinished(
    tables: LockedTables,
    frequencies: FrequencyChanges,
    number: int,
    schema_version: int,
    encoder: EncoderDescription,
) -> Left:
    """Return what is left of the edition of this number, and delete what is not whole.

    All of it if it was made by another encoder or with other terms. What the edition before lost
    is there again.
    """
    engine, unseen = tables.engine, f"since >= {number}"
    for table in (Table.PASSAGES, Table.ARTICLES):
        ended = engine.rows(table, f"until == {number}", ["number"])
        tables.update(table, [{"number": row["number"], "until": FOREVER} for row in ended])
    forget_unfinished(tables, number)
    found = dict(map(identified, engine.rows(Table.ARTICLES, unseen, ["number", "identity"])))
    counts: Counter[int] = Counter()
    for row in engine.rows(Table.PASSAGES, unseen, ["article", TERMS]):
        counts[row["article"]] += 1
        frequencies.add([row])
    noted, whole = read_unfinished(engine), dict[str, Numbered]()
    if noted and noted.fits(number, schema_version, encoder):
        whole = {key: each for key, each in found.items() if counts[each[0]] == each[1].passages}
    known = {each for each, _ in found.values()} | set(counts)
    discard(tables, frequencies, sorted(known - {each for each, _ in whole.values()}))
    written = Written(whole, noted.weighting) if noted and whole else None
    return Left(written, max(known, default=-1) + 1)


def discard(tables: LockedTables, frequencies: FrequencyChanges, articles: Sequence[int]) -> None:
    """Delete the rows of these articles, which no edition that is announced holds."""
    for some in portions(articles):
        fits = any_of("article", some)
        frequencies.remove(tables.engine.rows(Table.PASSAGES, fits, [TERMS]))
        tables.delete(Table.PASSAGES, fits)
        tables.delete(Table.ARTICLES, any_of("number", some))
