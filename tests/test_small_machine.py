"""A small machine answers with the bot's own packages: no torch, and all that is imported."""

import json
import subprocess
import sys
from importlib.metadata import distribution, packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import PROJECT

HEAVY = {"torch", "transformers", "sentence_transformers", "onnx", "sklearn", "scipy", "matplotlib"}
ANSWERS = """
import json, sys
from pathlib import Path
import bot.__main__, bot.client, scripts.ask, scripts.check_index, scripts.timeline
from index.coverage import open_coverage
coverage = open_coverage(Path(sys.argv[1]))
answer = coverage.answer("who was nominated CSTO secretary general?")
assert answer.quotes, answer
assert coverage.timeline("peacekeepers in Kazakhstan").events
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def loaded(index_dir) -> set[str]:
    """What a process has imported that answers a question and shows a timeline."""
    ran = subprocess.run(
        [sys.executable, "-c", ANSWERS, str(index_dir)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout))


def installed_with(extra: str) -> set[str]:
    """All distributions that `pip install .[extra]` installs, by name."""
    found: set[str] = set()
    todo = [Requirement(f"on-record[{extra}]")]
    while todo:
        requirement = todo.pop()
        name, extras = canonicalize_name(requirement.name), requirement.extras or {""}
        if name in found and extras == {""}:
            continue
        found.add(name)
        needed = map(Requirement, distribution(name).requires or [])
        todo += [
            each
            for each in needed
            if each.marker is None or any(each.marker.evaluate({"extra": one}) for one in extras)
        ]
    return found


def test_answering_loads_nothing_heavy(sample_index):
    assert loaded(sample_index) & HEAVY == set()


def test_all_that_is_loaded_comes_with_the_bot(sample_index):
    installed = installed_with("bot") | {"setuptools"}  # which a new environment has

    owners = {name: packages_distributions().get(name, []) for name in loaded(sample_index)}
    missing = {
        name: names
        for name, names in owners.items()
        if names and not installed & set(map(canonicalize_name, names))
    }

    assert missing == {}
    assert not {"torch", "transformers", "sentence-transformers", "scipy"} & installed
