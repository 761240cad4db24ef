"""Imports go one way, as the tables in `index/__init__.py` and `bot/__init__.py` say."""

import ast
import re
from pathlib import Path

import pytest

import bot
import index

ROOT = Path(__file__).parents[1]
TOP = ("benchmarks", "bot", "index", "scripts")
PATHS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for top in TOP
    for path in sorted((ROOT / top).rglob("*.py"))
}
# They serve the real bot, or measure its process.
WITH_BOT = {"scripts.preview", "benchmarks.speed.measurement", "benchmarks.speed.watches"}
FOREIGN = {
    "index": {"discord", "dotenv", "pydantic_settings", "typer", "rich"},
    "bot": {"simcord", "typer", "rich"},
}
ONLY_IN = {
    "sentence_transformers": {"index.encoders.torch_encoder", "index.reader.cross_encoder"},
    "transformers": {"index.encoders.torch_encoder", "index.training.network"},
    "torch": {
        "index.encoders.torch_encoder",
        "index.encoders.onnx_export",
        "index.reader.cross_encoder",
        "index.reader.onnx_export",
        "index.training.batches",
        "index.training.exporting",
        "index.training.fitting",
        "index.training.network",
        "index.training.run_state",
        "scripts.train_reader",
    },
    "tokenizers": {
        "index.encoders.torch_encoder",
        "index.encoders.tokenization",
        "index.onnx_files",
        "index.reader.cross_encoder",
        "index.reader.onnx_export",
        "index.reader.pairs",
        "index.training.batches",
        "index.training.checkpoint",
    },
    "onnx": {
        "index.encoders.onnx_graph",
        "index.reader.onnx_export",
        "index.training.checkpoint",
    },
    "onnxruntime": {"index.onnx_files", "index.reader.onnx_export"},
    "faiss": {"index.snapshot.vector_index"},
    "matplotlib": {"index.charts.bar_chart"},
    "sqlite3": {
        "bot.runtime.watch_file",
        "index.build.checkpoint",
        "index.build.intake",
        "index.build.pipeline",
        "index.feedback",
        "index.snapshot.change_file",
        "index.snapshot.database",
        "index.snapshot.inverted_index",
        "index.snapshot.known_names",
        "index.snapshot.snapshot",
    },
    "simcord": {"scripts.preview"},
    "trafilatura": {"index.formats.html_text"},
    "lxml": {
        "index.formats.html_metadata",
        "index.formats.html_text",
        "index.formats.inline_markup",
        "index.formats.json_ld",
        "index.formats.page_parts",
        "index.formats.walls",
        "index.web.sitemaps",
    },
    "chardet": {"index.formats.charsets"},
    "py3langid": {"index.formats.languages"},
    "feedparser": {"index.web.feeds"},
    "protego": {"index.web.robots"},
    "slugify": {"index.web.article_files"},
}


def imports_of(path: Path) -> set[str]:
    """The modules and names that a module imports, anywhere in it: `a.b` and `a.b.c`.

    What only type checkers import is left out.
    """
    names: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


IMPORTS = {module: imports_of(path) for module, path in PATHS.items()}
ROOTS = {module: {name.split(".")[0] for name in names} for module, names in IMPORTS.items()}
OURS = {module: names & set(PATHS) for module, names in IMPORTS.items()}


def part_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def read_table(package) -> dict[str, set[str]]:
    """The parts of a package, and those that each may import: both as `package.part`."""
    lines = re.sub(r"\n {10,}", " ", package.__doc__).splitlines()
    rows = [line.split("<-") for line in lines if "<-" in line]
    name = package.__name__
    return {
        f"{name}.{part.strip()}": {
            each if each.startswith("index.") else f"{name}.{each}" for each in allowed.split()
        }
        for part, allowed in rows
    }


ALLOWED = read_table(index) | read_table(bot)


def reached_from(*modules: str) -> set[str]:
    """All of our modules that these import, and those that they import, and so on."""
    found, waiting = set(), list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += OURS[module]
    return found


def test_tables_name_every_part_once():
    assert set(ALLOWED) == {
        part_of(module) for module in PATHS if re.match("(bot|index)[.]", module)
    }


@pytest.mark.parametrize("part", ALLOWED)
def test_part_imports_what_its_table_says(part):
    imported = {
        part_of(name) for module in PATHS if part_of(module) == part for name in OURS[module]
    }

    assert imported - {part} == ALLOWED[part]


def test_no_table_goes_in_circles():
    order = list(ALLOWED)

    for part, allowed in ALLOWED.items():
        assert all(order.index(each) < order.index(part) for each in allowed), part


@pytest.mark.parametrize("top", FOREIGN)
def test_package_imports_no_library_of_the_others(top):
    imported = set().union(*(ROOTS[module] for module in PATHS if module.split(".")[0] == top))

    assert imported & FOREIGN[top] == set()


def test_what_answers_reaches_nothing_that_builds():
    reached = reached_from("index.coverage", *(module for module in PATHS if module[:4] == "bot."))

    assert {"index.search.hybrid", "bot.cogs.ask"} <= reached
    builds = {"index.build", "index.formats", "index.training", "index.web"}
    assert {module for module in reached if part_of(module) in builds} == set()


def test_only_the_preview_and_benchmarks_import_the_bot():
    outside = {
        module for module in PATHS if module.split(".")[0] in ("index", "scripts", "benchmarks")
    }

    assert {module for module in outside if ROOTS[module] & {"bot", "discord"}} == WITH_BOT


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_imported_in_its_place_only(library):
    found = {
        module
        for module, roots in ROOTS.items()
        if library in roots and not module.startswith("benchmarks.systems")
    }

    assert found == ONLY_IN[library]


def test_index_reads_no_environment():
    for path in (ROOT / "index").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "os.environ" not in text
        assert "getenv" not in text
