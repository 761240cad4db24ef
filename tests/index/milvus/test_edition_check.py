"""An edition is gone only if a fresh answer says so, and damaged only if it is there."""

from types import SimpleNamespace

import pytest

from index.errors import SnapshotCorruptError, StoreUnavailableError
from index.milvus.edition_check import EditionCheck

EDITION = SimpleNamespace(number=7, id="edition-7-0a1b2c3d")


class StaleEngine:
    """Lists editions as they were, unless a fresh answer is asked for."""

    address = "milvus://engine.example:19530/news"

    def __init__(self, stale, fresh):
        self._ids = {False: stale, True: fresh}

    def query(self, table, condition, fields, *, is_fresh=False):
        assert condition == "number == 7"
        return [{"id": each} for each in self._ids[is_fresh]]


def check(stale, fresh):
    return EditionCheck(StaleEngine(stale, fresh), EDITION)


@pytest.mark.parametrize("stale", [[], ["edition-7-of-before"], [EDITION.id]])
def test_edition_that_was_announced_a_moment_ago_is_there(stale):
    check(stale, [EDITION.id]).is_there()


@pytest.mark.parametrize("fresh", [[], ["edition-7-of-another"]])
def test_edition_that_a_fresh_answer_lacks_is_gone(fresh):
    with pytest.raises(StoreUnavailableError, match="edition-7-0a1b2c3d was deleted"):
        check([], fresh).is_there()
    with pytest.raises(StoreUnavailableError, match="edition-7-0a1b2c3d was deleted"):
        check([], fresh).is_whole("passages", 5, 3)


def test_edition_that_is_there_and_lacks_rows_is_damaged():
    check([], []).is_whole("passages", 5, 5)
    with pytest.raises(SnapshotCorruptError, match="news edition 7: 2 of 5 passages missing"):
        check([], [EDITION.id]).is_whole("passages", 5, 3)
