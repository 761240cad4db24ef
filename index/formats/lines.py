"""Read a text file line by line, so that memory use does not grow with the file."""

import gzip
import io
import re
import zlib
from collections.abc import Generator, Iterable
from io import BufferedReader
from pathlib import Path

from index.errors import ArticleFormatError, NotTextError, UnknownEncodingError
from index.formats.decoding import decode, find_encoding, without_marks

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
_MAX_BYTES = 2**30  # in memory at once; a .gz file may hold more than it seems
_SAMPLE_BYTES = 100_000  # the encoding is detected from these, to the end of a line
_GZIP = b"\x1f\x8b"
_OPENING_BYTES = 100  # of a file: enough to recognise a packed one
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_ESCAPED = re.compile("[\udc80-\udcff]")


def iter_lines(path: Path, newline: str) -> Generator[str]:
    """Yield each line of a file, or of a decompressed .gz file; `newline` is as for `open`.

    The encoding is detected from the first lines. A line that it cannot decode is tried on its
    own; bytes that still cannot be decoded become lone surrogates (`is_damaged`).

    Raises:
        NotTextError: the file is not text.
        DAMAGED: the archive is truncated or corrupt; the lines before that have been yielded.
    """
    with _open(path) as file:
        opening = _read_opening(file)
    try:
        encoding = find_encoding(opening)
    except UnknownEncodingError:
        encoding = "utf-8"  # perhaps only some lines are in another one
    # Opened again: a damaged archive cannot be rewound.
    with _open(path) as file, io.TextIOWrapper(file, encoding, "surrogateescape", newline) as text:
        try:
            for line in text:
                yield without_marks(_try_alone(line, encoding) if is_damaged(line) else line)
        except UnicodeDecodeError as error:
            raise NotTextError(f"damaged {encoding.upper()}: {error.reason}") from None


def read_text(path: Path) -> str:
    """Return the text of a file, or of a decompressed .gz file.

    Raises ArticleFormatError if it is not text, or too large to be an article.
    """
    try:
        return decode(read_bytes(path))
    except NotTextError as error:
        raise ArticleFormatError(path, str(error)) from None


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, or of a decompressed .gz file; raises as `read_text` does."""
    with _open(path) as file:
        try:
            data = file.read(_MAX_BYTES + 1)
        except DAMAGED as error:
            raise ArticleFormatError(path, f"damaged archive: {error}") from None
    if len(data) > _MAX_BYTES:
        raise ArticleFormatError(
            path, f"larger than {_MAX_BYTES:,} bytes: divide it, or use .jsonl"
        )
    return data


def is_damaged(line: str) -> bool:
    """Tell whether some bytes of the line could not be decoded."""
    return bool(_ESCAPED.search(line))


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path) if _is_packed(path) else path.open("rb")


def _is_packed(path: Path) -> bool:
    """Tell by the content: browsers unpack what they save, and keep its name, and some do neither.

    What is named `.gz` and is no text is an archive, if a damaged one.
    """
    with path.open("rb") as file:
        opening = file.read(_OPENING_BYTES)
    is_text = opening.isascii() and not _CONTROL.search(opening)
    return opening.startswith(_GZIP) or (path.suffix.lower() == ".gz" and not is_text)


def _read_opening(file: Iterable[bytes]) -> bytes:
    lines: list[bytes] = []
    size = 0
    try:
        for line in file:
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    except DAMAGED:
        pass  # the second pass raises it again
    opening = b"".join(lines)
    # In UTF-16 and UTF-32, a line ends up to three bytes after the line feed byte.
    return opening[: len(opening) // 4 * 4] if b"\0" in opening else opening


def _try_alone(line: str, encoding: str) -> str:
    try:
        return decode(line.encode(encoding, "surrogateescape"))
    except NotTextError:
        return line
