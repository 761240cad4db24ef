"""Why rows of an edition are missing: builds have deleted it, or it is damaged."""

from pathlib import Path

from index.errors import SnapshotCorruptError, StoreUnavailableError
from index.milvus.editions import Edition
from index.milvus.engine import Engine
from index.milvus.schema import Table


class EditionCheck:
    """Looks whether an open edition is still there."""

    def __init__(self, engine: Engine, edition: Edition) -> None:
        self._engine = engine
        self._edition = edition

    def is_there(self) -> None:
        """Raise StoreUnavailableError if builds have deleted the edition, and so maybe rows.

        An edition of the same number may be another: of a coverage that was dropped and made anew.
        """
        # What a moment ago was announced is not seen by all at once: only a fresh answer counts.
        if not (self._is_listed(is_fresh=False) or self._is_listed(is_fresh=True)):
            reason = f"{self._edition.id} was deleted by a later build"
            reason += "; restart what still answers from it"
            raise StoreUnavailableError(self._engine.address, reason)

    def is_whole(self, what: str, expected: int, found: int) -> None:
        """Raise SnapshotCorruptError if rows are missing that the edition itself refers to."""
        if found < expected:
            self.is_there()
            place = Path(f"{self._engine.address} edition {self._edition.number}")
            raise SnapshotCorruptError(place, f"{expected - found} of {expected} {what} missing")

    def _is_listed(self, *, is_fresh: bool) -> bool:
        fits = f"number == {self._edition.number}"
        rows = self._engine.query(Table.EDITIONS, fits, ["id"], is_fresh=is_fresh)
        return [row["id"] for row in rows] == [self._edition.id]
