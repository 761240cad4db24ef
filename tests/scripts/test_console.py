"""An expected failure is one line and an exit code; a mistake of ours keeps its traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import EncoderError, SnapshotNotFoundError
from scripts._console import Model, ReaderName, fail, output, run
from scripts.ask import ask
from scripts.timeline import timeline

PROJECT = Path(__file__).parents[2]


def raising(error):
    def command() -> None:
        """Fail."""
        raise error

    return command


def test_command_that_ends_well_exits_with_0(run_here):
    def command() -> None:
        """Do nothing."""

    assert run_here(command) == (0, "", "")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            EncoderError("my-model", "no such folder"),
            "error: cannot load the embedding model 'my-model': no such folder; "
            "check EMBEDDING_MODEL (leave it empty for the bundled model)",
        ),
        (
            OSError(28, "No space left on device", "/index/coverage.db"),
            "error: cannot go on: /index/coverage.db No space left on device",
        ),
        (
            OSError("cannot write passages.faiss"),
            "error: cannot go on: cannot write passages.faiss",
        ),
    ],
)
def test_expected_failure_is_one_line_and_exit_code_1(run_here, error, line):
    assert run_here(raising(error)) == (1, "", f"{line}\n")


def test_line_is_never_wrapped_or_read_as_markup(run_here, tmp_path):
    folder = tmp_path / "[bold]x[/bold]" / ("long" * 60)

    ran = run_here(raising(SnapshotNotFoundError(folder)))

    assert ran.err == (
        f"error: no index in {folder}: build one with: "
        f"python scripts/build_index.py ARTICLES --index {folder}\n"
    )


@pytest.mark.parametrize(("command", "name"), [(ask, "question"), (timeline, "topic")])
def test_argument_with_a_byte_that_is_not_utf8_is_refused(run_here, tmp_path, command, name):
    ran = run_here(command, "who \udcff leads?", "--index", tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert (
        f"Invalid value for '{name}': character 5 of 'who \\udcff leads?' is not UTF-8: "
        "check the encoding of the terminal"
    ) in ran.err


@pytest.mark.parametrize("option", ["--model", "--reader"])
def test_model_whose_name_is_not_utf8_is_refused(run_here, option):
    def show(model: Model = "", reader: ReaderName = "") -> None:
        """Show two settings."""
        output.print(model, reader)

    ran = run_here(show, option, "models/caf\udce9")

    assert (ran.code, ran.out) == (2, "")
    assert f"Invalid value for '{option}'" in ran.err
    assert "character 11 of 'models/caf\\udce9' is not UTF-8" in ran.err


def test_ctrl_c_claims_nothing_about_an_index(run_here):
    ran = run_here(raising(KeyboardInterrupt()))

    assert (ran.code, ran.err) == (130, "Stopped.\n")


def test_ctrl_c_says_what_became_of_the_work_of_a_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["command"])

    with pytest.raises(SystemExit) as ended:
        run(raising(KeyboardInterrupt()), stopped="Stopped; nothing was written.")

    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped; nothing was written.\n"


class TestSettingsFile:
    @pytest.fixture
    def ran(self, run_here, tmp_path, monkeypatch):
        """Run a command that prints a setting of a `.env` with these bytes."""
        monkeypatch.delenv("HARBOUR", raising=False)

        def show() -> None:
            """Show a setting."""
            output.print(os.environ.get("HARBOUR", "unset"))

        def write_and_run(data: bytes):
            (tmp_path / ".env").write_bytes(data)
            return run_here(show)

        yield write_and_run
        os.environ.pop("HARBOUR", None)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_settings_are_read(self, ran, encoding):
        assert ran("HARBOUR=Гавань\r\n".encode(encoding)) == (0, "Гавань\n", "")

    def test_settings_without_a_file_are_those_of_the_environment(self, ran, tmp_path):
        ran(b"")
        (tmp_path / ".env").unlink()

        assert ran(b"") == (0, "unset\n", "")

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            ("HARBOUR=Гавань".encode("utf-16"), ".env is not UTF-8 (byte 0): save it as UTF-8"),
            ("HARBOUR=Гавань".encode("cp1251"), ".env is not UTF-8 (byte 8): save it as UTF-8"),
            ("HARBOUR=old".encode("utf-16-le"), ".env is not UTF-8 (byte 1): save it as UTF-8"),
        ],
        ids=["utf-16", "cp1251", "utf-16 without a mark"],
    )
    def test_settings_in_another_encoding_are_one_line(self, ran, data, line):
        assert ran(data) == (1, "", f"error: {line}\n")

    def test_settings_that_cannot_be_read_are_one_line(self, ran, monkeypatch):
        def refuse(*_: object) -> str:
            raise PermissionError(13, "Permission denied", ".env")

        monkeypatch.setattr(Path, "read_text", refuse)

        assert ran(b"HARBOUR=x") == (1, "", "error: cannot go on: .env Permission denied\n")


class TestOutputEncoding:
    PROGRAM = (
        "from scripts._console import errors, output, print_json, run\n"
        "def show() -> None:\n"
        "    'Show.'\n"
        "    output.print('Мост → é', highlight=False)\n"
        "    errors.print('Мост', highlight=False)\n"
        "    print_json({'quote': 'Мост é 🚢'})\n"
        "run(show)\n"
    )

    def ran(self, encoding: str, tmp_path) -> tuple[int, bytes, bytes]:
        done = subprocess.run(
            [sys.executable, "-c", self.PROGRAM],
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(PROJECT)},
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def test_utf_8_is_written_as_it_is(self, tmp_path):
        code, out, err = self.ran("utf-8", tmp_path)

        line, _, rest = out.decode().partition("\n")
        assert (code, line, err.decode()) == (0, "Мост → é", "Мост\n")
        assert "Мост é 🚢" in rest

    @pytest.mark.parametrize(
        ("encoding", "line"),
        [
            ("cp1252", "\\u041c\\u043e\\u0441\\u0442 \\u2192 é"),
            ("cp1251", "Мост \\u2192 \\xe9"),
            ("ascii", "\\u041c\\u043e\\u0441\\u0442 \\u2192 \\xe9"),
        ],
    )
    def test_old_encoding_shows_what_it_can_and_valid_json(self, tmp_path, encoding, line):
        code, out, err = self.ran(encoding, tmp_path)

        first, _, rest = out.decode(encoding).partition("\n")
        assert (code, first) == (0, line)
        assert json.loads(rest) == {"quote": "Мост é 🚢"}
        assert b"Traceback" not in err


def test_mistake_of_ours_keeps_its_traceback(run_here):
    with pytest.raises(ZeroDivisionError):
        run_here(raising(ZeroDivisionError("ours")))


def test_fail_prints_to_stderr_alone(capsys):
    with pytest.raises(SystemExit) as ended:
        fail("something [red]odd[/red]")

    assert ended.value.code == 1
    assert capsys.readouterr() == ("", "error: something [red]odd[/red]\n")
