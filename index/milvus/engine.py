"""The open connection to Milvus, and what is asked of it.

Every call has a deadline, and those of one question share a budget (`index/milvus/budget.py`).
Within it the client itself tries again, and waits longer each time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Self, TypeVar

from index.errors import StoreUnavailableError
from index.milvus.address import MilvusAddress
from index.milvus.batches import batches
from index.milvus.budget import current_budget, shared_budget
from index.milvus.client import prepare_client, reason_of
from index.milvus.creation import (
    collection_schema,
    indexes_of,
    lock_schema,
    prepare_indexes,
)
from index.milvus.schema import DENSE, NO_VECTOR, SCHEMAS, Table

Row = dict[str, Any]
T = TypeVar("T")
_DDL_SECONDS = 120.0  # collections and indexes take longer than questions
_SHORTEST = 0.001  # seconds of a call: the client takes 0 for no limit


class Engine:
    """An open connection; several threads may use it. Close it when done.

    Methods raise StoreUnavailableError where the engine is away, too slow, or refuses.
    """

    def __init__(self, address: MilvusAddress) -> None:
        self.address = address
        self._loaded: set[str] = set()
        connect = prepare_client(address)
        with shared_budget(address.timeout):
            self._client = self._try(connect)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def has(self, table: str) -> bool:
        """Tell whether the collection exists."""
        return bool(self._call("has_collection", self._name(table)))

    def create(self, table: Table, dimension: int) -> None:
        """Create a collection, with its indexes, unless it exists; `dimension` is of vectors.

        A build that was killed in between may have left one without indexes: it gets them.
        """
        if self.has(table):
            self._create_missing_indexes(table)
            return
        self._call(
            "create_collection",
            self._name(table),
            schema=collection_schema(self._client, table, dimension),
            index_params=prepare_indexes(self._client, table, self.address.index_type),
            consistency_level="Bounded",
            num_shards=self.address.shards,
            timeout=_DDL_SECONDS,
        )

    def _create_missing_indexes(self, table: Table) -> None:
        name = self._name(table)
        missing = [
            each
            for each in indexes_of(table, self.address.index_type)
            if not self._call("list_indexes", name, field_name=each)
        ]
        if missing:
            prepared = prepare_indexes(self._client, table, self.address.index_type, missing)
            self._call("create_index", name, prepared, timeout=_DDL_SECONDS)

    def create_lock(self, name: str, holder: str) -> bool:
        """Create a collection that only this holder's schema fits; False if there is another's.

        Milvus creates collections one after another, and refuses a second of the same name unless
        its schema is the same: nothing else in it lets one of two machines win.
        """
        schema = lock_schema(self._client, holder)
        try:
            self._call("create_collection", self._name(name), schema=schema, timeout=_DDL_SECONDS)
        except StoreUnavailableError:
            if not self.has(name):
                raise
        return self.lock_holder(name) == holder

    def lock_holder(self, name: str) -> str | None:
        """Return whose schema the lock has, None if there is no lock."""
        if not self.has(name):
            return None
        described = self._call("describe_collection", self._name(name))
        return str(described["fields"][0]["name"])

    def drop(self, table: str) -> None:
        """Drop a collection, if it exists."""
        self._call("drop_collection", self._name(table), timeout=_DDL_SECONDS)

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert or replace rows, in batches."""
        for batch in batches(rows):
            if NO_VECTOR in SCHEMAS[table].fields:
                batch = [row | {NO_VECTOR: [0.0, 0.0]} for row in batch]
            self._call("upsert", self._name(table), batch, timeout=_DDL_SECONDS)

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        """Change some fields of rows that exist; each has the primary key and what changes."""
        self._load(table)
        for batch in batches(rows):
            self._call(
                "upsert", self._name(table), batch, partial_update=True, timeout=_DDL_SECONDS
            )

    def delete(self, table: Table, condition: str) -> None:
        """Delete the rows that fit."""
        self._load(table)
        self._call("delete", self._name(table), filter=condition, timeout=_DDL_SECONDS)

    def query(
        self, table: Table, condition: str, fields: Sequence[str], *, is_fresh: bool = False
    ) -> list[Row]:
        """Return these fields of the rows that fit, at most 16,384.

        `is_fresh` waits for whatever was written before.
        """
        self._load(table)
        options: dict[str, Any] = {"consistency_level": "Strong"} if is_fresh else {}
        found: list[Row] = list(
            self._call(
                "query",
                self._name(table),
                filter=condition,
                output_fields=list(fields),
                limit=16_384,
                **options,
            )
        )
        return found

    def count(self, table: Table, condition: str) -> int:
        """Return the number of rows that fit."""
        self._load(table)
        found = self._call(
            "query",
            self._name(table),
            filter=condition,
            output_fields=["count(*)"],
            consistency_level="Strong",
            timeout=_DDL_SECONDS,
        )
        return int(found[0]["count(*)"])

    def rows(
        self,
        table: Table,
        condition: str,
        fields: Sequence[str],
        *,
        seconds: float = _DDL_SECONDS,
    ) -> Iterator[Row]:
        """Yield these fields of all rows that fit, in the order of their primary key.

        `seconds` is how long each call may take: builds have more patience than questions.
        """
        self._load(table)
        batch = 200 if {"record", "sentences", "data", DENSE} & set(fields) else 2_000
        iterator = self._call(
            "query_iterator",
            self._name(table),
            batch_size=batch,
            filter=condition,
            output_fields=list(fields),
            consistency_level="Strong",
            timeout=seconds,
        )
        try:
            while found := self._try(iterator.next):
                yield from found
        finally:
            iterator.close()

    def nearest(
        self,
        field: str,
        vector: object,
        count: int,
        condition: str,
        fields: Sequence[str],
        parameters: Mapping[str, object],
    ) -> list[tuple[float, Row]]:
        """Return the `count` passages of the highest inner product, of those that fit."""
        self._load(Table.PASSAGES)
        found = self._call(
            "search",
            self._name(Table.PASSAGES),
            data=[vector],
            anns_field=field,
            limit=count,
            filter=condition,
            output_fields=list(fields),
            search_params={"metric_type": "IP", "params": dict(parameters)},
        )
        return [(float(hit["distance"]), dict(hit["entity"])) for hit in found[0]]

    def load(self, tables: Iterable[Table]) -> None:
        """Have collections ready to be asked; the first time, a large one takes minutes."""
        for table in tables:
            self._load(table, _DDL_SECONDS)

    def _load(self, table: Table, seconds: float | None = None) -> None:
        if table not in self._loaded:
            seconds = seconds or self.address.timeout
            self._call("load_collection", self._name(table), timeout=seconds)
            self._loaded.add(table)

    def _name(self, table: str) -> str:
        return f"{self.address.name}_{table}"

    def _call(self, method: str, *arguments: object, **options: Any) -> Any:  # noqa: ANN401  # the client's
        called = getattr(self._client, method)
        options.setdefault("timeout", self.address.timeout)
        if budget := current_budget():
            options["timeout"] = min(options["timeout"], max(budget.left, _SHORTEST))
        return self._try(lambda: called(*arguments, **options))

    def _try(self, call: Callable[[], T]) -> T:
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        budget = current_budget()
        try:
            return budget.spend(call) if budget else call()
        except (MilvusException, RpcError, OSError) as error:
            self._loaded.clear()  # whatever comes back may have been restarted
            reason = reason_of(error)
            if budget and budget.left <= 0:
                reason = f"it took more than {budget.seconds:g} seconds"
            raise StoreUnavailableError(self.address, reason) from error
