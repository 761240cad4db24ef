"""Read the articles of files and folders; a bad file is reported and the others are read."""

import mimetypes
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.errors import ArticleFormatError
from index.formats.csv_files import read_csv_file
from index.formats.html_files import read_page_file
from index.formats.json_files import read_json_file, read_json_lines
from index.formats.text_files import read_markdown_file, read_text_file
from index.models import Article, Skipped

_Reader = Callable[[Path, str], Iterator[Article | Skipped]]
READERS: dict[str, _Reader] = {
    ".txt": read_text_file,
    ".md": read_markdown_file,
    ".jsonl": read_json_lines,
    ".json": read_json_file,
    ".csv": read_csv_file,
    ".html": read_page_file,
    ".htm": read_page_file,
    ".markdown": read_markdown_file,
    ".ndjson": read_json_lines,
    ".tsv": read_csv_file,
    ".xhtml": read_page_file,
}
FORMATS = f"{', '.join(READERS)}; each also packed as .gz"
_PACKED = ".gz"
# What systems and programs keep for themselves, deleted and old versions among it; hidden folders
# (`.trash`, `.stversions`, `.git`) are known by their dot.
_FOREIGN_FOLDERS = frozenset(
    {
        *("__macosx", "$recycle.bin", "recycler", "recycled", "system volume information"),
        *("#recycle", "@recycle", "@eadir", "#snapshot", "~snapshot", "lost+found", "found.000"),
        *("trash", "_trash", "files_trashbin", "files_versions", "backups.backupdb"),
        *("node_modules",),
    }
)
# How Syncthing, Dropbox, Nextcloud and others name the older of two versions.
_CONFLICT = re.compile(
    r"\.sync-conflict-\d{8}-|\([^()]*\bconflicted copy\b[^()]*\)|\(case conflict[^()]*\)|"
    r"\(sfconflict [^()]*\)|[_-]conflict-\d{8}",
    re.IGNORECASE,
)
_FOREIGN_TYPES = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript")


def iter_articles(
    paths: Iterable[Path], exclude: Path | None = None
) -> Iterator[tuple[Path, Article | Skipped]]:
    """Yield the articles of files and folders, each with its file; folders are sorted by name.

    A folder inside them that is `exclude` is ignored: the index itself, for example. So are hidden
    files and folders, trash, pictures, styles and scripts.

    A file or line that is not an article is yielded as `Skipped`. Files of unknown formats in a
    folder are counted in one `Skipped`.
    """
    resolved = exclude.resolve() if exclude else None
    for path in paths:
        if path.is_dir():
            yield from _iter_folder(path, resolved)
        else:
            yield from ((path, found) for found in _iter_file(path, path.parent))


def _iter_folder(folder: Path, exclude: Path | None) -> Iterator[tuple[Path, Article | Skipped]]:
    known: list[tuple[Path, str | None]] = []
    unknown = Counter[str]()
    for file, reason in _walk(folder, exclude):
        if reason or _reader(file):
            known.append((file, reason))
        elif not (mimetypes.guess_type(file.name)[0] or "").startswith(_FOREIGN_TYPES):
            unknown[file.suffix.lower() or "without an ending"] += 1
    for file, reason in sorted(known, key=lambda each: each[0]):
        yield from ((file, found) for found in _iter_file(file, folder, reason))
    if unknown:
        counts = sorted(unknown.items(), key=lambda each: (-each[1], each[0]))
        listed = ", ".join(f"{suffix} {count:,}" for suffix, count in counts)
        reason = f"files of unknown formats: {listed}; known: {FORMATS}"
        yield folder, _printable(Skipped(str(folder), reason))


def _walk(folder: Path, exclude: Path | None) -> Iterator[tuple[Path, str | None]]:
    """Yield each file in a folder, and why it cannot be read (or None)."""
    refused: list[tuple[Path, str | None]] = []

    def refuse(error: OSError) -> None:
        refused.append((Path(error.filename), error.strerror or str(error)))

    for name, folders, files in os.walk(folder, onerror=refuse):
        here = Path(name)
        own = (each for each in folders if not _is_foreign(each))
        folders[:] = [each for each in own if (here / each).resolve() != exclude]
        yield from ((here / each, None) for each in files if not each.startswith((".", "~$")))
        links = (here / each for each in folders if (here / each).is_symlink())
        yield from ((link, "a link to a folder: name the folder itself") for link in links)
    yield from refused


def _is_foreign(folder: str) -> bool:
    return folder.startswith(".") or folder.lower() in _FOREIGN_FOLDERS


def _iter_file(path: Path, root: Path, reason: str | None = None) -> Iterator[Article | Skipped]:
    reader = _reader(path)
    reason = reason or _refusal(path)
    if reason is not None or reader is None:
        unknown = f"unknown format {path.suffix or path.name!r}; known: {FORMATS}"
        yield _printable(Skipped(str(path), reason or unknown))
        return
    is_empty = True
    try:
        for found in reader(path, _stem(path, root)):
            is_empty = False
            yield _printable(found) if isinstance(found, Skipped) else found
    except ArticleFormatError as error:
        yield _printable(Skipped(str(path), error.reason))
    except OSError as error:
        yield Skipped(str(path), error.strerror or str(error))
    except RecursionError:
        yield Skipped(str(path), "nested too deeply")
    else:
        if is_empty:
            yield Skipped(str(path), "no article in it")


def _refusal(path: Path) -> str | None:
    """Return why a file must not be opened, or None."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8: rename it"
    if _CONFLICT.search(path.name):
        return "another version of a file, which a program left when synchronising: delete one"
    # Opening a named pipe would block the build for ever.
    return "not a regular file" if path.exists() and not path.is_file() else None


def _printable(skipped: Skipped) -> Skipped:
    """Return it with its undecodable bytes and lone surrogates spelled out."""
    place, reason = (
        each.encode(errors="backslashreplace").decode() for each in (skipped.place, skipped.reason)
    )
    return Skipped(place, reason)


def _stem(path: Path, root: Path) -> str:
    """Return the path in the folder without its ending, for an id."""
    stem = path.relative_to(root).as_posix()
    return stem if "?" in path.name else stem.removesuffix(_suffix(path))


def _suffix(path: Path) -> str:
    """Return the ending that tells the format, `.gz` included; as it is written."""
    packed = path.suffix if path.suffix.lower() == _PACKED else ""
    return Path(path.name.removesuffix(packed)).suffix + packed


def _reader(path: Path) -> _Reader | None:
    # Crawlers name a file as its address: `index.html?p=12`.
    suffix = _suffix(path).lower().partition("?")[0].removesuffix(_PACKED)
    return READERS.get(suffix)
