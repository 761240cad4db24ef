"""The documentation names what exists, and all of it; its commands run as pasted."""

import importlib
import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import typer

from bot.permissions import REQUIRED
from bot.settings import Settings
from index.feedback import Feedback

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [
    README,
    ROOT / "CHANGELOG.md",
    ROOT / "PRIVACY.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "benchmarks" / "README.md",
    ROOT / "examples" / "README.md",
]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAGES}
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
# Our programs, each with the functions that it runs: one, or several commands of that name.
PROGRAMS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): run[1].split(", ")
    for folder in ("scripts", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if (run := re.search(r"^    run\((\w+(?:, \w+)*)[,)]", path.read_text("utf-8"), re.MULTILINE))
}
# They need a network, do not end by themselves, or take minutes: only their options are checked.
NOT_RUN = {
    "scripts.fetch_articles",
    "scripts.preview",
    "scripts.train_reader",
    "benchmarks.speed.benchmark",
    "benchmarks.speed.regression_timing",
    "benchmarks.systems.compare",
}
ENDLESS = "--watch"
# Commands of the system and of tools that are installed next to Python.
OTHERS = {"cp", "git", "cd", "sudo", "apt", "docker", "python3", "pip", "pytest", "ruff", "mypy"}


class Command(NamedTuple):
    page: str
    words: list[str]

    @property
    def program(self) -> str | None:
        """The module of ours that it starts, if any."""
        if Path(self.words[0]).name != "python" or len(self.words) < 2:
            return None
        if self.words[1] == "-m":
            return self.words[2]
        return self.words[1].removesuffix(".py").replace("/", ".")

    @property
    def arguments(self) -> list[str]:
        """What comes after the program."""
        return self.words[3 if self.words[1] == "-m" else 2 :]


def blocks(language: str) -> list[tuple[str, str]]:
    """All code blocks of a language, each with its page."""
    fence = re.compile(rf"^ *```{language}\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
    return [(page, block) for page, text in TEXTS.items() for block in fence.findall(text)]


COMMANDS = [
    Command(page, shlex.split(line))
    for page, block in blocks("sh")
    for line in block.splitlines()
    if line.strip() and not line.strip().startswith("#")
]
OURS = [each for each in COMMANDS if each.program in PROGRAMS]
RUN = [each for each in OURS if each.program not in NOT_RUN and ENDLESS not in each.words]


def spell(command: Command) -> str:
    return f"{command.page}: {shlex.join(command.words)}"


@cache
def parser_of(program: str, function: str) -> click.Command:
    """The command-line parser of a program's function, without starting it."""
    app = typer.Typer(add_completion=False, rich_markup_mode="markdown")
    app.command()(getattr(importlib.import_module(program), function))
    return typer.main.get_command(app)


def parse(command: Command) -> tuple[click.Command, list[str]]:
    """The parser of what a command runs, and the arguments that are left for it."""
    functions, arguments = PROGRAMS[command.program], command.arguments
    if len(functions) == 1:
        return parser_of(command.program, functions[0]), arguments
    assert arguments[0] in functions
    return parser_of(command.program, arguments[0]), arguments[1:]


@pytest.fixture(scope="module")
def newsroom(sample_index, tmp_path_factory) -> Path:
    """A folder that has what the commands name: articles, indexes, questions, votes."""
    folder = tmp_path_factory.mktemp("newsroom")
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=lambda *_: ["index"])
    shutil.copytree(sample_index, folder / "examples" / "index")
    shutil.copytree(sample_index, folder / "coverage-index")
    shutil.copytree(ROOT / "examples" / "coverage", folder / "articles")
    (folder / "models").mkdir()
    (folder / "models" / "my-reader").symlink_to(ROOT / "models" / "reader")
    questions = (ROOT / "examples" / "questions.jsonl").read_text("utf-8")
    for name in ("questions", "my-questions", "other-questions"):
        (folder / f"{name}.jsonl").write_text(questions, "utf-8")
    (sets,) = (block for _, block in blocks("json") if '"index"' in block)
    (folder / "sets.jsonl").write_text(sets, "utf-8")
    Feedback(folder / "feedback.db").record("Who leads the CSTO?", [], 1, 1, is_good=False)
    return folder


@pytest.fixture
def in_newsroom(newsroom, monkeypatch) -> Callable[[Command], int]:
    """Run a command there, in this process, and return its exit code."""

    def run(command: Command) -> int:
        monkeypatch.chdir(newsroom)
        monkeypatch.setattr(sys, "argv", [command.program, *command.arguments])
        parser, arguments = parse(command)
        with pytest.raises(SystemExit) as ended:
            parser(arguments)
        return int(ended.value.code or 0)

    return run


def test_readme_can_be_read_in_a_few_minutes():
    lines = TEXTS["README.md"].splitlines()

    assert len(lines) <= 120
    assert len(" ".join(lines).split()) <= 1200


def test_settings_of_bot_commands_and_containers_are_explained_and_no_others():
    of_bot = {name.upper() for name in Settings.model_fields}
    of_commands = {
        str(each.envvar)
        for program, functions in PROGRAMS.items()
        for function in functions
        for each in parser_of(program, function).params
        if each.envvar
    }
    of_containers = {*re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE)}
    explained = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    listed = re.findall(r"^\| `([A-Z_]+)` \|", TEXTS["docs/operating.md"], re.MULTILINE)

    assert explained == listed
    assert sorted(explained) == sorted(of_bot | of_commands | of_containers)


def test_permissions_that_are_requested_are_listed():
    table = TEXTS["docs/discord.md"].partition("| permission |")[2].partition("\n\n")[0]

    assert re.findall(r"^\| ([A-Z][\w ]+) \|", table, re.MULTILINE) == [
        each.label for each in REQUIRED.values()
    ]


@pytest.mark.parametrize(
    ("program", "function"),
    [(program, each) for program, functions in PROGRAMS.items() for each in functions],
)
def test_every_program_has_help_with_an_example_and_a_page(program, function):
    path = f"{program.replace('.', '/')}.py"
    run_as = path if program.startswith("scripts.") else f"-m {program}"
    if len(PROGRAMS[program]) > 1:
        run_as = f"{run_as} {function}"

    assert f"Example: `python {run_as}" in str(parser_of(program, function).help)
    described = [parse(each)[0] for each in OURS if each.program == program]
    assert parser_of(program, function) in described


@pytest.mark.parametrize("command", OURS, ids=spell)
def test_options_of_a_command_exist(command):
    options = [word for word in command.words if word.startswith("--")]
    known = {name for each in parse(command)[0].params for name in each.opts}

    assert [each for each in options if each not in known] == []


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(each, marks=[pytest.mark.slow] if "--calibrate" in each.words else [])
        for each in RUN
    ],
    ids=spell,
)
def test_command_runs_as_pasted(in_newsroom, capsys, command):
    assert in_newsroom(command) == 0, capsys.readouterr()


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if each.program not in PROGRAMS], ids=spell
)
def test_other_commands_name_what_exists(command):
    tool, *arguments = command.words
    if tool == "make":
        assert re.search(rf"^{arguments[0]}:", MAKEFILE, re.MULTILINE)
    elif command.program is not None:
        assert importlib.util.find_spec(command.program)
    else:
        assert Path(tool).name in OTHERS
        tests = [each for each in arguments if each.startswith("tests/")]
        assert [each for each in tests if not (ROOT / each).exists()] == []


@pytest.mark.parametrize(("page", "block"), blocks("python"))
def test_python_of_the_docs_runs(newsroom, monkeypatch, capsys, page, block):
    monkeypatch.chdir(newsroom)

    exec(compile(block, page, "exec"), {})  # noqa: S102  # our own pages

    assert capsys.readouterr().out.startswith("1.00 ")


@pytest.mark.parametrize(("page", "block"), blocks("json"))
def test_json_of_the_docs_is_json(page, block):
    assert all(json.loads(line) for line in block.splitlines()), page


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page):
    folder, broken = (ROOT / page).parent, []
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", TEXTS[page]):
        name, _, anchor = link.partition("#")
        target = (folder / name).resolve() if name else ROOT / page
        known = TEXTS.get(target.relative_to(ROOT).as_posix(), "")
        if not target.exists() or (anchor and anchor not in anchors(known)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", TEXTS)
def test_paths_in_the_text_exist(page):
    named = re.findall(r"`((?:index|bot|scripts|tests|benchmarks|docs)/[\w/.-]*)`", TEXTS[page])

    assert [each for each in named if not (ROOT / each).exists()] == []


def test_readme_links_to_every_page():
    pages = [page for page in TEXTS if page.startswith("docs/")]

    assert pages
    assert [page for page in pages if f"({page})" not in TEXTS["README.md"]] == []


@pytest.mark.parametrize(
    "message",
    re.findall(r"^### [`“](.+)[`”]$", TEXTS["docs/troubleshooting.md"], re.MULTILINE),
)
def test_message_of_troubleshooting_is_one_of_ours(message):
    fixed = [each for part in re.split("…|\\[id\\]", message) if len(each := part.strip(" :")) > 3]

    assert fixed
    assert [each for each in fixed if each not in said()] == []


@cache
def said() -> str:
    """All source text, with the literals of a longer message put together."""
    paths = [
        path
        for folder in ("bot", "index", "scripts")
        for kind in ("*.py", "*.ftl")
        for path in sorted((ROOT / folder).rglob(kind))
    ]
    return re.sub(r'"\s+f?"', "", "\n".join(path.read_text("utf-8") for path in paths))
