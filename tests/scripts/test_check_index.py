"""`check_index.py` as operators run it."""

import shutil

from index.snapshot.layout import current_folder
from scripts.check_index import check_index


def test_index_as_built_is_said_to_be_whole(run_script, tiny_index):
    ran = run_script("check_index.py", "--index", tiny_index)

    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out == f"{current_folder(tiny_index)}: every file, count and span is as it was built\n"
    )


def test_damage_is_named_and_exit_code_1(run_here, tiny_index, tmp_path):
    shutil.copytree(tiny_index, tmp_path / "index")
    folder = current_folder(tmp_path / "index")
    with (folder / "sentences.npy").open("ab") as file:
        file.write(b"\x00")
    (folder / "passages.faiss").unlink()

    ran = run_here(check_index, "--index", tmp_path / "index")

    assert ran.code == 1
    assert ran.out.splitlines() == [
        "  passages.faiss: missing, or not the file that was built",
        "  sentences.npy: missing, or not the file that was built",
    ]
    assert ran.err == (
        f"error: 2 problems in {folder}; build the index again with build_index.py\n"
    )


def test_missing_index_is_one_line(run_here, tmp_path):
    ran = run_here(check_index, "--index", tmp_path / "gone")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"error: no index in {tmp_path / 'gone'}: build one with: ")
    assert ran.err.count("\n") == 1


def test_damaged_manifest_is_one_line(run_here, tiny_index, tmp_path):
    shutil.copytree(tiny_index, tmp_path / "index")
    manifest = current_folder(tmp_path / "index") / "manifest.json"
    manifest.write_text("{}")

    ran = run_here(check_index, "--index", tmp_path / "index")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"error: damaged index: {manifest}: not a manifest; build it again with build_index.py\n"
    )
