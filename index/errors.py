"""Errors that an operator can mend; each message says what was found and what to do.

    CoverageError                    catch this at the edge: one line, exit code 1
    ├── ArticleFormatError           a file or a line of one is not an article
    ├── NoArticlesError              nothing to index
    ├── EncoderError                 the embedding model cannot be loaded or used
    ├── EncoderExportError           the embedding model cannot be written as a graph
    ├── RerankerError                the reranker cannot be loaded
    ├── FilterError                  a filter says what the coverage does not know
    └── SnapshotError
        ├── SnapshotNotFoundError    no index in that folder yet
        ├── SnapshotCorruptError     a file is missing, cut or altered
        └── SnapshotMismatchError    the index was built by something else

"The coverage doesn't answer this" is a value (`Answer.status`), not an error.
"""

from pathlib import Path

_SHOWN = 80  # characters
BUILD_COMMAND = "python scripts/build_index.py ARTICLES --index"


class CoverageError(Exception):
    """Any failure of `index/` that is expected and can be mended."""


class ArticleFormatError(CoverageError):
    """A file, or one line of it, could not be read as an article."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {reason}")


class NoArticlesError(CoverageError):
    """A build was asked for, and not one article was found."""

    def __init__(self, skipped: int) -> None:
        self.skipped = skipped
        found = f"{skipped} skipped as unreadable" if skipped else "no file of a known format"
        super().__init__(
            f"no articles to index ({found}): expected .txt, .md, .jsonl or .jsonl.gz files; "
            "nothing was changed"
        )


class EncoderError(CoverageError):
    """The embedding model could not be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(
            f"cannot load the embedding model {name!r}: {reason}; "
            "check EMBEDDING_MODEL (leave it empty for the bundled model)"
        )


class EncoderExportError(CoverageError):
    """The embedding model cannot be written as an ONNX graph; it still works in torch."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(
            f"cannot write the embedding model {name!r} for use without torch: {reason}; "
            "keep torch installed where the index is asked"
        )


class RerankerError(CoverageError):
    """The reranker could not be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(
            f"cannot load the reranker {name!r}: {reason}; "
            "check RERANKER_MODEL (leave it empty for none)"
        )


class FilterError(CoverageError):
    """A filter could not be understood; the message can be shown to a reader as it is."""


def in_quotation_marks(typed: str) -> str:
    """Return what somebody typed on one line, short enough for a message."""
    line = " ".join(typed.split())
    return f"“{line if len(line) <= _SHOWN else line[:_SHOWN] + '…'}”"


class SnapshotError(CoverageError):
    """The index on disk cannot be used as it is."""


class SnapshotNotFoundError(SnapshotError):
    """There is no index in the folder."""

    def __init__(self, index_dir: Path) -> None:
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

    def __init__(self, field: str, *, expected: str, found: str, index_dir: Path) -> None:
        self.field = field
        self.expected = expected
        self.found = found
        super().__init__(
            f"the index in {index_dir} has {field} {found!r}, but {expected!r} is in use: "
            f"rebuild it with: {BUILD_COMMAND} {index_dir}"
        )
