"""The documentation names what exists, and all of it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
SCRIPTS = sorted(
    path for path in (ROOT / "scripts").glob("*.py") if "__name__ ==" in path.read_text("utf-8")
)
COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name):
    assert f"\n{name.upper()}=" in EXAMPLE
    assert f"| `{name.upper()}` |" in README


def test_no_setting_is_explained_that_does_not_exist():
    explained = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)

    assert [name.lower() for name in explained] == list(Settings.model_fields)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_has_help_with_an_example_and_is_in_the_readme(script):
    ran = subprocess.run(
        [sys.executable, str(script), "--help"], capture_output=True, text=True, check=True
    )

    assert f"Example: python scripts/{script.name}" in " ".join(ran.stdout.split())
    assert f"scripts/{script.name}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_exists(command):
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", MAKEFILE, re.MULTILINE)
    elif words[0].endswith("python"):
        program = words[1:3] if words[1] == "-m" else [str(ROOT / words[1])]
        options = set(re.findall(r"--[a-z-]+", command))
        ran = subprocess.run(
            [sys.executable, *program, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert all(option in ran.stdout for option in options)
    else:
        assert words[0] in ("cp", "git", "cd", "sudo", "apt")


def test_files_that_the_readme_links_to_exist():
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
