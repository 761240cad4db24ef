"""A file of Milvus Lite, and articles that share words, outlets, months and texts."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build.edition import build_edition
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.milvus.address import MilvusAddress, read_address
from index.milvus.store import MilvusStore
from tests.index.hash_encoder import HashEncoder

WORDS = """
    harbour bridge ferry mayor council opened closed budget tax school river storm winter summer
    captain court verdict train station market festival election vote minister treaty border мост
    порт мэр паром
""".split()  # noqa: SIM905  # a list literal would take 30 lines
OUTLETS = ["Post", "Courier", 'The "Wire"', None]


@pytest.fixture(autouse=True)
def _needs_milvus():
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    pytest.importorskip("milvus_lite", reason="the extra `milvus` is not installed")


def make_text(chance: random.Random, sentences: int) -> str:
    """Sentences of words that others have too."""
    made = (" ".join(chance.choices(WORDS, k=9)).capitalize() + "." for _ in range(sentences))
    return " ".join(made)


@pytest.fixture
def write_articles(tmp_path) -> Callable[..., Path]:
    """Write articles by number; `changed` ones have another text, by their number."""

    def write(numbers, changed=()) -> Path:
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for number in numbers:
            chance = random.Random(number)
            outlet = OUTLETS[number % 4]
            head = f'---\ntitle: "Story {number}"\n'
            head += f"outlet: '{outlet}'\n" if outlet else ""
            head += (
                f"published: 2022-{number % 12 + 1:02}-0{number % 9 + 1}\n" if number % 5 else ""
            )
            text = make_text(chance, 8 + number % 7)
            if number % 3 == 0:
                text = f"The Harbour Bridge Council (HBC) met on day {number}. {text}"
            text += " It was corrected." if number in changed else ""
            (folder / f"{number:03}.md").write_text(f"{head}---\n\n{text}\n", "utf-8")
        return folder

    return write


@pytest.fixture
def address(tmp_path) -> MilvusAddress:
    """A file that no coverage is in yet."""
    found = read_address(str(tmp_path / "coverage.db"), {"MILVUS_CACHE": str(tmp_path / "cache")})
    assert isinstance(found, MilvusAddress)
    return found


@pytest.fixture
def build(address) -> Callable:
    """Build an edition of these paths; the encoder notes what it encodes."""

    def run(*paths: Path, encoder=None, **options):
        encoder = encoder or HashEncoder()
        return build_edition(paths, address, encoder, "a test", BuildOptions(**options)), encoder

    return run


@pytest.fixture
def build_folder(tmp_path) -> Callable[..., Path]:
    """Build a snapshot of the same, to compare with."""

    def run(*paths: Path) -> Path:
        index_dir = tmp_path / "index"
        build_snapshot(paths, index_dir, HashEncoder(), "a test")
        return index_dir

    return run


@pytest.fixture
def opened(address) -> Callable:
    """Open the edition in use."""

    @contextmanager
    def run() -> Iterator[MilvusStore]:
        store = MilvusStore(address)
        yield store
        store.close()

    return run
