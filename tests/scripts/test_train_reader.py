"""`train_reader.py` from ten records to a reader that answers, with a network that is tiny."""

import gzip
import json

import pytest
import torch

from index.reader.base import Window
from index.reader.folder import ReaderFolder
from index.reader.opening import open_reader
from index.training.examples import read_examples
from scripts.train_reader import MOST_QUESTIONS, export, fit, prepare
from tests.index.tiny_training import write_start

COMMANDS = [prepare, fit, export]
TOWNS = ["Alder Bay", "Port Selle", "Nordholm", "Lindau", "Westray"]


@pytest.fixture(autouse=True)
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def write_set(folder, name, verb="opened"):
    """Write a set of ten questions, two about each town."""
    folder.mkdir(exist_ok=True)
    with gzip.open(folder / f"{name}.jsonl.gz", "wt") as file:
        for number, town in enumerate(TOWNS):
            context = f"Mayor Falk {verb} the bridge of {town}. It cost {number + 2} boats."
            asked = [(f"Who {verb} it in {town}?", "Mayor Falk"), (f"Who left {town}?", None)]
            paragraph = {
                "context": context,
                "group": town,
                "qas": [
                    {
                        "question": question,
                        "answerable": answer is not None,
                        "answers": [{"text": answer, "start": 0}] if answer else [],
                        "kind": "qa",
                    }
                    for question, answer in asked
                ],
            }
            file.write(json.dumps(paragraph) + "\n")


@pytest.fixture
def sets(tmp_path):
    """A folder with a set of ten questions, under a name of one's own."""
    write_set(tmp_path / "sets", "harbours")
    return tmp_path / "sets"


def ok(ran):
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    return ran.out


def test_ten_records_become_a_reader(run_here, sets, tmp_path):
    examples, work, reader = tmp_path / "examples.jsonl.gz", tmp_path / "work", tmp_path / "reader"
    start = write_start(tmp_path / "start")

    made = ok(run_here(COMMANDS, "prepare", "--data", sets, "--out", examples))
    trained = ok(
        run_here(
            COMMANDS,
            *("fit", examples, examples, "--start", start, "--out", work, "--layers", "0,2"),
            *("--epochs", 1, "--batch-tokens", 512, "--rate", 0.001, "--device", "cpu"),
        )
    )
    exported = ok(run_here(COMMANDS, "export", work, "--out", reader, "--name", "mine"))

    count = len(read_examples(examples).examples)
    assert made.startswith(f"{examples}: {count} examples (")
    assert count >= 10
    assert "step " in trained
    assert trained.endswith(f"weights in {work}\n")
    assert exported == f"{reader}: 0.1 MB\n"
    opened = open_reader(str(reader), tmp_path)
    assert opened.description.name == "mine"
    (verdict,) = opened.read("Who opened it?", [Window("Mayor Falk opened the bridge.")])
    assert verdict.span is not None


def test_same_seed_makes_the_same_examples(run_here, sets, tmp_path):
    for name, seed in [("a", 1), ("b", 1), ("c", 2)]:
        ok(run_here(COMMANDS, "prepare", "--data", sets, "--out", tmp_path / name, "--seed", seed))

    one, same, other = (read_examples(tmp_path / name) for name in "abc")
    assert one == same != other


def test_only_the_named_sets_are_read(run_here, sets, tmp_path):
    write_set(sets, "ferries", "closed")
    write_set(sets, "museums", "sold")

    def asked(name, *arguments):
        ok(run_here(COMMANDS, "prepare", "--data", sets, "--out", tmp_path / name, *arguments))
        texts = {each.question for each in read_examples(tmp_path / name).examples}
        return {
            each for each in ("opened", "closed", "sold") if f"Who {each} it in Lindau?" in texts
        }

    assert asked("all") == {"opened", "closed", "sold"}
    assert asked("two", "--set", "museums", "--set", "harbours") == {"sold", "opened"}


def test_sets_that_would_drown_the_others_are_cut(run_here, tmp_path, monkeypatch):
    monkeypatch.setitem(MOST_QUESTIONS, "qamr", 3)
    write_set(tmp_path / "sets", "qamr")
    write_set(tmp_path / "sets", "harbours")
    arguments = ("--data", tmp_path / "sets", "--out", tmp_path / "examples")

    assert run_here(COMMANDS, "prepare", *arguments).err == "Making examples of 13 questions\n"


def test_finished_run_is_gone_on_with(run_here, sets, tmp_path):
    examples = tmp_path / "examples.jsonl.gz"
    ok(run_here(COMMANDS, "prepare", "--data", sets, "--out", examples))
    start = write_start(tmp_path / "start")
    arguments = ("fit", examples, "--start", start, "--out", tmp_path / "work", "--device", "cpu")

    first = ok(run_here(COMMANDS, *arguments))
    again = ok(run_here(COMMANDS, *arguments))
    faster = run_here(COMMANDS, *arguments, "--rate", 0.01)

    assert "step " in first
    assert again == f"weights in {tmp_path / 'work'}\n"
    assert faster.code == 1
    assert faster.err.splitlines()[-1] == (
        f"error: {tmp_path / 'work' / 'state.pt'}: its run differs in rate (0.00012, this one "
        "0.01): name a new folder"
    )


def test_reader_is_trained_further_for_some_steps(run_here, sets, tmp_path):
    examples = tmp_path / "examples.jsonl.gz"
    ok(run_here(COMMANDS, "prepare", "--data", sets, "--out", examples))
    first, further = tmp_path / "first", tmp_path / "further"
    arguments = ("fit", examples, "--device", "cpu", "--batch-tokens", 512)
    ok(run_here(COMMANDS, *arguments, "--start", write_start(tmp_path / "start"), "--out", first))

    trained = ok(
        run_here(
            *(COMMANDS, *arguments, "--start", first, "--out", further),
            *("--frozen-layers", 1, "--steps", 2),
        )
    )

    assert trained.startswith("step 2 of 2: loss ")


def test_articles_of_a_measuring_set_are_added(run_here, sets, tmp_path):
    text = "Mayor Nyberg closed the ferry.\n\nIt rained."
    question = {
        "question": "Who closed the ferry?",
        "answerable": True,
        "answers": ["Mayor Nyberg"],
        "evidence": [{"article_id": "one", "text": "Mayor Nyberg closed the ferry."}],
    }
    near_miss = {"question": "Who sold the ferry?", "answerable": False, "answers": []}
    folder = tmp_path / "measured"
    folder.mkdir()
    with gzip.open(folder / "articles.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": "one", "text": text}) + "\n")
    lines = map(json.dumps, [question, near_miss])
    (folder / "questions.jsonl").write_text("".join(f"{line}\n" for line in lines))
    out = tmp_path / "examples.jsonl.gz"

    ok(
        run_here(
            *(COMMANDS, "prepare", "--data", sets, "--out", out),
            *("--coverage", folder, "--article", "one"),
        )
    )

    asked = [each.question for each in read_examples(out).examples]
    assert asked.count("Who closed the ferry?") == asked.count("Who sold the ferry?") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--start", "{tmp}/none", "--out", "{tmp}/w"), "none: no tokenizer.json: expected the"),
        (("--start", "{tmp}/start", "--out", "{tmp}/w", "--layers", "0,x"), "start: invalid liter"),
        (("--start", "{tmp}/start", "--out", "{tmp}/w", "--layers", "7"), "start: no layer 7: th"),
    ],
)
def test_wrong_start_is_one_line(run_here, tmp_path, arguments, said):
    write_start(tmp_path / "start")
    (tmp_path / "examples").write_bytes(b"")
    filled = [each.format(tmp=tmp_path) for each in arguments]

    ran = run_here(COMMANDS, "fit", tmp_path / "examples", *filled)

    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert line.startswith(f"error: {tmp_path}/{said}")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "{tmp}: no question set: expected files named NAME.jsonl.gz"),
        (("--set", "gone"), "{tmp}/gone.jsonl.gz: cannot be read: No such file or directory"),
        (
            ("--article", "Normans"),
            "--coverage and --article belong together: name a measuring set and its articles",
        ),
        (
            ("--coverage", "{tmp}"),
            "--coverage and --article belong together: name a measuring set and its articles",
        ),
    ],
)
def test_missing_input_is_one_line(run_here, tmp_path, arguments, line):
    filled = [each.format(tmp=tmp_path) for each in arguments]

    ran = run_here(COMMANDS, "prepare", "--data", tmp_path, "--out", tmp_path / "examples", *filled)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"error: {line.format(tmp=tmp_path)}\n"


@pytest.mark.parametrize(
    ("arguments", "languages", "is_calibrated"),
    [
        ((), ("en",), False),
        (("--language", "de", "--language", "nl", "--calibrated"), ("de", "nl"), True),
    ],
)
def test_exported_reader_judges_and_counts_as_was_stated(
    run_here, tmp_path, arguments, languages, is_calibrated
):
    start, reader = write_start(tmp_path / "start"), tmp_path / "reader"

    ok(run_here(COMMANDS, "export", start, "--out", reader, "--name", "mine", *arguments))

    found = ReaderFolder(reader).describe()
    assert (found.languages, found.is_calibrated) == (languages, is_calibrated)


def test_language_that_is_no_code_is_refused(run_here, tmp_path):
    arguments = ("--out", tmp_path / "reader", "--name", "mine", "--language", "English")

    ran = run_here(COMMANDS, "export", write_start(tmp_path / "start"), *arguments)

    assert ran.code == 2
    assert "--language English: expected two letters, such as en" in ran.err
    assert not (tmp_path / "reader").exists()


def test_folder_that_exists_is_not_written_over(run_here, tmp_path):
    write_start(tmp_path / "work")
    (tmp_path / "reader").mkdir()

    ran = run_here(
        COMMANDS, "export", tmp_path / "work", "--out", tmp_path / "reader", "--name", "mine"
    )

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"error: {tmp_path / 'reader'} exists: name a new folder, or remove it\n"
