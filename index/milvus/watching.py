"""Which edition is the newest, for whoever asks every few seconds."""

from functools import lru_cache

from index.errors import SnapshotNotFoundError
from index.milvus.address import MilvusAddress
from index.milvus.budget import shared_budget
from index.milvus.editions import current_id
from index.milvus.engine import Engine


def current_edition_id(address: MilvusAddress) -> str:
    """Return the id of the newest edition; raise SnapshotNotFoundError if there is none.

    It is asked every few seconds, so its connection stays open.
    """
    with shared_budget(address.timeout):
        found = current_id(_watching(address))
    if found is None:
        raise SnapshotNotFoundError(address)
    return found


@lru_cache(maxsize=1)
def _watching(address: MilvusAddress) -> Engine:
    return Engine(address)
