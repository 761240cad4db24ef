"""`build_index.py` as operators run it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.formats.folders import FORMATS
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import open_snapshot
from scripts.build_index import STOPPED, build_index

PROJECT = Path(__file__).parents[2]


def test_articles_are_indexed_and_bad_files_listed(run_script, write_files, tmp_path):
    folder = write_files(
        {
            "bridge.txt": "Bridge opens\n\nThe bridge opened on Monday. It is red.",
            "broken.jsonl": '{"id": "x"}\n' + json.dumps({"text": "The ferry stays."}) + "\n",
            "old.txt": "橋は三月末まで".encode("cp932"),
            "photo.png": b"\x89PNG",
        }
    )
    index_dir = tmp_path / "index"

    ran = run_script("build_index.py", folder, "--index", index_dir)

    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert re.fullmatch(
        r"Indexed 2 articles, 3 sentences, 2 passages in \d+\.\d s → "
        + re.escape(str(current_folder(index_dir))),
        lines[0],
    )
    assert lines[1:] == [
        "Skipped 2:",
        f"  {folder / 'broken.jsonl'}:1: no `text` field with the article's text (found: id)",
        f"  {folder / 'old.txt'}: not UTF-8 (byte 0) and no other encoding: save it as UTF-8",
        "Without a month: 2",
    ]
    assert "Traceback" not in ran.err
    snapshot = open_snapshot(index_dir)
    assert snapshot.manifest.command == f"build_index.py {folder} --index {index_dir}"
    assert snapshot.manifest.encoder.name == "all-MiniLM-L6-v2"
    snapshot.close()


def test_file_whose_name_is_not_utf8_does_not_end_the_build(
    run_here, write_files, tmp_path, tiny_model
):
    folder = write_files({"a.txt": "The bridge opened."})
    unnamed = folder / "caf\udce9.txt"
    unnamed.write_text("The ferry left.")
    index_dir = tmp_path / "index"

    ran = run_here(
        build_index, folder / "a.txt", unnamed, "--index", index_dir, "--model", tiny_model
    )

    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert "caf\\udce9.txt: its name is not UTF-8: rename it" in ran.out
    with open_snapshot(index_dir) as snapshot:
        assert f"{folder}/caf\\udce9.txt" in snapshot.manifest.command


def test_unreadable_files_alone_are_named_and_exit_code_1(
    run_here, write_files, tmp_path, tiny_model
):
    folder = write_files({"a.txt": b"\xff", "b.jsonl": "{}\n"})

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--model", tiny_model)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-4:-1] == [
        "Skipped 2:",
        f"  {folder / 'a.txt'}: not UTF-8 (byte 0) and no other encoding: save it as UTF-8",
        f"  {folder / 'b.jsonl'}:1: no `text` field with the article's text (found: nothing)",
    ]
    assert ran.err.splitlines()[-1] == (
        f"error: no articles to index (found: 2 skipped): expected {FORMATS}; nothing was changed"
    )
    assert "Traceback" not in ran.err
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_missing_folder_is_a_usage_error(run_here, tmp_path):
    ran = run_here(build_index, tmp_path / "gone", "--index", tmp_path / "index")

    assert (ran.code, ran.out) == (2, "")
    assert "Usage: " in ran.err
    assert "does not exist" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "index").exists()


def test_no_argument_is_a_usage_error(run_here):
    ran = run_here(build_index)

    assert (ran.code, ran.out) == (2, "")
    assert "ARTICLES, or --from INDEX" in ran.err


def test_model_that_cannot_be_loaded_is_one_line(run_here, write_files, tmp_path):
    folder = write_files({"a.txt": "The bridge opened."})

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--model", "/no/model")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1].startswith("error: cannot load the embedding model '/no/model'")
    assert not (tmp_path / "index").exists()


def test_new_index_of_an_empty_folder_says_so(run_here, write_files, tmp_path, tiny_model):
    folder = write_files({})

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--model", tiny_model)

    assert ran.code == 0
    assert ran.out.startswith("Indexed 0 articles, 0 sentences, 0 passages in ")
    assert ran.out.endswith("The coverage is empty: add articles and build again.\n")


def test_first_twenty_skipped_files_are_listed(run_here, write_files, tmp_path, tiny_model):
    folder = write_files({f"{row:02}.txt": b"\xff" for row in range(23)} | {"z.txt": "A text."})

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--model", tiny_model)

    assert "Skipped 23:" in ran.out
    assert ran.out.count("not UTF-8") == 20
    assert "19.txt: not UTF-8" in ran.out
    assert "\n  … and 3 more\n" in ran.out


def test_index_and_model_may_come_from_the_environment(
    run_here, write_files, tmp_path, tiny_model, monkeypatch
):
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "from-environment"))
    monkeypatch.setenv("EMBEDDING_MODEL", str(tiny_model))

    ran = run_here(build_index, write_files({"a.txt": "The bridge opened."}))

    assert ran.code == 0
    snapshot = open_snapshot(tmp_path / "from-environment")
    assert snapshot.manifest.encoder.name == str(tiny_model)
    snapshot.close()


def story(number, **fields):
    return {
        "id": f"s{number}",
        "title": f"Story {number}",
        "text": f"Ferry {number} left.",
    } | fields


def lines_of(*stories):
    return {"stories.jsonl": "\n".join(map(json.dumps, stories))}


def test_second_build_says_what_it_changed(run_here, write_files, tmp_path, tiny_model):
    arguments = (build_index, tmp_path / "articles", "--index", tmp_path / "index")
    arguments += ("--model", tiny_model)
    write_files(lines_of(*(story(n) for n in range(5))))
    assert "Added" not in run_here(*arguments).out
    write_files(lines_of(*(story(n) for n in range(1, 6)), story(9, text="Ferry 1 left.")))

    ran = run_here(*arguments)

    assert "\nAdded 1, changed 0, removed 1, unchanged 4 articles; 1 passage encoded\n" in ran.out
    assert "(same address or text) and count once: 1\n" in ran.out
    assert run_here(*arguments).out.splitlines()[0] == (
        f"Nothing has changed; in use is {current_folder(tmp_path / 'index')}: "
        "5 articles, 5 sentences, 5 passages"
    )


def test_dry_run_lists_the_changes_and_loads_no_model(run_here, write_files, tmp_path, tiny_model):
    index_dir = tmp_path / "index"
    folder = write_files(lines_of(*(story(n) for n in range(4))))
    run_here(build_index, folder, "--index", index_dir, "--model", tiny_model)
    write_files(lines_of(story(0), story(1, text="Other words."), *(story(n) for n in (2, 7))))

    ran = run_here(build_index, folder, "--index", index_dir, "--model", "/no/model", "--dry-run")

    assert ran == (
        0,
        "A build would leave 2 articles unchanged, and\n"
        "  add 1:\n    s7 · Story 7\n"
        "  change 1:\n    s1 · Story 1\n"
        "  remove 1:\n    s3 · Story 3\n"
        "Worth a look:\n"
        "  4 of 4 articles (100%) have no date\n"
        "  4 of 4 articles (100%) have no outlet\n"
        "  4 of 4 articles (100%) have no address\n",
        "",
    )


UNREADABLE = (
    "{0} of {0} articles (100%) are in languages (ru) that the embedding model all-MiniLM-L6-v2 "
    "was not trained on, so answers and refusals are poor: set EMBEDDING_MODEL to a multilingual "
    "model, see docs/operating.md"
)


def test_dry_run_tells_of_what_looks_suspicious(run_here, write_files, tmp_path):
    russian = "Мост открыт после девяти лет работы, и это обрадовало всех жителей города."
    lines = [story(n, text=f"{russian} {n}…", url="https://coast.example/") for n in range(5)]
    folder = write_files(lines_of(*lines))

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--dry-run")

    assert ran.code == 0
    found = ran.out.partition("Worth a look:\n")[2]
    assert "  5 of 5 articles (100%) end in “…”, as excerpts do\n" in found
    assert (
        "  1 addresses are those of 5 or more articles each: https://coast.example/ (5)\n" in found
    )
    assert f"  {UNREADABLE.format(5)}\n" in found
    assert not (tmp_path / "index").exists()


def test_build_warns_of_coverage_that_the_bundled_model_does_not_read(
    run_here, write_files, tmp_path, tiny_model, sample_index
):
    # Its encoder is taken over: to export it again would take seconds.
    shutil.copytree(sample_index, tmp_path / "index", copy_function=os.link)
    russian = "Мост открыт после девяти лет работы, и это обрадовало всех жителей города."
    folder = write_files(lines_of(*(story(n, text=f"{russian} {n}") for n in range(2))))

    bundled = run_here(build_index, folder, "--index", tmp_path / "index", "--allow-shrink")
    other = run_here(build_index, folder, "--index", tmp_path / "other", "--model", tiny_model)

    assert (bundled.code, other.code) == (0, 0)
    assert f"{UNREADABLE.format(2)}\n" in bundled.out
    assert "EMBEDDING_MODEL" not in other.out


def test_loss_is_shown_and_has_to_be_allowed(run_here, write_files, tmp_path, tiny_model):
    arguments = (build_index, tmp_path / "articles", "--index", tmp_path / "index")
    arguments += ("--model", tiny_model)
    write_files(lines_of(*(story(n) for n in range(4))))
    run_here(*arguments)
    write_files(lines_of(*(story(n) for n in range(2))))

    refused = run_here(*arguments)
    allowed = run_here(*arguments, "--allow-shrink")

    assert refused.code == 1
    assert refused.err.splitlines()[-4:] == [
        "error: 2 of 4 articles in the index are no longer there:",
        "  s2 · Story 2",
        "  s3 · Story 3",
        "nothing was changed; if they are to go, build again with --allow-shrink",
    ]
    assert allowed.code == 0
    assert "removed 2, unchanged 2 articles" in allowed.out


def test_months_and_outlets_are_drawn_and_gaps_seen(run_here, write_files, tmp_path, tiny_model):
    days = ["2021-03-01"] * 8 + ["2021-05-02", "2023-12-31", "2022", None]
    stories = [
        story(n, published=day, outlet="Post" if n < 9 else "Wire") for n, day in enumerate(days)
    ]
    folder = write_files(lines_of(*stories))

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--model", tiny_model)

    table = [line.split() for line in ran.out.splitlines() if line.strip()][1:]
    assert table == [
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        ["2021", "·", "·", "███", "·", "▁▁▁", *"·······", "9"],
        ["2022", *"············", "0"],
        ["2023", *"···········", "▁▁▁", "1"],
        ["Without", "a", "month:", "2"],
        ["Post", "█" * 40, "9"],
        ["Wire", "█" * 13 + "▎", "3"],
    ]


@pytest.mark.slow
def test_watched_folder_is_built_again_until_ctrl_c(write_files, tmp_path, tiny_model):
    folder = write_files(lines_of(story(0)))
    command = ["scripts/build_index.py", folder, "--index", folder / "index", "--watch"]
    watching = subprocess.Popen(
        [sys.executable, *command, "--model", tiny_model],
        cwd=PROJECT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    limit = threading.Timer(60, watching.kill)
    limit.start()
    try:
        assert "Indexed 1 article," in read_until(watching.stdout, "Watching")
        (folder / "more").mkdir()
        (folder / "more" / "a.txt").write_text("The bridge opened on Monday.")
        assert "Added 1, changed 0, removed 0" in read_until(watching.stdout, "Watching")
        shutil.rmtree(folder / "more")  # half of the coverage: refused, and it watches on
        assert "1 of 2 articles" in read_until(watching.stderr, "error")
        assert read_until(watching.stdout, "Watching") == "Watching for changes; Ctrl-C ends it.\n"
        write_files({"more/a.txt": "The bridge opened on Tuesday."})
        assert "Added 0, changed 1, removed 0" in read_until(watching.stdout, "Watching")
    finally:
        watching.send_signal(signal.SIGINT)
        out, err = watching.communicate(timeout=20)
        limit.cancel()
    assert (watching.returncode, out) == (130, "")
    assert err.splitlines()[-1] == STOPPED


def read_until(stream, word):
    """Return the lines up to the one that holds the word; the test's own time limit ends it."""
    lines = []
    for line in stream:
        lines.append(line)
        if word in line:
            break
    return "".join(lines)
