"""Read the articles of files and folders; a bad file is reported and the others are read."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.errors import ArticleFormatError
from index.models import Article, Skipped
from index.readers.csv_files import read_csv_file
from index.readers.html_files import read_page_file
from index.readers.json_files import read_json_file, read_json_lines
from index.readers.text_files import read_markdown_file, read_text_file

_Reader = Callable[[Path, str], Iterator[Article | Skipped]]
READERS: dict[str, _Reader] = {
    ".txt": read_text_file,
    ".md": read_markdown_file,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".json": read_json_file,
    ".csv": read_csv_file,
    ".html": read_page_file,
    ".htm": read_page_file,
}


def iter_articles(
    paths: Iterable[Path], exclude: Path | None = None
) -> Iterator[tuple[Path, Article | Skipped]]:
    """Yield the articles of files and folders, each with its file; folders are sorted by name.

    A folder inside them that is `exclude` is ignored: the index itself, for example.

    A file or line that is not an article is yielded as `Skipped`. Files of unknown formats inside
    a folder are ignored; named directly, they are `Skipped`.
    """
    for path, root, reason in _iter_files(paths, exclude.resolve() if exclude else None):
        yield from ((path, found) for found in _iter_file(path, root, reason))


def _iter_files(
    paths: Iterable[Path], exclude: Path | None
) -> Iterator[tuple[Path, Path, str | None]]:
    """Yield each file, the folder that it was found in, and why it cannot be read (or None)."""
    for path in paths:
        if path.is_dir():
            yield from ((file, path, reason) for file, reason in _walk(path, exclude))
        else:
            yield path, path.parent, None


def _walk(folder: Path, exclude: Path | None) -> list[tuple[Path, str | None]]:
    found: list[tuple[Path, str | None]] = []

    def refuse(error: OSError) -> None:
        found.append((Path(error.filename), error.strerror or str(error)))

    for name, folders, files in os.walk(folder, onerror=refuse):
        here = Path(name)
        folders[:] = [each for each in folders if (here / each).resolve() != exclude]
        found += ((here / each, None) for each in files if _reader(here / each))
        links = (here / each for each in folders if (here / each).is_symlink())
        found += ((link, "a link to a folder: name the folder itself") for link in links)
    return sorted(found, key=lambda each: each[0])


def _iter_file(path: Path, root: Path, reason: str | None) -> Iterator[Article | Skipped]:
    reader = _reader(path)
    reason = reason or _refusal(path)
    if reason is not None or reader is None:
        name = str(path).encode(errors="backslashreplace").decode()
        yield Skipped(name, reason or _unknown(path))
        return
    stem = path.relative_to(root).as_posix().removesuffix(_suffix(path))
    is_empty = True
    try:
        for found in reader(path, stem):
            is_empty = False
            yield found
    except ArticleFormatError as error:
        yield Skipped(str(path), error.reason)
    except OSError as error:
        yield Skipped(str(path), error.strerror or str(error))
    else:
        if is_empty:
            yield Skipped(str(path), "no article in it")


def _refusal(path: Path) -> str | None:
    """Return why a file must not be opened, or None."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8: rename it"
    # Opening a named pipe would block the build for ever.
    return "not a regular file" if path.exists() and not path.is_file() else None


def _unknown(path: Path) -> str:
    return f"unknown format {path.suffix or path.name!r}; known: {', '.join(READERS)}"


def _suffix(path: Path) -> str:
    return path.name[-9:] if path.name.lower().endswith(".jsonl.gz") else path.suffix


def _reader(path: Path) -> _Reader | None:
    return READERS.get(_suffix(path).lower())
