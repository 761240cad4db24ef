"""`timeline.py` as operators run it."""

import json
from pathlib import Path

import pytest

from index.formats.folders import iter_articles
from scripts.timeline import timeline

TOPIC = "peacekeepers in Kazakhstan"


@pytest.fixture
def samples():
    folder = Path(__file__).parents[2] / "examples" / "coverage"
    return {article.id: article for _, article in iter_articles([folder])}


def test_events_are_printed_in_order_with_their_citations(run_script, sample_index):
    ran = run_script("timeline.py", TOPIC, "--index", sample_index)

    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    lines = ran.out.splitlines()
    assert lines[1] == "10 January 2022"
    assert lines[2].startswith("  Peacekeepers from the Collective Security Treaty Organization ")
    assert lines[3].startswith("  [1] CSTO peacekeepers deploy in Kazakhstan after appeal by ")
    assert lines[5] == "19 January 2022"
    assert lines[-1] == "Left out, as their date is unknown: 1."


def test_json_has_exactly_its_fields(run_here, sample_index, samples):
    ran = run_here(timeline, TOPIC, "--index", sample_index, "--json", "--events", 2)

    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert list(found) == [
        *("topic", "status", "respelt", "events", "left_out", "related", "articles", "undated"),
        "periods",
    ]
    assert (found["topic"], found["status"], found["related"]) == (TOPIC, "answered", [])
    assert len(found["events"]) == 2
    assert found["left_out"] > 0
    assert sum(found["periods"].values()) == found["articles"]
    for event in found["events"]:
        assert list(event) == ["quote", "articles", "outlets"]
        quote = event["quote"]
        article = samples[quote["article_id"]]
        assert quote["text"] == article.text[quote["start"] : quote["end"]]
        assert article.outlet in event["outlets"]
    dates = [event["quote"]["citation"]["published"] for event in found["events"]]
    assert dates == sorted(dates)


def test_name_that_the_coverage_spells_otherwise_is_told(run_here, sample_index):
    topic = "peacekeepers in Kazakstan"

    text = run_here(timeline, topic, "--index", sample_index)
    found = json.loads(run_here(timeline, topic, "--index", sample_index, "--json").out)

    assert text.out.splitlines()[0] == "Showing results for Kazakhstan."
    assert found["respelt"] == ["Kazakhstan"]
    assert found["status"] == "answered"


def test_months_are_drawn_into_a_file(run_here, sample_index, tmp_path):
    ran = run_here(timeline, TOPIC, "--index", sample_index, "--plot", tmp_path / "a.png")

    assert ran.code == 0, ran.err
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert ran.out.splitlines()[-1] == f"Drawn: {tmp_path / 'a.png'}"


def test_unknown_topic_shows_the_closest_coverage_and_draws_nothing(
    run_here, sample_index, tmp_path
):
    ran = run_here(
        *(timeline, "football world cup", "--index", sample_index),
        *("--plot", tmp_path / "a.png"),
    )

    assert ran.code == 0, ran.err
    assert ran.out.startswith(
        "The coverage has nothing on this topic.\n\nClosest coverage, not on it:\n"
    )
    assert "  [3] " in ran.out
    assert not (tmp_path / "a.png").exists()


def test_filters_narrow_the_timeline_down(run_here, sample_index):
    ran = run_here(
        *(timeline, TOPIC, "--index", sample_index, "--json"),
        *("--outlet", "sample wire", "--since", "January 2022", "--until", "2022-01"),
    )

    assert ran.code == 0, ran.err
    (event,) = json.loads(ran.out)["events"]
    assert event["quote"]["citation"]["published"] == "2022-01-19"


def test_filters_that_let_nothing_through_are_told(run_here, sample_index):
    ran = run_here(timeline, TOPIC, "--index", sample_index, "--until", "1950")

    assert ran.code == 0, ran.err
    assert ran.out.startswith(
        "Nothing with a date in the coverage is on this topic from this outlet and these days."
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "topic"),
        ([" "], "TOPIC"),
        ([TOPIC, "--plot", "gone/months.png"], "does not exist: create it first"),
        ([TOPIC, "--events", "11"], "--events"),
        ([TOPIC, "--events", "0"], "--events"),
    ],
)
def test_wrong_use_is_exit_code_2(run_here, tiny_index, arguments, reason):
    ran = run_here(timeline, "--index", tiny_index, *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert reason in " ".join(ran.err.replace("│", " ").split())


def test_missing_index_is_one_line(run_here, tmp_path):
    ran = run_here(timeline, TOPIC, "--index", tmp_path / "gone")

    assert ran.code == 1
    assert ran.err.startswith(f"error: no index in {tmp_path / 'gone'}")
