"""On Record beside other libraries: what all are given, and what is made of their figures.

None of these libraries is needed here.
"""

import json
import os
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.systems import measuring as module
from benchmarks.systems import process
from benchmarks.systems.child import Passage
from benchmarks.systems.compare import compare
from benchmarks.systems.material import Material, take_material
from benchmarks.systems.measuring import SYSTEMS, Measuring
from benchmarks.systems.peers import __file__ as peers_file
from benchmarks.systems.process import SystemFailed, run_child, run_process
from benchmarks.systems.table import draw_quality, draw_speed, medians, ratios
from index.coverage import open_coverage
from index.evaluation.metrics import LabelledQuestion
from index.models import Article
from scripts._console import run


@pytest.fixture
def ask_about(tmp_path):
    """Write a file of questions about these articles, one each."""

    def write(*articles):
        path = tmp_path / "questions.jsonl"
        lines = [
            {
                "id": n,
                "question": f"Who came {n}th?",
                "answers": ["Ann"],
                "evidence": [{"article_id": one}],
            }
            for n, one in enumerate(articles)
        ]
        path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        return path

    return write


def material(*questions):
    articles = (
        Article("a", "Ann opened it. It rained.", "Opened"),
        Article("b", "Nobody came; Ann was ill.", "Closed"),
    )
    return Material(articles, (Passage("0-25@a", "Opened\nAnn opened it. It rained."),), questions)


def question(*articles):
    return LabelledQuestion(
        "1", "Who opened it?", ("Ann",), frozenset(articles), is_answerable=True
    )


def drawn(table):
    written = StringIO()
    Console(width=100, file=written).print(table)
    return [
        [cell.strip() for cell in line.split("│")[1:-1]] for line in written.getvalue().splitlines()
    ]


def test_medians_are_of_all_rounds():
    rounds = [{"p50_ms": 9.0}, {"p50_ms": 1.0}, {"p50_ms": 2.0}]

    assert medians(rounds) == {"p50_ms": 2.0}


def test_ratios_are_times_the_first_and_of_speed_and_size_only():
    found = ratios(
        {"start_s": 3.0, "peak_mb": 5.0, "index_mb": 1.0, "answer@1": 0.5},
        {"start_s": 2.0, "index_mb": 0.0, "answer@1": 0.25},
    )

    assert found == {"start_s": 1.5}


def test_table_shows_figures_with_ratios_below_and_leaves_out_what_is_not_known():
    rows = drawn(draw_speed({"On Record": {"p50_ms": 20.0}, "txtai": {"p50_ms": 5.0, "now_mb": 1}}))

    (first,) = [row for row in rows if row[:1] == ["On Record"]]
    assert first == ["On Record", "", "20.0", "", "", "", "", "", ""]
    at = next(n for n, row in enumerate(rows) if row[:1] == ["txtai"])
    assert rows[at][2] == "5.0"
    assert rows[at + 1][2] == "0.25×"
    assert rows[at + 1][5] == ""


def test_table_of_what_is_found_has_no_ratios():
    rows = drawn(draw_quality({"On Record": {"answer@1": 0.8}, "txtai": {"answer@1": 0.4}}))

    assert ["txtai", "", "0.400", "", "", ""] in rows
    assert "×" not in str(rows)


def test_what_is_found_is_judged_by_the_text_at_its_place():
    judged = material(question("a"), question("a"), question("a")).judge(
        [["15-25@a", "0-14@a"], ["13-25@b", "0-14@a"], []]
    )

    assert judged["article@1"] == pytest.approx(1 / 3)
    assert judged["answer@1"] == 0, "the first is of the wrong article, or says something else"
    assert judged["answer@3"] == judged["answer@10"] == pytest.approx(2 / 3)
    assert judged["characters"] == pytest.approx((10 + 14 + 12 + 14) / 4)


def test_nothing_found_is_judged_too():
    assert material(question("a")).judge([[]])["characters"] == 0


def test_passages_are_those_of_the_index_with_the_headline_in_front(tiny_index, ask_about):
    coverage = open_coverage(tiny_index)
    texts = {each.id: each for each in coverage._store.database.articles()}
    count = coverage.manifest.passages
    coverage.close()

    taken = take_material(tiny_index, ask_about(*texts), 1000, 1000)

    assert len(taken.passages) == count
    for place, text in taken.passages:
        span, _, article = place.partition("@")
        start, end = map(int, span.split("-"))
        assert text.endswith(texts[article].text[start:end])
        own = "" if texts[article].headline_stands_in else texts[article].headline + "\n"
        assert text == own + texts[article].text[start:end]


def test_articles_that_are_asked_about_come_first_and_others_are_not_asked_about(
    tiny_index, ask_about
):
    everything = take_material(tiny_index, ask_about("gone"), 1000, 1000)
    assert everything.questions == ()
    last, first = everything.articles[-1].id, everything.articles[0].id
    room = sum(each.place.endswith(f"@{last}") for each in everything.passages)

    taken = take_material(tiny_index, ask_about(last), room, 1000)

    assert [each.id for each in taken.articles] == [last]
    assert len(taken.passages) == room
    assert len(take_material(tiny_index, ask_about(last, first, last), 1000, 2).questions) == 2


def test_built_from_what_is_written_the_passages_are_the_same(
    tiny_index, tiny_encoder, ask_about, make_index, tmp_path
):
    taken = take_material(tiny_index, ask_about("gone"), 1000, 1000)
    taken.write(tmp_path)

    make_index(tmp_path / "index", tiny_encoder, tmp_path / "articles.jsonl")

    again = take_material(tmp_path / "index", ask_about("gone"), 1000, 1000)
    assert set(again.passages) == set(taken.passages)


def test_on_record_is_measured_in_a_process_of_its_own(tiny_index, ask_about, tmp_path):
    ids = [each.id for each in take_material(tiny_index, ask_about("x"), 1000, 1).articles]
    taken = take_material(tiny_index, ask_about(*ids), 1000, 1000)
    taken.write(tmp_path)

    figures = run_child(
        Path(sys.executable),
        "asking",
        tmp_path / "log",
        1,
        task="ask",
        system="on_record",
        folder=str(tiny_index),
        model="",
        file=str(tmp_path / "questions.json"),
        started=time.time(),
    )

    assert 0 < figures["start_s"] < figures["seconds"]
    assert len(figures["took_ms"]) == len(figures["found"]) == len(ids)
    assert figures["memory_mb"]["peak"] >= figures["memory_mb"]["now"] > 0
    assert 0 <= taken.judge(figures["found"])["article@1"] <= 1


def test_figures_are_in_the_last_line_whatever_else_is_printed(tmp_path):
    program = 'print("Built."); print(3); print(\'{"figures": {"built": 7}}\')'

    figures = run_process([sys.executable, "-c", program], "building", tmp_path / "log", 1)

    assert figures["built"] == 7
    assert figures["seconds"] > 0


def test_failure_is_the_last_line_of_its_log(tmp_path):
    with pytest.raises(SystemFailed, match=r"^ModuleNotFoundError: No module named 'not_there'$"):
        run_process([sys.executable, "-c", "import not_there"], "building", tmp_path / "log", 1)


def test_interpreter_that_is_not_there_is_told_with_the_remedy(tmp_path):
    with pytest.raises(SystemFailed, match=r"no interpreter .*gone.*see benchmarks/README\.md"):
        run_process([str(tmp_path / "gone")], "building", tmp_path / "log", 1)


def test_interrupted_it_ends_its_process(tmp_path, monkeypatch):
    started = []

    def interrupted(line):
        started.append(int(line))
        raise KeyboardInterrupt

    monkeypatch.setattr(process, "_read", interrupted)
    program = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"

    with pytest.raises(KeyboardInterrupt):
        run_process([sys.executable, "-c", program], "asking", tmp_path / "log", 1)

    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_system_that_fails_is_left_out_and_the_others_go_on(tmp_path, monkeypatch, capsys):
    turns = []

    def measure(_self, system, _title):
        turns.append(system)
        if system == "txtai":
            raise SystemFailed("no module named 'txtai'")
        return {"start_s": float(len(turns))}

    monkeypatch.setattr(module.Measuring, "_measure", measure)
    measured = Measuring(material(question("a")), tmp_path, tmp_path, 1)

    measured.run(2)

    others = [each for each in SYSTEMS if each != "txtai"]
    assert turns == [*SYSTEMS, *others], "in turn, and what failed is not tried again"
    assert list(measured.medians()) == others
    assert measured.figures()["failed"] == {"txtai": "no module named 'txtai'"}
    assert "txtai is left out: no module named 'txtai'" in capsys.readouterr().err


def test_without_on_record_there_is_nothing_to_compare_with(tmp_path, monkeypatch):
    def fail(_self, system, _title):
        raise SystemFailed(system)

    monkeypatch.setattr(module.Measuring, "_measure", fail)

    with pytest.raises(SystemFailed, match="on_record"):
        Measuring(material(question("a")), tmp_path, tmp_path, 1).run(1)


def test_every_system_has_a_module():
    modules = {path.stem for path in Path(peers_file).parent.glob("*.py")} - {"__init__"}

    assert modules == set(SYSTEMS)


def test_questions_about_other_articles_are_one_line(tiny_index, ask_about, monkeypatch, capsys):
    path = ask_about("gone")
    monkeypatch.setattr(sys, "argv", ["compare", f"--questions={path}", f"--index={tiny_index}"])

    with pytest.raises(SystemExit) as ended:
        run(compare)

    assert ended.value.code == 1
    assert "holds no question with an answer in the passages taken" in capsys.readouterr().err
