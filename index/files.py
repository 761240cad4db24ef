"""Write a file as a whole or not at all, flush it to the disk, hash it, or a model's folder."""

import os
from collections.abc import Mapping
from hashlib import file_digest, sha256
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


def hash_model_folder(folder: Path) -> dict[str, str]:
    """Return the hexadecimal sha256 of a model's files, by their paths in its folder.

    Files that only describe a model, such as its README.md, and hidden ones do not count. Every
    file is read: 90 MB take about 50 ms.
    """
    return {
        path.relative_to(folder).as_posix(): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _counts(path.relative_to(folder))
    }


def join_hashes(hashes: Mapping[str, str]) -> str:
    """Return one hexadecimal sha256 for several files, given that of each by its path."""
    listed = "".join(f"{digest} {path}\n" for path, digest in hashes.items())
    return sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()


def _counts(path: Path) -> bool:
    return path.suffix != ".md" and not any(part.startswith(".") for part in path.parts)
