"""`benchmark.py` as operators run it: all figures of an index, of made-up ones, of a build."""

import json

import pytest

from benchmarks.speed.benchmark import benchmark
from benchmarks.speed.benchmark_table import draw_table
from scripts._console import output


def questions(tmp_path):
    path = tmp_path / "questions.jsonl"
    lines = [{"id": n, "question": f"Who opened bridge number {n}?"} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


@pytest.mark.slow
def test_made_up_coverage_is_measured_and_leaves_nothing(
    run_script, tiny_index, tiny_model, tmp_path
):
    before = sorted(tiny_index.rglob("*"))
    written = tmp_path / "figures.json"

    ran = run_script(
        "benchmarks.speed.benchmark",
        f"--questions={questions(tmp_path)}",
        f"--index={tiny_index}",
        f"--model={tiny_model}",
        "--synthetic=90",
        f"--json={written}",
    )

    assert ran.code == 0, ran.err
    assert sorted(tiny_index.rglob("*")) == before
    (measured,) = json.loads(written.read_text())["measured"]
    assert 90 <= measured["passages"] < 110
    assert set(measured["made_s"]) == {"text", "vectors", "publish", "all"}
    assert measured["questions"] == 3
    assert 0 < measured["start_s"]["opening"] < measured["start_s"]["first answer"]
    assert measured["recall@20"] == 1
    assert list(measured["at_once"]) == ["1", "8", "32"]
    for stage in ("encode", "dense", "lexical", "sentences", "quotes", "reader", "all"):
        times = measured["ms"][stage]
        assert 0 < times["p50"] <= times["p95"] <= times["p99"] <= measured["ms"]["all"]["p99"]
    assert {"passages.npy", "passages.faiss", "coverage.db"} <= set(measured["size_mb"])
    assert "recall@20 of the dense leg" in ran.out


@pytest.mark.slow
def test_build_is_measured_by_its_stages(run_script, tiny_model, article_folder, tmp_path):
    written = tmp_path / "figures.json"

    ran = run_script(
        "benchmarks.speed.benchmark",
        f"--model={tiny_model}",
        f"--build={article_folder}",
        f"--json={written}",
    )

    assert ran.code == 0, ran.err
    (measured,) = json.loads(written.read_text())["measured"]
    assert measured["articles"] == 8
    stages = measured["build_s"]
    assert set(stages) == {
        "read",
        "export",
        "split",
        "store",
        "encode",
        "vectors",
        "publish",
        "all",
    }
    assert 0 < sum(stages.values()) - stages["all"] <= stages["all"]
    assert "build: encode" in ran.out


def test_figures_that_one_lacks_stay_empty(capsys):
    build = {"passages": 1000, "build_s": {"read": 2.0}}
    asked = {
        "passages": 20,
        "at_once": {"8": {"per_second": 4.25, "wait_ms": {"p50": 1.0}, "loop_ms": 7.0}},
    }

    output.print(draw_table([build, asked]))

    lines = [line.split("│")[1:-1] for line in capsys.readouterr().out.splitlines()]
    rows = [[cell.strip() for cell in line] for line in lines]
    assert ["passages", "1,000", "20"] in rows
    assert ["build: read", "2.0 s (500 passages/s)", ""] in rows
    assert ["8 at once: questions a second", "", "4.2"] in rows


def test_index_that_is_not_there_is_one_line(run_script, tmp_path):
    ran = run_script(
        "benchmarks.speed.benchmark",
        f"--questions={questions(tmp_path)}",
        f"--index={tmp_path / 'gone'}",
    )

    assert ran.code == 1
    assert ran.err.startswith(f"error: no index in {tmp_path / 'gone'}: build one with:")
    assert len(ran.err.splitlines()) == 1


def test_questions_are_asked_for_where_there_is_nothing_to_build(run_here, tmp_path):
    ran = run_here(benchmark, "--synthetic=10")

    assert ran.code == 2
    assert "give --questions FILE.jsonl, or --build ARTICLES" in ran.err
