"""How the client makes the collections of `schema.py`: their fields and their indexes."""

from collections.abc import Iterable
from typing import Any

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

Client = Any  # pymilvus is imported only for an index in Milvus, and has no types


def collection_schema(client: Client, table: Table, dimension: int) -> Any:  # noqa: ANN401  # the client's
    """Return the fields of a collection; `dimension` is of its vectors."""
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
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
    return schema


def lock_schema(client: Client, holder: str) -> Any:  # noqa: ANN401  # the client's
    """Return the fields of a collection that only this holder makes."""
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(holder, DataType.INT64, is_primary=True)
    schema.add_field(NO_VECTOR, DataType.FLOAT_VECTOR, dim=2)
    return schema


def indexes_of(table: Table, index_type: str) -> dict[str, dict[str, Any]]:
    """Return how each field is indexed that is; `index_type` is for the vectors of passages."""
    described = SCHEMAS[table]
    indexes: dict[str, dict[str, Any]] = {
        name: {"index_type": "INVERTED"} for name in described.indexed
    }
    if NO_VECTOR in described.fields:
        return indexes | {NO_VECTOR: {"index_type": "FLAT", "metric_type": "L2"}}
    parameters = DENSE_INDEXES[index_type][0]
    dense = {"index_type": index_type, "metric_type": "IP", "params": parameters}
    sparse = {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
    return indexes | {DENSE: dense, TERMS: sparse}


def prepare_indexes(
    client: Client, table: Table, index_type: str, fields: Iterable[str] | None = None
) -> Any:  # noqa: ANN401  # the client's
    """Return the indexes of these fields, or of all that are indexed."""
    indexes, prepared = indexes_of(table, index_type), client.prepare_index_params()
    for name in indexes if fields is None else fields:
        prepared.add_index(name, **indexes[name])
    return prepared
