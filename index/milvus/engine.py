"""The connection to Milvus: the only module that imports pymilvus, and imports it late.

Every call has a deadline, and those of one question share a budget (`index/milvus/budget.py`).
Within it the client itself tries again, and waits longer each time.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

from index.errors import MilvusMissingError, StoreUnavailableError
from index.milvus.address import MilvusAddress
from index.milvus.budget import current_budget, shared_budget
from index.milvus.schema import (
    DENSE,
    DENSE_INDEXES,
    LONGEST_TEXT,
    MOST_PIECES,
    NO_VECTOR,
    SCHEMAS,
    TERMS,
    Kind,
    Table,
)

if TYPE_CHECKING:
    pass

Row = dict[str, Any]
T = TypeVar("T")
_LARGEST_BATCH = 8 << 20  # bytes, well below the 64 MB of a request
_MOST_ROWS = 1_000  # of a batch
_LONGEST_REASON = 200  # characters
_DDL_SECONDS = 120.0  # collections and indexes take longer than questions
_SHORTEST = 0.001  # seconds of a call: the client takes 0 for no limit


class Engine:
    """An open connection; several threads may use it. Close it when done.

    Methods raise StoreUnavailableError where the engine is away, too slow, or refuses.
    """

    def __init__(self, address: MilvusAddress) -> None:
        self.address = address
        self._loaded: set[str] = set()
        try:
            from pymilvus import MilvusClient
        except ModuleNotFoundError as error:
            raise MilvusMissingError(address, str(error.name)) from None
        # They log every failure with a traceback, and with what was asked for.
        for name in ("pymilvus", "grpc"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        options: dict[str, Any] = {}
        if address.token:
            options["token"] = address.token
        if address.database:
            options["db_name"] = address.database
        if address.certificate:
            options["server_pem_path"] = address.certificate
        with shared_budget(address.timeout):
            self._client: MilvusClient = self._try(
                lambda: MilvusClient(address.uri, timeout=address.timeout, **options)
            )

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
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        described = SCHEMAS[table]
        for name, kind in described.fields.items():
            options: dict[str, Any] = {"is_primary": True} if name == described.key else {}
            if kind in (Kind.VARCHAR, Kind.PIECES):
                options["max_length"] = LONGEST_TEXT
            if kind is Kind.PIECES:
                options |= {"element_type": DataType.VARCHAR, "max_capacity": MOST_PIECES}
                options |= {"mmap_enabled": True}  # read by a few rows at a time: not in memory
            if kind is Kind.FLOAT_VECTOR:
                options["dim"] = 2 if name == NO_VECTOR else dimension
            schema.add_field(name, DataType[kind], **options)
        self._call(
            "create_collection",
            self._name(table),
            schema=schema,
            index_params=self._prepare_indexes(table, self._indexes(table)),
            consistency_level="Bounded",
            num_shards=self.address.shards,
            timeout=_DDL_SECONDS,
        )

    def _indexes(self, table: Table) -> dict[str, dict[str, Any]]:
        """Return how each field is indexed that is."""
        described = SCHEMAS[table]
        indexes: dict[str, dict[str, Any]] = {
            name: {"index_type": "INVERTED"} for name in described.indexed
        }
        if NO_VECTOR in described.fields:
            return indexes | {NO_VECTOR: {"index_type": "FLAT", "metric_type": "L2"}}
        index_type = self.address.index_type
        parameters = DENSE_INDEXES[index_type][0]
        dense = {"index_type": index_type, "metric_type": "IP", "params": parameters}
        sparse = {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
        return indexes | {DENSE: dense, TERMS: sparse}

    def _prepare_indexes(self, table: Table, fields: Iterable[str]) -> Any:  # noqa: ANN401  # the client's
        indexes, prepared = self._indexes(table), self._client.prepare_index_params()
        for name in fields:
            prepared.add_index(name, **indexes[name])
        return prepared

    def _create_missing_indexes(self, table: Table) -> None:
        name = self._name(table)
        missing = [
            each
            for each in self._indexes(table)
            if not self._call("list_indexes", name, field_name=each)
        ]
        if missing:
            prepared = self._prepare_indexes(table, missing)
            self._call("create_index", name, prepared, timeout=_DDL_SECONDS)

    def create_lock(self, name: str, holder: str) -> bool:
        """Create a collection that only this holder's schema fits; False if there is another's.

        Milvus creates collections one after another, and refuses a second of the same name unless
        its schema is the same: nothing else in it lets one of two machines win.
        """
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field(holder, DataType.INT64, is_primary=True)
        schema.add_field(NO_VECTOR, DataType.FLOAT_VECTOR, dim=2)
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
        for batch in _batches(rows):
            if NO_VECTOR in SCHEMAS[table].fields:
                batch = [row | {NO_VECTOR: [0.0, 0.0]} for row in batch]
            self._call("upsert", self._name(table), batch, timeout=_DDL_SECONDS)

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        """Change some fields of rows that exist; each has the primary key and what changes."""
        self._load(table)
        for batch in _batches(rows):
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
            reason = _reason(error)
            if budget and budget.left <= 0:
                reason = f"it took more than {budget.seconds:g} seconds"
            raise StoreUnavailableError(self.address, reason) from error


def _reason(error: Exception) -> str:
    """Return one line, short: what the client says spans several and repeats itself."""
    text = getattr(error, "message", "") or str(error) or type(error).__name__
    return " ".join(text.split())[:_LONGEST_REASON]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Divide rows so that a batch stays well below what a request may hold."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        taken = sum(map(_size, row.values()))
        if batch and (size + taken > _LARGEST_BATCH or len(batch) == _MOST_ROWS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += taken
    if batch:
        yield batch


def _size(value: object) -> int:
    """Return about how many bytes a value takes."""
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, list):
        return sum(map(_size, value)) if value and isinstance(value[0], str) else 4 * len(value)
    return 8 * len(value) if isinstance(value, dict) else int(getattr(value, "nbytes", 8))
