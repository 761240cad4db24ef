"""What became slower is seen, and nothing fails by it."""

import json

import pytest

from benchmarks.speed import regression_timing as module
from benchmarks.speed.regression_timing import pace


@pytest.fixture
def record(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "_ROUNDS", 1)
    monkeypatch.setattr(module, "_RECORD", tmp_path / "pace.json")
    return tmp_path / "pace.json"


@pytest.mark.slow
def test_paces_are_written_down_and_compared_with_later(run_here, record):
    assert run_here(pace, "--record").code == 0
    paces = json.loads(record.read_text("utf-8"))
    assert list(paces) == ["10 questions", "a timeline", "a build", "a build without changes"]
    assert all(times > 0 for times in paces.values())
    record.write_text(json.dumps({**paces, "a timeline": 1e-6}), "utf-8")

    ran = run_here(pace)

    assert ran.code == 0, "slower is no failure"
    (timeline,) = [line for line in ran.out.splitlines() if "a timeline" in line]
    assert "+" in timeline
    assert timeline.rstrip(" │").endswith("%")


def test_pace_is_that_of_the_fixed_work_beside_it(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: clock[0])
    # A machine that becomes slower and slower, by a half each time.
    speed = [1.0]

    def work(seconds):
        clock[0] += seconds * speed[0]
        speed[0] *= 1.5

    monkeypatch.setattr(module, "fixed_work", lambda: work(1.0))

    found = module._pace("piece", lambda _: work(3.0), lambda *_: None)

    assert found == pytest.approx(3.0, rel=0.1)
