"""What the extra `bot` installs answers: nothing that only a build needs is on the way."""

import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
QUESTION = "who was nominated CSTO secretary general?"
HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "onnx"}
ONLY_FOR_TRAINING = {"index.training", "index.reader.cross_encoder", "index.reader.onnx_export"}
ASKED = f"""
import sys
import bot.__main__
from index.coverage import open_coverage
from pathlib import Path
coverage = open_coverage(Path(sys.argv[1]), reader="on")
answer = coverage.answer({QUESTION!r})
assert answer.quotes[0].answer_text  # the reader was there
assert coverage.timeline("peacekeepers").events
print(*sorted(sys.modules))
"""
BLOCKED = """
import runpy, sys
sys.modules.update(dict.fromkeys(sys.argv.pop(1).split(",")))
sys.argv.pop(0)
if sys.argv[0].endswith(".py"):
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def installed_by(*extras):
    """The names of all distributions that the project and these extras install, indirect too."""
    wanted = list(PROJECT["dependencies"])
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    found, waiting = set(), [Requirement(each) for each in wanted]
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name in found:
            continue
        found.add(name)
        parts = map(Requirement, requires(name) or [])
        waiting += [each for each in parts if not each.marker or each.marker.evaluate()]
    return found


def modules_of(names):
    """The top-level modules that these distributions, and no others, hold."""
    return {
        module
        for module, holders in packages_distributions().items()
        if {canonicalize_name(each) for each in holders} <= names
    }


def run(*arguments, **environment):
    # Set, though empty: a developer's own .env must not decide what is tested.
    own = dict.fromkeys(("DISCORD_TOKEN", "EMBEDDING_MODEL", "READER"), "")
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **own, **environment, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.fixture(scope="module")
def only_for_building():
    """The modules that are there to build, not to answer."""
    # Python's own tools come along with torch, and are anywhere.
    modules = modules_of(installed_by("build") - installed_by("bot") - {"setuptools"})
    assert modules > {*HEAVY, "lxml", "trafilatura", "watchfiles", "courlan"}
    return modules


def test_answer_loads_nothing_that_only_a_build_needs(sample_index, only_for_building):
    ran = run("-c", ASKED, sample_index)

    assert (ran.returncode, ran.stderr) == (0, "")
    modules = set(ran.stdout.split())
    loaded = {name.split(".")[0] for name in modules}
    assert {"discord", "onnxruntime", "tokenizers", "faiss"} <= loaded
    assert "index.reader.onnx_reader" in modules
    assert modules & ONLY_FOR_TRAINING == set()
    # The picture of a timeline is drawn in a process of its own.
    assert loaded & {*only_for_building, "matplotlib", "huggingface_hub"} == set()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["scripts/ask.py", QUESTION, "--index"], "Imangali Tasmagambetov was nominated"),
        (["scripts/timeline.py", "peacekeepers", "--index"], "10 January 2022"),
        (["scripts/check_index.py", "--index"], "every file, count and span is as it was built"),
    ],
)
def test_command_works_where_only_the_extra_is(sample_index, only_for_building, command, said):
    ran = run("-c", BLOCKED, ",".join(only_for_building), *command, sample_index)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert said in ran.stdout


def test_bot_checks_its_index_where_only_the_extra_is(sample_index, only_for_building, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", str(sample_index))

    ran = run("-c", BLOCKED, ",".join(only_for_building), "bot", "--check")

    assert "✓ index: 10 articles\n✓ reader: on-record-reader " in ran.stdout, ran.stderr
    assert "no DISCORD_TOKEN" in ran.stdout


def test_incremental_build_loads_no_torch(sample_index, tmp_path):
    """The bundled model is known by its files; `sample_index` was built by it."""
    index_dir = tmp_path / "index"
    shutil.copytree(sample_index, index_dir)
    (tmp_path / "new.txt").write_text("A new story about the harbour.")
    articles = [ROOT / "examples" / "coverage", tmp_path / "new.txt"]

    blocked = ",".join(HEAVY - {"sklearn", "scipy"})
    ran = run("-c", BLOCKED, blocked, "scripts/build_index.py", *articles, "--index", index_dir)

    assert ran.returncode == 0, ran.stderr
    assert "Added 1, changed 0, removed 0, unchanged 10 articles; 1 passage enc" in ran.stdout


def test_bot_extra_pulls_no_torch():
    assert not installed_by("bot") & {"torch", "sentence-transformers", "transformers"}


def test_answering_writes_nothing_into_the_home_folder(sample_index, tmp_path):
    """Where onnxruntime keeps the id and the events that it would send to its maker."""
    own = {"HOME": str(tmp_path), "XDG_CACHE_HOME": "", "ORT_DISABLE_TELEMETRY": ""}

    ran = run("scripts/ask.py", QUESTION, "--index", sample_index, **own)

    assert "Imangali Tasmagambetov was nominated" in ran.stdout, ran.stderr
    assert list(tmp_path.rglob("*")) == []
