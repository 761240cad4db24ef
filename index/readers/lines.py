"""A file of lines → its lines as text, one after another, so that memory stays flat."""

import gzip
import io
import re
import zlib
from collections.abc import Generator, Iterable
from io import BufferedReader
from pathlib import Path

from index.readers.decoding import NotTextError, UnknownEncodingError, decode, find_encoding

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
_LOOKED_AT = 100_000  # bytes, to the end of a line
_ESCAPED = re.compile("[\udc80-\udcff]")


def iter_lines(path: Path, newline: str) -> Generator[str]:
    """Yield each line of a file, or of what a .gz file holds; `newline` is as for `open`.

    The first lines decide the encoding. A line that it cannot read is tried on its own; what is
    left in it of single bytes are lone surrogates (`is_damaged`).

    Raises:
        NotTextError: the file is no text.
        DAMAGED: the archive is cut or altered; what came before was yielded.
    """
    with _open(path) as file:
        opening = _read_opening(file)
    try:
        encoding = find_encoding(opening)
    except UnknownEncodingError:
        encoding = "utf-8"  # it may be some lines only
    # Opened again: a damaged archive cannot be rewound.
    with _open(path) as file, io.TextIOWrapper(file, encoding, "surrogateescape", newline) as text:
        try:
            for line in text:
                yield _try_alone(line, encoding) if is_damaged(line) else line
        except UnicodeDecodeError as error:
            raise NotTextError(f"damaged {encoding.upper()}: {error.reason}") from None


def is_damaged(line: str) -> bool:
    """Tell whether bytes of the line could not be decoded."""
    return bool(_ESCAPED.search(line))


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def _read_opening(file: Iterable[bytes]) -> bytes:
    lines: list[bytes] = []
    size = 0
    try:
        for line in file:
            lines.append(line)
            size += len(line)
            if size > _LOOKED_AT:
                break
    except DAMAGED:
        pass  # told again by who reads on
    opening = b"".join(lines)
    # A line of UTF-16 or UTF-32 ends some bytes behind the byte for a line feed.
    return opening[: len(opening) // 4 * 4] if b"\0" in opening else opening


def _try_alone(line: str, encoding: str) -> str:
    try:
        return decode(line.encode(encoding, "surrogateescape"))
    except NotTextError:
        return line
