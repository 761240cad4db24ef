"""Verify a snapshot: its files by size, sample or hash or, slowly, every count and span too.

Hashing all files finds every changed byte, but it reads gigabytes and pushes the index in use out
of memory. A build hashes, as it takes vectors over from a snapshot, and so does `check_index.py`. A
machine that answers questions takes a new copy by size and sample: copies go wrong as a whole or in
long stretches (cut short, of another snapshot, with holes never filled), and those are found.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from index.errors import SnapshotCorruptError
from index.files import hash_file
from index.models import Article, ArticleNo, Sentence, Span
from index.snapshot.layout import Layout, current_folder, expected_files
from index.snapshot.snapshot import Snapshot
from index.store.manifest import FileRecord, Manifest, read_manifest

_ALTERED = "missing, or not the file that was built"
_BLOCKS, _BLOCK = 64, 4096  # of a sample; in bytes

Check = Callable[[Path, FileRecord], bool]


def is_built(path: Path, record: FileRecord) -> bool:
    """Tell by all of its bytes whether a file is the one that was built."""
    return hash_file(path) == record.sha256


def is_like_built(path: Path, record: FileRecord) -> bool:
    """Tell by size and sample, or by all of its bytes if the record has none."""
    if record.sample is None:
        return is_built(path, record)
    return path.stat().st_size == record.size and sample_file(path) == record.sample


def verify_snapshot(index_dir: Path) -> Iterator[str]:
    """Yield what is wrong, in plain words; nothing if all is well.

    Raises SnapshotError if there is nothing to open.
    """
    layout = Layout(current_folder(index_dir))
    altered = altered_files(layout, read_manifest(layout.manifest))
    if altered:
        yield from (f"{path.name}: {_ALTERED}" for path in altered)
        return
    with Snapshot(layout.folder) as snapshot:
        yield from _check_counts(snapshot)
        yield from _check_spans(snapshot)


def verify_files(folder: Path) -> None:
    """Raise SnapshotCorruptError unless every file is the one that was built; reads all of them."""
    _verify(folder, is_built)


def verify_copy(folder: Path) -> None:
    """Raise SnapshotCorruptError unless every file has the size and sample of the one built.

    Those of a manifest of schema 3, which records neither, are read in full.
    """
    _verify(folder, is_like_built)


def altered_files(layout: Layout, manifest: Manifest, check: Check = is_built) -> list[Path]:
    """Return the data files that are missing, or fail the check."""
    expected = expected_files(layout, manifest)
    return [path for path in expected if _is_altered(path, layout, manifest, check)]


def verify_encoder(layout: Layout, manifest: Manifest) -> None:
    """Raise SnapshotCorruptError unless every file of the encoder is the one that was built.

    An altered weight would go unnoticed: the answers would only be worse.
    """
    for path in layout.encoder.files:
        if _is_altered(path, layout, manifest, is_built):
            raise SnapshotCorruptError(path, _ALTERED)


def record_file(path: Path) -> FileRecord:
    """Return what a copy of the file is checked by; reads all of it."""
    return FileRecord(hash_file(path), path.stat().st_size, sample_file(path))


def sample_file(path: Path) -> str:
    """Return the hexadecimal sha256 of 64 blocks of 4 KiB, evenly spaced from first to last.

    A file that is no larger than that is hashed as a whole.
    """
    size = path.stat().st_size
    if size <= _BLOCKS * _BLOCK:
        return hash_file(path)
    digest = sha256()
    with path.open("rb", buffering=0) as file:
        for number in range(_BLOCKS):
            file.seek(number * (size - _BLOCK) // (_BLOCKS - 1))
            digest.update(file.read(_BLOCK))
    return digest.hexdigest()


def _verify(folder: Path, check: Check) -> None:
    layout = Layout(folder)
    for path in altered_files(layout, read_manifest(layout.manifest), check):
        raise SnapshotCorruptError(path, _ALTERED)


def _is_altered(path: Path, layout: Layout, manifest: Manifest, check: Check) -> bool:
    record = manifest.files.get(path.relative_to(layout.folder).as_posix())
    return record is None or not path.exists() or not check(path, record)


def _check_counts(snapshot: Snapshot) -> Iterator[str]:
    for table in ("articles", "sentences", "passages"):
        found, expected = snapshot.database.count(table), getattr(snapshot.manifest, table)
        if found != expected:
            yield f"{table}: {found}, but the manifest says {expected}"


def _check_spans(snapshot: Snapshot) -> Iterator[str]:
    """Check that sentences and passages lie in their article's text, in order, none empty."""
    passages = list(snapshot.database.passages())
    of_article: dict[ArticleNo, list[tuple[int, int]]] = {}
    for passage in passages:
        of_article.setdefault(passage.article, []).append((passage.first, passage.last))
    for number, article in enumerate(snapshot.database.articles()):
        if article.text_hash != snapshot.database.stored_text_hash(ArticleNo(number)):
            yield f"article {article.id}: its text is not the one that was read"
        sentences = snapshot.database.sentences(ArticleNo(number))
        yield from _check_sentences(article, sentences)
        known = {sentence.number for sentence in sentences}
        held: set[int] = set()
        for first, last in of_article.get(ArticleNo(number), []):
            held.update(range(first, last + 1))
        if held != known:
            yield f"article {article.id}: its passages do not hold exactly its sentences"


def _check_sentences(article: Article, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Check that they are spans of the text, in order, and leave none of it out."""
    position = 0
    for sentence in sentences:
        if not _is_whole(article.text, sentence.span, position):
            yield f"article {article.id}: sentence {sentence.number} is not a span of its text"
        elif _says_something(article, position, sentence.span.start):
            yield f"article {article.id}: text before sentence {sentence.number} is in none"
        position = sentence.span.end
    if _says_something(article, position, len(article.text)):
        yield f"article {article.id}: its last words are in no sentence"


def _says_something(article: Article, start: int, end: int) -> bool:
    """Tell whether there is text, other than a line that is the headline itself."""
    gap = article.text[start:end].strip()
    return gap.lstrip("# ") not in ("", article.headline)


def _is_whole(text: str, span: Span, position: int) -> bool:
    piece = text[span.start : span.end]
    inside = position <= span.start < span.end <= len(text)
    return inside and piece == piece.strip() and len(piece) == span.length
