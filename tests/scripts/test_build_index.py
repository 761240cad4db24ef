"""`build_index.py` as operators run it."""

import json
import re

from index.snapshot import current_folder, open_snapshot
from scripts.build_index import build_index

USAGE = "Usage: build_index.py"


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
    ]
    assert "Traceback" not in ran.err
    snapshot = open_snapshot(index_dir)
    assert snapshot.manifest.command == f"build_index.py {folder} --index {index_dir}"
    assert snapshot.manifest.encoder == "all-MiniLM-L6-v2"
    snapshot.close()


def test_unreadable_files_alone_are_one_line_and_exit_code_1(run_script, write_files, tmp_path):
    folder = write_files({"a.txt": b"\xff", "b.jsonl": "{}\n"})

    ran = run_script("build_index.py", folder, "--index", tmp_path / "index")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1] == (
        "error: no articles to index (2 skipped as unreadable): expected .html, .txt, .md, "
        ".csv, .json, .jsonl or .jsonl.gz files; nothing was changed"
    )
    assert "Traceback" not in ran.err
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_missing_folder_is_a_usage_error(run_script, tmp_path):
    ran = run_script("build_index.py", tmp_path / "gone", "--index", tmp_path / "index")

    assert (ran.code, ran.out) == (2, "")
    assert USAGE in ran.err
    assert "does not exist" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "index").exists()


def test_no_argument_is_a_usage_error(run_here):
    ran = run_here(build_index)

    assert (ran.code, ran.out) == (2, "")
    assert "Missing argument" in ran.err


def test_model_that_cannot_be_loaded_is_one_line(run_here, write_files, tmp_path):
    folder = write_files({"a.txt": "The bridge opened."})

    ran = run_here(build_index, folder, "--index", tmp_path / "index", "--model", "/no/model")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1].startswith("error: cannot load the embedding model '/no/model'")
    assert not (tmp_path / "index").exists()


def test_new_index_of_an_empty_folder_says_so(run_here, write_files, tmp_path, tiny_model):
    folder = write_files({"notes.docx": b"PK"})

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
    assert ran.out.endswith("  … and 3 more\n")


def test_index_and_model_may_come_from_the_environment(
    run_here, write_files, tmp_path, tiny_model, monkeypatch
):
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "from-environment"))
    monkeypatch.setenv("EMBEDDING_MODEL", str(tiny_model))

    ran = run_here(build_index, write_files({"a.txt": "The bridge opened."}))

    assert ran.code == 0
    snapshot = open_snapshot(tmp_path / "from-environment")
    assert snapshot.manifest.encoder == str(tiny_model)
    snapshot.close()
