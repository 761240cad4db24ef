"""Delete old editions, and what only they held."""

import time

from index.milvus.change_log import forget_old
from index.milvus.editions import edition_numbers, read_edition
from index.milvus.frequency_changes import FrequencyChanges
from index.milvus.lock import LockedTables
from index.milvus.rows import quoted
from index.milvus.schema import Table

_FEWEST_EDITIONS = 2


def remove_old_editions(tables: LockedTables, frequencies: FrequencyChanges, keep: int) -> None:
    """Delete all editions but the last `keep`, and what only they held.

    Two stay in any case: bots answer from the one before until they have opened the new one.
    """
    engine = tables.engine
    numbers = edition_numbers(engine)
    kept = numbers[-max(keep, _FEWEST_EDITIONS) :]
    tables.delete(Table.EDITIONS, f"number < {kept[0]}")
    if kept != numbers:
        time.sleep(engine.address.settle)  # who still asks sees that it is gone
    for table in (Table.PASSAGES, Table.ARTICLES):
        tables.delete(table, f"until <= {kept[0]}")
    frequencies.remove_unused(kept[0])
    forget_old(tables, kept[0])
    wanted = {
        record.sha256
        for number in kept
        for record in read_edition(engine, number).manifest.files.values()
    }
    stored = {str(row["sha256"]) for row in engine.rows(Table.FILES, "sha256 != ''", ["sha256"])}
    for digest in stored - wanted:
        if not digest.startswith("build_"):  # of the lock
            tables.delete(Table.FILES, f"sha256 == {quoted(digest)}")
