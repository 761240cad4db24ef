"""What the tests share: the real encoder, a tiny one, small indexes, texts for properties."""

import os
import shutil
import signal
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from bot.settings import Settings
from index.build.encoder import load_encoder
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.build.summary import BuildSummary
from index.encoders.base import TextEncoder
from scripts._console import errors, output, run
from tests.news_site import NewsSite

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"  # which a clone lacks
COMMAND = "build_index.py in a test"

# A run that a shell started in the background ignores Ctrl-C, and commands that it starts inherit
# that: a test that stops one would wait for it instead.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Reproducible, and no deadline: the machine may be busy.
settings.register_profile("on-record", deadline=None, derandomize=True, database=None)
settings.load_profile("on-record")

_WORDS = """
    the ship left Minsk Mr. U.S. 3.5 a.m. No. He said don't ’Tis мост открыт г. Президент 大会。
    שלום @everyone **bold** <@1> [a](b) naïve 🚢 ... —
""".split()  # noqa: SIM905  # a list literal would take 30 lines
# Direction marks, a zero-width space, a soft hyphen, control characters, very long words.
_AWKWARD = ["\u200f", "\u202b", "\u202c", "\u200b", "\u00ad", "e\u0301", "\x1c", "\x00"]
_LONG = ["x" * 90, "ы" * 350, "f" * 1300]
_MARKS = ["“", "”", "«", "»", "„", '"', "‘", "’", ".”", ".” ", "“ ", " ” ", "(", ")"]
_STOPS = [". ", "! ", "? ", ".", "; ", ", ", ": ", "…"]
_BREAKS = [" ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\t", "\u00a0"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what reads `../shared` if it is not there: `pytest.mark.shared("eval/pages")`."""
    for mark in item.iter_markers("shared"):
        if not (SHARED / mark.args[0]).exists():
            pytest.skip(f"{SHARED / mark.args[0]} is missing")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session")
def keep_model(pytestconfig, tmp_path_factory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Return a folder that `make` fills once for many runs: torch takes seconds to load.

    It is in pytest's cache, and made anew if the code of encoders, this file or a dependency
    changes.
    """
    sources = [*sorted((PROJECT / "index" / "encoders").glob("*.py")), PROJECT / "constraints.txt"]
    digest = sha256(b"".join(each.read_bytes() for each in (*sources, Path(__file__))))
    cache = getattr(pytestconfig, "cache", None)  # it can be off
    models = cache.mkdir("models") if cache else tmp_path_factory.mktemp("models")
    current = models / digest.hexdigest()[:16]
    if not current.exists():
        for outdated in set(models.iterdir()) - {current}:
            shutil.rmtree(outdated, ignore_errors=True)

    def get(name: str, make: Callable[[Path], object]) -> Path:
        folder = current / name
        if not folder.exists():
            unfinished = current / f".{name}-{os.getpid()}"
            unfinished.mkdir(parents=True)
            make(unfinished)
            try:
                unfinished.rename(folder)
            except OSError:  # another process was faster
                shutil.rmtree(unfinished)
        # A copy, so that no test can damage what later runs use.
        return Path(shutil.copytree(folder, tmp_path_factory.mktemp(name) / name))

    return get


@pytest.fixture(scope="session")
def load_exported(keep_model, tmp_path_factory) -> Callable[[str, str], TextEncoder]:
    """Return the graph of a model: a build links it, and exports nothing."""

    def load(model: str, name: str) -> TextEncoder:
        empty = tmp_path_factory.mktemp("empty")
        place = keep_model(
            name,
            lambda folder: build_snapshot([empty], folder, load_encoder(model, folder), COMMAND),
        )
        return load_encoder(model, place)

    return load


@pytest.fixture(scope="session")
def encoder(load_exported) -> TextEncoder:
    """The bundled model as a graph."""
    return load_exported("", "bundled")


@pytest.fixture(scope="session")
def make_index() -> Callable[..., BuildSummary]:
    """Build an index of these paths: `make_index(index_dir, encoder, path)`."""

    def make(index_dir: Path, encoder: TextEncoder, *paths: Path, **options: bool) -> BuildSummary:
        return build_snapshot(paths, index_dir, encoder, COMMAND, BuildOptions(**options))

    return make


@pytest.fixture(scope="session")
def sample_index(encoder, make_index, tmp_path_factory) -> Path:
    """An index of examples/coverage, made by the bundled encoder. Read only."""
    index_dir = tmp_path_factory.mktemp("sample") / "index"
    make_index(index_dir, encoder, PROJECT / "examples" / "coverage")
    return index_dir


@pytest.fixture(scope="session")
def article_folder() -> Path:
    """The folder of articles written for the tests."""
    return PROJECT / "tests" / "data" / "coverage"


def write_model(folder: Path, seed: int) -> None:
    """Write a model of one layer and 32 dimensions; the seed decides its weights."""
    # Imported here, since it takes seconds that most tests need not wait for.
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast
    from transformers.utils import logging

    logging.disable_progress_bar()
    signs = [*string.ascii_lowercase, *string.digits, *".,!?'\"“”-–:;"]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = ["the", "bridge", "ferry", "harbour", "mayor", "opened", "who", "port"]
    vocabulary = [*special, *signs, *(f"##{sign}" for sign in signs), *words]
    listed = folder / "vocab.txt"
    listed.write_text("\n".join(vocabulary) + "\n", "utf-8")
    tokenizer = BertTokenizerFast(vocab=str(listed), model_max_length=128)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        BertModel(config).save_pretrained(folder)


@pytest.fixture(scope="session")
def make_model(tmp_path_factory) -> Callable[[int], Path]:
    """Write a model of one layer and 32 dimensions; the seed decides its weights."""

    def make(seed: int) -> Path:
        folder = tmp_path_factory.mktemp("model")
        write_model(folder, seed)
        return folder

    return make


@pytest.fixture(scope="session")
def tiny_model(keep_model) -> Path:
    """The folder of a model that loads in no time and knows nothing."""
    return keep_model("tiny-model", partial(write_model, seed=0))


@pytest.fixture(scope="session")
def tiny_encoder(load_exported, tiny_model) -> TextEncoder:
    """An encoder for tests in which the vectors' meaning plays no part."""
    return load_exported(str(tiny_model), "tiny")


@pytest.fixture(scope="session")
def tiny_index(tiny_encoder, make_index, article_folder, tmp_path_factory) -> Path:
    """An index of the test articles, made by the tiny encoder. Read only."""
    index_dir = tmp_path_factory.mktemp("tiny") / "index"
    make_index(index_dir, tiny_encoder, article_folder)
    return index_dir


@pytest.fixture
def write_files(tmp_path) -> Callable[..., Path]:
    """Write files into a folder of articles: `write_files({"a.txt": "Text."})`."""

    def write(files: dict[str, str | bytes], folder: str = "articles") -> Path:
        root = tmp_path / folder
        root.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """An empty news site on loopback."""
    running = NewsSite()
    yield running
    running.close()


@pytest.fixture(scope="session")
def wire_text() -> st.SearchStrategy[str]:
    """Texts with what breaks spans: quotation marks, line breaks, Cyrillic, very long words."""
    known = st.sampled_from([*_WORDS, *_AWKWARD, *_LONG, *_MARKS, *_STOPS, *_BREAKS])
    # A lone surrogate is no text: the readers refuse it.
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
    piece = st.one_of(known, st.sampled_from(_BREAKS), st.sampled_from(_MARKS), anything)
    return st.lists(piece, max_size=80).map("".join)


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run_script():
    """Run a script, or a module with a dot in its name, from the project's folder.

    `run_script("ask.py", "Who?")`, `run_script("benchmarks.speed.benchmark", "--build")`.
    """

    def run_program(script: str, *arguments: object) -> Ran:
        program = [f"scripts/{script}"] if script.endswith(".py") else ["-m", script]
        # Set, though empty: a developer's own .env must not decide what is tested.
        own = dict.fromkeys(("INDEX_DIR", "EMBEDDING_MODEL", "ANSWER_THRESHOLD", "READER"), "")
        ran = subprocess.run(
            [sys.executable, *program, *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, **own, "COLUMNS": "200", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return run_program


@pytest.fixture
def run_here(monkeypatch, tmp_path, capsys):
    """Run a command in this process, with its exit code: `run_here(ask, "Who?")`.

    Of several commands, the first argument names one: `run_here([prepare, fit], "fit")`.
    """

    def run_command(commands, *arguments: object) -> Ran:
        monkeypatch.chdir(tmp_path)  # where no .env is
        for console in (output, errors):  # either took its width when it was imported
            monkeypatch.setattr(console, "width", 200)
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(sys, "argv", ["command", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            run(*(commands if isinstance(commands, list) else [commands]))
        code = ended.value.code
        return Ran(0 if code is None else int(code), *capsys.readouterr())

    return run_command
