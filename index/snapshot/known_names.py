"""The names and acronyms of a coverage, in tables that builds of older versions did not write."""

import sqlite3

from index.text.acronyms import Acronyms
from index.text.names import KnownName


class KnownNames:
    """Reads the tables `names` and `acronyms`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def acronyms(self) -> Acronyms:
        """Return the acronyms that the coverage explains; none if the build was an older one."""
        if not self._has_table("acronyms"):
            return Acronyms()
        rows = self._connection.execute("SELECT name, short FROM acronyms")
        return Acronyms({tuple(name.split()): short for name, short in rows})

    def names(self, initial: str) -> list[KnownName]:
        """Return the names with this initial in Latin letters; an older build stored none."""
        if not self._has_table("names"):
            return []
        rows = self._connection.execute(
            "SELECT latin, term, spelling, articles FROM names WHERE latin >= ? AND latin < ?",
            (initial, chr(ord(initial) + 1)),
        )
        return [KnownName(*row) for row in rows]

    def _has_table(self, name: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
        return found.fetchone() is not None
