"""The collections of a coverage in Milvus, as plain data: their fields and what is indexed.

Some hold rows of several editions at a time: a row is of edition n if `since` <= n < `until`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

VERSION = 3  # of what is stored; before 2 no reader was named, before 3 no change was logged
READABLE = (1, 2, VERSION)
LONGEST_TEXT = 65_535  # bytes of a VARCHAR
MOST_PIECES = 4_096  # of an array
FOREVER = 2**62  # `until` of a row that no edition has dropped
DENSE, TERMS = "vector", "terms"
# What each index costs and brings: docs/scale.md. The first two values: to build, to search.
DENSE_INDEXES: Mapping[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
    "FLAT": ({}, {}),
    "HNSW": ({"M": 24, "efConstruction": 200}, {"ef": 256}),
    "DISKANN": ({}, {"search_list": 200}),
    "IVF_RABITQ": (
        {"nlist": 1024, "refine": True, "refine_type": "SQ8"},
        {"nprobe": 64, "refine_k": 3},
    ),
}


class Table(StrEnum):
    """The collections; each is called NAME_TABLE in Milvus."""

    PASSAGES = "passages"
    ARTICLES = "articles"
    FREQUENCIES = "frequencies"
    FILES = "files"
    EDITIONS = "editions"
    CHANGES = "changes"


class Kind(StrEnum):
    """Types of fields, by Milvus' names."""

    INT64 = "INT64"
    VARCHAR = "VARCHAR"
    PIECES = "ARRAY"
    """A text of any length, divided into pieces of `LONGEST_TEXT` bytes."""
    FLOAT_VECTOR = "FLOAT_VECTOR"
    SPARSE = "SPARSE_FLOAT_VECTOR"


@dataclass(frozen=True, slots=True)
class TableSchema:
    """Fields by name, the first the primary key, and which of the scalar ones are indexed."""

    fields: Mapping[str, Kind]
    indexed: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the primary key."""
        return next(iter(self.fields))


# Milvus wants a vector in every collection: this one says nothing.
NO_VECTOR = "no_vector"
_EDITIONS = {"since": Kind.INT64, "until": Kind.INT64}
SCHEMAS: Mapping[Table, TableSchema] = {
    Table.PASSAGES: TableSchema(
        {
            "number": Kind.INT64,
            **_EDITIONS,
            "article": Kind.INT64,
            "outlet": Kind.VARCHAR,
            "published": Kind.VARCHAR,
            "first_day": Kind.INT64,
            "last_day": Kind.INT64,
            "first": Kind.INT64,
            "last": Kind.INT64,
            DENSE: Kind.FLOAT_VECTOR,
            TERMS: Kind.SPARSE,
            "sentences": Kind.PIECES,
        },
        ("since", "until", "article", "outlet", "first_day", "last_day"),
    ),
    Table.ARTICLES: TableSchema(
        {
            "number": Kind.INT64,
            **_EDITIONS,
            "key": Kind.VARCHAR,
            "identity": Kind.PIECES,
            "record": Kind.PIECES,
            NO_VECTOR: Kind.FLOAT_VECTOR,
        },
        ("since", "until", "key"),
    ),
    Table.FREQUENCIES: TableSchema(
        {
            "number": Kind.INT64,
            "since": Kind.INT64,
            "term": Kind.INT64,
            "passages": Kind.INT64,
            NO_VECTOR: Kind.FLOAT_VECTOR,
        },
        ("since", "term"),
    ),
    Table.FILES: TableSchema(
        {
            "name": Kind.VARCHAR,
            "sha256": Kind.VARCHAR,
            "data": Kind.VARCHAR,
            NO_VECTOR: Kind.FLOAT_VECTOR,
        },
        ("sha256",),
    ),
    Table.CHANGES: TableSchema(
        {
            "number": Kind.INT64,
            "edition": Kind.INT64,
            "built_at": Kind.INT64,
            "kind": Kind.VARCHAR,
            "key": Kind.VARCHAR,
            "has_text": Kind.INT64,
            "record": Kind.PIECES,
            NO_VECTOR: Kind.FLOAT_VECTOR,
        },
        ("edition", "built_at", "key"),
    ),
    Table.EDITIONS: TableSchema(
        {
            "number": Kind.INT64,
            "id": Kind.VARCHAR,
            "record": Kind.PIECES,
            NO_VECTOR: Kind.FLOAT_VECTOR,
        }
    ),
}
