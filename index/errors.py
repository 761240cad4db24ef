"""Errors that an operator can mend; each message says what was found and what to do.

    CoverageError                    catch this at the edge: one line, exit code 1
    ├── InputFileError               a file that is not what it should be, or a line of one
    │   └── ArticleFormatError       it is not an article
    ├── NotTextError                 the bytes of a file or a page are not text
    │   └── UnknownEncodingError     they are, but in no encoding that is known
    ├── FrontMatterError             the fields on top of an article cannot be read
    ├── NoArticlesError              nothing to index
    ├── ShrinkError                  a build would lose much of the coverage
    ├── BuildRunningError            another build is writing the same index
    ├── IndexWriteError              the index cannot be written: a full disk, say
    ├── EncoderError                 the embedding model cannot be loaded or used
    ├── EncoderExportError           the embedding model cannot be written as a graph
    ├── ReaderError                  the reader cannot be loaded or exported
    ├── UnsafeSqliteError            SQLite must not be used by several threads
    ├── FilterError                  a filter that cannot be followed; readers are told why
    │   ├── UnknownOutletError       no article is from this outlet
    │   ├── UnknownDateError         what was typed is not understood as a date
    │   ├── AmbiguousDateError       day and month could be swapped
    │   └── ReversedDatesError       no day is in the period
    ├── QuoteCodeError               what was typed is not the code of a quote
    ├── AddressError                 an address or a setting of Milvus cannot be used
    ├── MilvusMissingError           the extra for Milvus is not installed
    ├── StoreUnavailableError        Milvus is away, too slow, or refuses
    ├── PictureError                 a picture could not be drawn
    ├── FeedbackError                the file of readers' votes cannot be read
    ├── FetchError                   an address gave no article: refused, out of reach, or no page
    └── SnapshotError
        ├── SnapshotNotFoundError    no index in that folder yet
        ├── SnapshotCorruptError     a file is missing, cut or altered
        └── SnapshotMismatchError    the index was built by something else

The remedies name commands and settings, because scripts and bot, which import nothing of each
other, both print these lines.

"The coverage doesn't answer this" is a value (`Answer.status`), not an error.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

NO_TORCH = "sentence-transformers is not installed: run `make setup`"
_SHOWN = 80  # characters
_LISTED = 20  # articles
_UNDERSTOOD = "try 23 November 2022, November 2022, 2022-11, 2022, yesterday or last week"
BUILD_COMMAND = "python scripts/build_index.py ARTICLES --index"


class CoverageError(Exception):
    """Any failure of `index/` that is expected and can be mended."""


def first_line(error: Exception) -> str:
    """Return the first line of an exception's text, without its last stop; else its type's name."""
    return str(error).strip().split("\n")[0].rstrip(".:") or type(error).__name__


class _NamedError(CoverageError):
    """Something with a name, or at a path, failed for a reason.

    `message` is the whole line; `{name}` and `{reason}` stand for the two.
    """

    message: ClassVar[str]

    def __init__(self, name: str | Path, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(self.message.format(name=str(name), reason=reason))


class InputFileError(CoverageError):
    """A file, or one line of it, is not what it should be."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {reason}")


class ArticleFormatError(InputFileError):
    """A file, or one line of it, could not be read as an article."""


class NotTextError(CoverageError):
    """The bytes are no text, or no encoding fits; the message says what they are instead."""


class UnknownEncodingError(NotTextError):
    """Text, but damaged, or too short or too odd to tell its encoding."""


class FrontMatterError(CoverageError):
    """The front matter of an article is not closed, or cannot be parsed."""


class NoArticlesError(CoverageError):
    """A build found no article; `expected` names the formats it reads."""

    def __init__(self, expected: str, skipped: Sequence[str] = ()) -> None:
        self.skipped = skipped
        found = f"{len(skipped):,} skipped" if skipped else "no file"
        super().__init__(
            f"no articles to index (found: {found}): expected {expected}; nothing was changed"
        )


class ShrinkError(CoverageError):
    """A build would remove more than a fifth of the articles, and nobody allowed it."""

    def __init__(self, removed: Sequence[str], before: int) -> None:
        self.removed = removed
        self.before = before
        names = "\n".join(f"  {name}" for name in removed[:_LISTED])
        more = len(removed) - _LISTED
        super().__init__(
            f"{len(removed):,} of {before:,} articles in the index are no longer there:\n{names}\n"
            + (f"  … and {more:,} more\n" if more > 0 else "")
            + "nothing was changed; if they are to go, build again with --allow-shrink"
        )


class BuildRunningError(CoverageError):
    """Another process is building the same index."""

    def __init__(self, place: object, detail: str = "") -> None:
        self.place = place
        super().__init__(
            f"another build of {place} is running{f' ({detail})' if detail else ''}: wait for it "
            "to end, or stop it; nothing was changed"
        )


class IndexWriteError(_NamedError):
    """The new snapshot could not be written; the one in use is unchanged."""

    message = (
        "cannot write the index in {name}: {reason}; the index in use was not changed, "
        "and the next build continues from here"
    )


class EncoderError(_NamedError):
    """The embedding model could not be loaded."""

    message = (
        "cannot load the embedding model {name!r}: {reason}; "
        "check EMBEDDING_MODEL (leave it empty for the bundled model)"
    )


class EncoderExportError(_NamedError):
    """The embedding model cannot be written as an ONNX graph; it still works in torch."""

    message = (
        "cannot write the embedding model {name!r} for use without torch: {reason}; "
        "keep torch installed where the index is asked"
    )


class ReaderError(_NamedError):
    """The reader could not be loaded or exported."""

    message = (
        "cannot load the reader {name!r}: {reason}; "
        "check READER (`on` for the bundled one, `off` for none, or the name or folder of another)"
    )


class UnsafeSqliteError(CoverageError):
    """SQLite was compiled so that threads must not share a connection, as the bot's do."""

    def __init__(self, threadsafety: int) -> None:
        super().__init__(
            f"this Python's SQLite may not be used by several threads (sqlite3.threadsafety is "
            f"{threadsafety}, expected 3): use a Python with the usual SQLite, such as python.org's"
        )


class AddressError(_NamedError):
    """The address of an index, or a setting that goes with it, cannot be used."""

    message = "{name}: {reason}"


class MilvusMissingError(CoverageError):
    """The index is in Milvus, and the extra for that is not installed."""

    def __init__(self, place: object, module: str) -> None:
        super().__init__(
            f"{place} is in Milvus, and {module} is not installed: "
            "pip install -c constraints.txt -e '.[milvus]'"
        )


class StoreUnavailableError(CoverageError):
    """Milvus gave no answer in time, or refused; what was asked may work a moment later."""

    def __init__(self, place: object, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(
            f"no answer from {place}: {reason}; check that it runs and can be reached, and "
            "MILVUS_TOKEN, MILVUS_TLS, MILVUS_CERTIFICATE, MILVUS_DATABASE and MILVUS_TIMEOUT"
        )


class FeedbackError(_NamedError):
    """The file of readers' votes does not exist, or is not one."""

    message = "{name}: {reason}"


class FetchError(CoverageError):
    """An address may not be fetched, could not be, or holds something else than expected."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"“{_shorten(address)}”: {reason}")


class FilterError(CoverageError):
    """A filter cannot be followed. Its fields, on one short line each, are for readers to see."""


class QuoteCodeError(CoverageError):
    """What was typed is not the code of a quote."""

    def __init__(self, typed: str) -> None:
        self.typed = _shorten(typed)
        super().__init__(
            f"“{self.typed}” is not the code of a quote: one looks like "
            "3fa91c2b04:120-245:7d0c2a9e, and Copy citation shows it"
        )


class PictureError(CoverageError):
    """The process that draws a picture failed; what it was about is not in the message."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"cannot draw the picture: {reason}; everything else works without it")


class UnknownOutletError(FilterError):
    """No article is from this outlet; `known` are those of like name, or some others."""

    def __init__(self, typed: str, known: Sequence[str]) -> None:
        self.typed = _shorten(typed)
        self.known = tuple(map(_shorten, known))
        names = ", ".join(f"“{name}”" for name in self.known) or "none with a name"
        super().__init__(f"No outlet “{self.typed}” in the coverage. There is: {names}.")


class UnknownDateError(FilterError):
    """What was typed is not understood as a date."""

    def __init__(self, typed: str) -> None:
        self.typed = _shorten(typed)
        super().__init__(f"“{self.typed}” is not a date that is understood; {_UNDERSTOOD}.")


class AmbiguousDateError(FilterError):
    """Day and month could be swapped in what was typed."""

    def __init__(self, typed: str) -> None:
        self.typed = _shorten(typed)
        super().__init__(f"“{self.typed}” can be read two ways; {_UNDERSTOOD}.")


class ReversedDatesError(FilterError):
    """The period ends before it starts."""

    def __init__(self, since: date, until: date) -> None:
        self.since = since
        self.until = until
        super().__init__(f"No day is both since {since} and until {until}; swap the two dates.")


def _shorten(typed: str) -> str:
    line = " ".join(typed.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


class SnapshotError(CoverageError):
    """The index on disk cannot be used as it is."""


class SnapshotNotFoundError(SnapshotError):
    """There is no index in the folder."""

    def __init__(self, index_dir: object) -> None:
        self.index_dir = index_dir
        super().__init__(f"no index in {index_dir}: build one with: {BUILD_COMMAND} {index_dir}")


class SnapshotCorruptError(SnapshotError):
    """A file of the snapshot is missing, cut short or altered."""

    def __init__(self, path: Path, detail: str) -> None:
        self.path = path
        self.detail = detail
        super().__init__(f"damaged index: {path}: {detail}; build it again with build_index.py")


class SnapshotMismatchError(SnapshotError):
    """The snapshot was made by another encoder or another version of On Record."""

    def __init__(
        self, field: str, *, expected: str, found: str, index_dir: object, remedy: str = ""
    ) -> None:
        self.field = field
        self.expected = expected
        self.found = found
        super().__init__(
            f"the index in {index_dir} has {field} {found!r}, but {expected!r} is in use: "
            + (remedy or f"rebuild it with: {BUILD_COMMAND} {index_dir}")
        )
