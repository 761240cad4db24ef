"""What the Dockerfile, compose.yaml and the systemd unit name exists in the project."""

import configparser
import fnmatch
import importlib
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer
import yaml

from bot import __main__ as program
from bot.settings import Settings
from scripts.build_index import build_index

ROOT = Path(__file__).parents[1]
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
IGNORED, *COPIED = [
    line
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
UNIT = configparser.RawConfigParser(strict=False)  # some keys are there twice
UNIT.optionxform = str
UNIT.read(ROOT / "docs" / "on-record.service")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
BUILD = typer.Typer()
BUILD.command()(build_index)
OF_BUILDS = {str(each.envvar) for each in typer.main.get_command(BUILD).params if each.envvar}
SETTINGS = {name.upper() for name in Settings.model_fields} | OF_BUILDS


def stage(name: str) -> list[tuple[str, str]]:
    """The instructions of a stage and of those that it is based on: name and arguments."""
    parts = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    (part,) = (each for each in parts if each.splitlines()[0].endswith(f" AS {name}"))
    first, *lines = part.splitlines()
    base = first.split()[0]
    own = [tuple(line.split(" ", 1)) for line in lines if line and not line.startswith("#")]
    return own if base.startswith("$") else stage(base) + own


def values(name: str, instruction: str) -> list[str]:
    return [arguments for each, arguments in stage(name) if each == instruction]


def environment(name: str) -> dict[str, str]:
    return dict(word.split("=", 1) for each in values(name, "ENV") for word in each.split())


def volumes(name: str) -> set[str]:
    return {path for each in values(name, "VOLUME") for path in json.loads(each)}


def commands() -> list[list[str]]:
    """Every Python command that one of the files starts."""
    written = [
        *(values("builder", "CMD") + values("bot", "CMD")),
        *(each.split("CMD ")[1] for each in values("bot", "HEALTHCHECK")),
    ]
    loop = SERVICES["builder"]["command"][-1]
    return [
        *map(json.loads, written),
        *(shlex.split(each) for each in re.findall(r"python scripts/.*", loop)),
        shlex.split(UNIT["Service"]["ExecStart"]),
    ]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_command_exists_with_its_options(command, capsys):
    python, what, *arguments = command
    options = [each for each in arguments if each.startswith("--")]

    assert Path(python).name == "python"
    if what == "-m":
        with pytest.raises(SystemExit):
            program.main(["--help"])
        known = capsys.readouterr().out
        assert arguments[0] == "bot"
    else:
        name = Path(what).stem
        module = importlib.import_module(f"scripts.{name}")
        app = typer.Typer()
        app.command()(getattr(module, name))
        parameters = typer.main.get_command(app).params
        known = [name for each in parameters for name in each.opts]
        assert (ROOT / what).exists()
    assert [each for each in options if each not in known] == []


@pytest.mark.parametrize(("name", "extra"), [("bot", "bot"), ("builder", "build")])
def test_image_installs_its_extra_only_and_does_not_run_as_root(name, extra):
    (install,) = (each for each in values(name, "RUN") if "pip install" in each)
    order = [instruction for instruction, _ in stage(name)]

    assert re.findall(r"'[.]\[(\w+)\]'", install) == [extra]
    assert extra in EXTRAS
    assert values(name, "USER") == ["on-record"]
    assert "RUN" not in order[order.index("USER") :]


def test_bot_is_what_is_built_by_default():
    assert re.findall(r"^FROM .* AS (\w+)$", DOCKERFILE, re.MULTILINE)[-1] == "bot"


@pytest.mark.parametrize("name", ["bot", "builder"])
def test_commands_are_no_shell_that_would_keep_a_signal(name):
    assert values(name, "ENTRYPOINT") == []
    assert all(isinstance(json.loads(each), list) for each in values(name, "CMD"))


@pytest.mark.parametrize("name", ["bot", "builder"])
def test_image_and_service_agree_on_the_volumes(name):
    mounts = [each.split(":") for each in SERVICES[name]["volumes"]]
    named = {target for source, target, *_ in mounts if not source.startswith(".")}
    own = SERVICES[name]["environment"]
    paths = [
        Path(each)
        for key in ("INDEX_DIR", "FEEDBACK", "WATCHES")
        if (each := (environment(name) | own).get(key))
    ]

    assert SERVICES[name]["build"]["target"] == name
    assert named == volumes(name)
    assert {source for source, *_ in mounts if not source.startswith(".")} <= set(
        COMPOSE["volumes"]
    )
    assert paths
    assert all({str(each), str(each.parent)} & named for each in paths)


@pytest.mark.parametrize("name", ["bot", "builder"])
def test_volumes_belong_to_the_user(name):
    made = re.findall(
        r"install --directory --owner=on-record (\S+)", "\n".join(values(name, "RUN"))
    )

    assert set(made) == volumes(name)


def test_bot_can_read_the_index_only():
    assert "index:/data/index:ro" in SERVICES["bot"]["volumes"]
    assert "index:/data/index" in SERVICES["builder"]["volumes"]


def test_named_settings_exist():
    in_images = {*environment("bot"), *environment("builder")}
    in_unit = {UNIT["Service"]["Environment"].split("=")[0]}
    for_libraries = {"HOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONUNBUFFERED"}
    for_the_loop = {"FEEDS", "BUILD_EVERY"}
    loop = SERVICES["builder"]["command"][-1]

    assert in_images - for_libraries <= SETTINGS
    assert set(SERVICES["bot"]["environment"]) <= SETTINGS
    assert set(SERVICES["builder"]["environment"]) - for_the_loop <= SETTINGS
    assert in_unit == {"HEALTH_FILE"} <= SETTINGS
    assert all(f"$${each}" in loop for each in for_the_loop)


def test_builder_is_given_all_settings_of_a_build_from_env():
    given = SERVICES["builder"]["environment"]

    assert OF_BUILDS - {*given, *environment("builder")} == {"READER"}  # only for Milvus
    assert [name for name, value in given.items() if not value.startswith(f"${{{name}:-")] == []


@pytest.mark.parametrize(("setting", "is_kept"), [("", False), ("on", True)])
def test_builder_keeps_old_texts_if_that_is_set(monkeypatch, tmp_path, setting, is_kept):
    default = SERVICES["builder"]["environment"]["KEEP_VERSIONS"].partition(":-")[2].rstrip("}")
    monkeypatch.setenv("KEEP_VERSIONS", setting or default)

    context = typer.main.get_command(BUILD).make_context("build_index.py", [str(tmp_path)])

    assert context.params["keep_versions"] is is_kept


def test_images_hold_the_code_and_nothing_of_the_operator():
    copied = {each.removeprefix("!") for each in COPIED if each.startswith("!")}
    left_out = [".env", "feedback.db", "coverage-index", "articles", ".git", ".venv"]

    assert IGNORED == "*"
    assert all((ROOT / each).exists() for each in copied)
    assert {"bot", "index", "scripts", "models", "pyproject.toml", "constraints.txt"} <= copied
    assert not any(fnmatch.fnmatch(name, each) for name in left_out for each in copied)
    for name in ("bot", "builder"):
        sources = {word for each in values(name, "COPY") for word in each.split()[:-1]}
        assert sources - {"."} <= copied


def test_unit_is_explained_where_its_paths_are():
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    service = UNIT["Service"]

    assert service["WorkingDirectory"] in page
    assert service["ExecStart"].split(".venv")[0].rstrip("/") in page
    assert service["Environment"].split("=")[1] in page
    assert f"useradd --system --create-home --home-dir {service['WorkingDirectory']}" in page
