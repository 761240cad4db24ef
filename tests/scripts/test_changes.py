"""`changes.py` as editors run it."""

import json
import re

import pytest

from index.build.edition import build_edition
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.milvus.address import read_address
from scripts.changes import changes
from tests.index.hash_encoder import HashEncoder

ARTICLE = "---\ntitle: {}\noutlet: Sample Wire\nurl: https://example.org/{}\n---\n{}"
FERRY = "The ferry left at noon. It was full."


@pytest.fixture
def index_dir(tmp_path, tiny_encoder):
    """An index of two editions: the ferry's time was corrected, the tram went, the bus is new."""
    editions = [
        {"ferry": FERRY, "tram": "A tram came to Vanadzor."},
        {"ferry": FERRY.replace("noon", "one"), "bus": "A bus came to Gyumri."},
    ]
    folder = tmp_path / "articles"
    for number, articles in enumerate(editions):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in articles.items():
            (folder / f"{name}.md").write_text(ARTICLE.format(name.title(), name, text), "utf-8")
        build_snapshot(
            [folder],
            tmp_path / "index",
            tiny_encoder,
            "test",
            BuildOptions(allow_shrink=True, keep_versions=number == 1),
        )
    return tmp_path / "index"


def test_table_has_what_changed_and_what_went(run_here, index_dir):
    ran = run_here(changes, "--index", index_dir)

    assert ran.code == 0, ran.err
    rows = [line for line in ran.out.splitlines() if "Sample Wire" in line]
    ferry, tram = rows
    assert ("changed" in ferry, "text (1 sentence)" in ferry) == (True, True)
    assert ("removed" in tram, "https://example.org/tram" in tram) == (True, True)


def test_json_lines_say_where_the_lost_sentences_stood(run_here, index_dir):
    ran = run_here(changes, "--index", index_dir, "--since", "yesterday", "--json")

    ferry, tram = (json.loads(line) for line in ran.out.splitlines())
    assert (ferry["kind"], ferry["fields"], ferry["is_published"]) == ("changed", ["text"], True)
    assert [ferry["text"][each["start"] : each["end"]] for each in ferry["lost"]] == [
        "The ferry left at noon."
    ]
    assert (tram["kind"], tram["headline_now"], tram["is_published"]) == ("removed", None, False)


def test_nothing_since_a_day_is_said(run_here, sample_index):
    ran = run_here(changes, "--index", sample_index)

    assert ran.code == 0, ran.err
    assert re.fullmatch(r"No article changed or went since \d{4}-\d\d-\d\d\.\n", ran.out)


def test_day_that_is_none_is_one_line(run_here, index_dir):
    ran = run_here(changes, "--index", index_dir, "--since", "someday")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: “someday” is not a date that is understood")


def test_index_without_a_log_is_one_line(run_here, index_dir):
    (folder,) = [
        each.parent
        for each in (index_dir / "snapshots").glob("*/changes.db")
        if each.parent.name == (index_dir / "CURRENT").read_text("utf-8").strip()
    ]
    (folder / "changes.db").unlink()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["files"]["changes.db"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    ran = run_here(changes, "--index", index_dir)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: this index has no log of changes yet")


@pytest.mark.slow
def test_index_in_milvus_has_the_same_log(run_here, tmp_path, index_dir):
    pytest.importorskip("milvus_lite", reason="the extra `milvus` is not installed")
    place = str(tmp_path / "coverage.db")
    address, folder = read_address(place, {}), tmp_path / "articles"
    for text in ("The tram left.", "The tram stopped."):
        (folder / "tram.md").write_text(ARTICLE.format("Tram", "tram", text), "utf-8")
        build_edition([folder], address, HashEncoder(), "test", BuildOptions(keep_versions=True))

    ran = run_here(changes, "--index", place, "--json")

    assert ran.code == 0, ran.err
    (tram,) = (json.loads(line) for line in ran.out.splitlines())
    assert (tram["kind"], tram["fields"], tram["is_published"]) == ("changed", ["text"], True)
    assert (tram["text"], tram["lost"]) == ("The tram left.", [{"start": 0, "end": 14}])
