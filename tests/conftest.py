"""Shared fixtures: the real encoder, once; the sample coverage, indexed once."""

from pathlib import Path

import pytest

from index.build import build_snapshot
from index.encoder import Encoder


class _Silent:
    def read(self, articles: int) -> None: ...

    def encoded(self, passages: int, total: int) -> None: ...


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    index_dir = tmp_path_factory.mktemp("sample")
    build_snapshot([Path("examples/coverage")], index_dir, encoder, _Silent(), "test")
    return index_dir
