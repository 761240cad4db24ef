"""`evaluate.py` as operators run it; and a gate on the quality of answers over the examples."""

import ast
import json

import pytest

from scripts.evaluate import evaluate
from tests.conftest import PROJECT


def test_example_questions_are_answered_well_and_the_worst_is_shown(
    run_script, sample_index, tmp_path
):
    written = tmp_path / "figures.json"

    ran = run_script(
        "evaluate.py",
        "--questions=examples/questions.jsonl",
        f"--index={sample_index}",
        f"--json={written}",
        "--failures=1",
    )

    assert ran.code == 0, ran.err
    figures = json.loads(written.read_text())
    shares = {name: share["value"] for name, share in figures["shares"].items()}
    assert figures["questions"] == 23
    assert shares["verbatim"] == 1.0
    assert shares["quote@1"] >= 13 / 15
    assert shares["quote@3"] >= 14 / 15
    assert shares["wrongly refused"] == 0.0
    assert shares["refused"] >= 2 / 8
    assert figures["quote_characters"] <= 400
    assert shares["marked right"] >= 9 / 12
    assert shares["marked, though without an answer"] <= 2 / 8
    assert figures["separation"]["auc"] >= 0.8
    assert "right: (no answer in the coverage)" in ran.out
    assert "with an answer or without: AUC " in ran.out


def test_table_and_json_have_every_figure(run_here, sample_index, tmp_path):
    asked = {"question": "Who was the first secretary general of the CSTO?"}
    right = {"id": 1, **asked, "answers": ["Nikolai Bordyuzha"]}
    elsewhere = {**right, "id": 2, "evidence": [{"article_id": "treaty-anniversary"}]}
    mislabelled = {"id": 3, **asked, "answerable": False}
    unknown = [
        {"id": 4, "question": "What is the boiling point of mercury?", "answerable": False},
        {"id": 5, "question": "Who won the football world cup?", "answerable": False},
    ]
    questions, written = tmp_path / "questions.jsonl", tmp_path / "figures.json"
    questions.write_text("\n".join(map(json.dumps, [right, elsewhere, mislabelled, *unknown])))

    ran = run_here(
        evaluate, f"--questions={questions}", f"--index={sample_index}", f"--json={written}"
    )

    assert ran.code == 0, ran.err
    figures = json.loads(written.read_text())
    shares = {name: (share["value"], share["of"]) for name, share in figures["shares"].items()}
    assert (shares["quote@1"], shares["quote@3"]) == ((0.5, 2), (0.5, 2))
    assert (shares["answer@1"], shares["answer@3"]) == ((1.0, 2), (1.0, 2))
    assert (shares["wrongly refused"], shares["refused"]) == ((0.0, 2), (2 / 3, 3))
    assert shares["marked right"] == (1.0, 2)
    assert shares["marked, though without an answer"] == (1 / 3, 3)
    assert figures["separation"] == {"auc": pytest.approx(2.5 / 3), "refused": 2 / 3}
    assert table_rows(ran.out) == {
        name: [
            f"{share['value']:.3f}",
            f"{share['low']:.3f} to {share['high']:.3f}",
            str(share["of"]),
        ]
        for name, share in figures["shares"].items()
    }
    assert (
        "with an answer or without: AUC 0.833; 0.667 of those without refused if 5 % of those "
        "with one are\n"
    ) in ran.out


def table_rows(printed):
    """The cells of each row of a table, by its first cell."""
    rows = [line.strip("│ ").split("│") for line in printed.splitlines() if line.startswith("│")]
    return {name.strip(): [cell.strip() for cell in cells] for name, *cells in rows}


def test_line_that_is_no_question_is_named(run_here, sample_index, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "1", "question": "who?"}\n{"id": "2"}\n')

    ran = run_here(evaluate, f"--questions={questions}", f"--index={sample_index}")

    assert ran.code == 1
    assert ran.err.startswith(f"error: {questions}:2: expected lines such as")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("reader", "features"), [("off", 7), ("on", 2)])
def test_refusal_is_fitted_to_sets_of_questions(run_here, sample_index, tmp_path, reader, features):
    asked = str(PROJECT / "examples" / "questions.jsonl")
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_text('{"id": 1, "question": "who won the world cup?", "answers": ["Ann"]}\n')
    sets = tmp_path / "sets.jsonl"
    lines = [
        {"index": str(sample_index), "questions": asked},
        {"index": str(sample_index), "questions": str(elsewhere), "answerable": False},
    ]
    sets.write_text("\n".join(map(json.dumps, lines)))

    ran = run_here(evaluate, f"--calibrate={sets}", f"--reader={reader}")

    assert ran.code == 0, ran.err
    fitted = ran.out.splitlines()[0]
    intercept, coefficients = ast.literal_eval(fitted.removeprefix("Regression"))
    assert intercept < 0
    assert len(coefficients) == features
    assert "examples →" in ran.out


def test_question_that_no_regression_decides_is_left_out(run_here, sample_index, tmp_path):
    asked = ["Who left?", "кто ушёл из города?", "What happened in January 2022?", "?!"]
    files = {"asked": asked, "elsewhere": ["who won the cup?"]}
    lines = []
    for name, questions in files.items():
        listed = [{"id": row, "question": each} for row, each in enumerate(questions)]
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(map(json.dumps, listed)))
        fields = {"index": str(sample_index), "questions": str(path)}
        lines.append(fields | {"answerable": name == "asked"})
    sets = tmp_path / "sets.jsonl"
    sets.write_text("\n".join(map(json.dumps, lines)))

    ran = run_here(evaluate, f"--calibrate={sets}", "--reader=on")

    assert ran.code == 0, ran.err
    assert "Questions left out, which no probability decides: 2\n" in ran.err
    assert "Questions left out, which the reader did not judge: 1\n" in ran.err
    _, coefficients = ast.literal_eval(ran.out.splitlines()[0].removeprefix("Regression"))
    assert len(coefficients) == 2


def test_sets_without_any_answer_are_one_clear_error(run_here, sample_index, tmp_path):
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"id": 1, "question": "who won the world cup?", "answerable": false}\n')
    sets = tmp_path / "sets.jsonl"
    sets.write_text(json.dumps({"index": str(sample_index), "questions": str(asked)}))

    ran = run_here(evaluate, f"--calibrate={sets}", "--reader=off")

    assert ran.code == 1
    expected = "expected questions with an answer and questions without one"
    assert ran.err.splitlines()[-1] == f"error: {sets}: {expected}"


def test_figures_cannot_go_into_a_missing_folder(run_here, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "1", "question": "who?"}\n')

    ran = run_here(evaluate, f"--questions={questions}", f"--json={tmp_path}/gone/figures.json")

    assert ran.code == 2
    assert "does not exist: create it first" in " ".join(ran.err.split())


def test_line_that_is_no_set_is_named(run_here, tmp_path):
    sets = tmp_path / "sets.jsonl"
    sets.write_text('{"questions": "q.jsonl"}\n')

    ran = run_here(evaluate, f"--calibrate={sets}")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f'error: {sets}:1: expected lines such as {{"index": "DIR", "questions": "FILE.jsonl"}}, '
        'found {"questions": "q.jsonl"}\n'
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"answerable": "false"}, '"answerable": expected true or false, found "false"'),
        ({"answerable": None}, '"answerable": expected true or false, found null'),
        ({"index": 5}, '"index": expected a text, found 5'),
        ({"questions": ["q.jsonl"]}, '"questions": expected a text, found ["q.jsonl"]'),
        ({"index": "\ud800"}, "half of a character (a lone surrogate) in it"),
    ],
)
def test_field_of_a_set_that_is_of_another_type_is_named(run_here, tmp_path, fields, wrong):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": 1, "question": "who won?"}\n')
    sets = tmp_path / "sets.jsonl"
    good = {"index": "gone", "questions": str(questions)}
    sets.write_text(f"\n{json.dumps(good | fields)}\n")

    ran = run_here(evaluate, f"--calibrate={sets}")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"error: {sets}:2: {wrong}\n"
