"""Verify an index: `python scripts/check_index.py --index DIR`."""

from index.places import verify_coverage
from index.text.plurals import counted
from scripts._console import (
    DEFAULT_INDEX_DIR,
    IndexDir,
    errors,
    fail,
    output,
    read_place,
    run,
)


def check_index(index_dir: IndexDir = DEFAULT_INDEX_DIR) -> None:
    """Verify the index in use: file hashes, counts, every sentence and passage against its text.

    Example: `python scripts/check_index.py --index coverage-index`
    """
    name, found = verify_coverage(read_place(index_dir))
    with errors.status(f"Checking {name} …"):
        problems = list(found)
    for problem in problems:
        output.print(f"  {problem}")
    if problems:
        problem_count = counted(len(problems), "problem")
        fail(f"{problem_count} in {name}; build the index again with build_index.py")
    output.print(f"{name}: every file, count and span is as it was built")


if __name__ == "__main__":
    run(check_index)
