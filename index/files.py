"""Write a file as a whole or not at all, flush it to the disk, hash it."""

import os
from hashlib import file_digest
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Put a text file, in UTF-8, in the place of the one at this path, if there is one.

    A process that is killed leaves the old file and one whose name starts with "." and ends in
    ".tmp": no reader of articles takes that for one. An error leaves the old file alone.
    """
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with unfinished.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk and not only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_file(path: Path) -> str:
    """Return the hexadecimal sha256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
