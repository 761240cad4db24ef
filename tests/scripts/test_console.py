"""An expected failure is one line and an exit code; a mistake of ours keeps its traceback."""

import pytest

from index.errors import EncoderError, SnapshotNotFoundError
from scripts._console import fail


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


def test_ctrl_c_says_that_nothing_changed(run_here):
    ran = run_here(raising(KeyboardInterrupt()))

    assert (ran.code, ran.err) == (130, "Stopped; the index in use was not changed.\n")


def test_mistake_of_ours_keeps_its_traceback(run_here):
    with pytest.raises(ZeroDivisionError):
        run_here(raising(ZeroDivisionError("ours")))


def test_fail_prints_to_stderr_alone(capsys):
    with pytest.raises(SystemExit) as ended:
        fail("something [red]odd[/red]")

    assert ended.value.code == 1
    assert capsys.readouterr() == ("", "error: something [red]odd[/red]\n")
