"""Verify an index: `python scripts/check_index.py --index DIR`."""

from index.snapshot.layout import current_folder
from index.snapshot.verification import verify_snapshot
from scripts._console import DEFAULT_INDEX_DIR, IndexDir, errors, fail, output, run


def check_index(index_dir: IndexDir = DEFAULT_INDEX_DIR) -> None:
    """Verify the index in use: file hashes, counts, every sentence and passage against its text.

    Example: `python scripts/check_index.py --index coverage-index`
    """
    folder = current_folder(index_dir)
    with errors.status(f"Checking {folder} …"):
        problems = list(verify_snapshot(index_dir))
    for problem in problems:
        output.print(f"  {problem}")
    if problems:
        fail(f"{len(problems)} problem(s) in {folder}; build the index again with build_index.py")
    output.print(f"{folder}: every file, count and span is as it was built")


if __name__ == "__main__":
    run(check_index)
