"""Imports go one way: scripts → index, bot → index; each heavy library has one room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "index", "scripts")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
# The preview serves the real bot, and the benchmark measures its process.
WITH_BOT = {ROOT / "scripts" / name for name in ("preview.py", "measurement.py")}
ONLY_IN = {
    "sentence_transformers": {"index/encoder.py", "index/reranker.py"},
    "transformers": {"index/encoder.py"},
    "torch": {"index/encoder.py", "index/export.py"},
    "tokenizers": {"index/encoder.py", "index/onnx_encoder.py", "index/tokens.py"},
    "onnx": {"index/graph.py"},
    "onnxruntime": {"index/graph.py", "index/onnx_encoder.py"},
    "faiss": {"index/vectors.py"},
    "matplotlib": {"index/picture.py"},
    "sqlite3": {
        "index/build.py",
        "index/database.py",
        "index/feedback.py",
        "index/intake.py",
        "index/journal.py",
        "index/postings.py",
        "index/snapshot.py",
    },
    "simcord": {"scripts/preview.py"},
    "trafilatura": {"index/pages.py"},
    "lxml": {"index/linked_data.py", "index/page_facts.py", "index/web/sitemaps.py"},
    "charset_normalizer": {"index/detection.py"},
    "py3langid": {"index/languages.py"},
    "feedparser": {"index/web/feeds.py"},
    "protego": {"index/web/robots.py"},
    "slugify": {"index/web/article_files.py"},
}


def imports_of(path: Path) -> set[str]:
    """The top-level names that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    room = path.relative_to(ROOT).parts[0]
    forbidden = {
        "index": {"bot", "scripts", "discord", "dotenv", "pydantic_settings", "typer", "rich"},
        "bot": {"scripts", "simcord", "typer", "rich"},
        "scripts": {"discord"} if path in WITH_BOT else {"bot", "discord"},
    }

    assert not imports_of(path) & forbidden[room]


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_imported_in_its_room_only(library):
    found = {path.relative_to(ROOT).as_posix() for path in MODULES if library in imports_of(path)}

    assert found == ONLY_IN[library]


def test_index_reads_no_environment():
    for path in (ROOT / "index").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "os.environ" not in text
        assert "getenv" not in text
