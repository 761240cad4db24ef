"""Verify a snapshot: its files by their hashes or, slowly, every count and span too."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import SnapshotCorruptError
from index.files import hash_file
from index.models import Article, ArticleNo, Sentence, Span
from index.snapshot.layout import Layout, current_folder, expected_files
from index.snapshot.manifest import Manifest, read_manifest
from index.snapshot.snapshot import Snapshot

_ALTERED = "missing, or not the file that was built"


def verify_snapshot(index_dir: Path) -> Iterator[str]:
    """Yield what is wrong, in plain words; nothing where all is well.

    Raises SnapshotError where there is nothing to open.
    """
    layout = Layout(current_folder(index_dir))
    manifest = read_manifest(layout.manifest)
    altered = altered_files(layout, manifest)
    if altered:
        yield from (f"{path.name}: missing, or not the file that was built" for path in altered)
        return
    snapshot = Snapshot(layout.folder)
    try:
        yield from _check_counts(snapshot)
        yield from _check_spans(snapshot)
    finally:
        snapshot.close()


def altered_files(layout: Layout, manifest: Manifest) -> list[Path]:
    """Return the data files that are missing or not those that were built; reads all of them."""
    return [
        path for path in expected_files(layout, manifest) if _is_altered(path, layout, manifest)
    ]


def verify_files(folder: Path) -> None:
    """Raise SnapshotCorruptError where a file is not the one that was built; reads all of them."""
    layout = Layout(folder)
    for path in altered_files(layout, read_manifest(layout.manifest)):
        raise SnapshotCorruptError(path, _ALTERED)


def verify_encoder(layout: Layout, manifest: Manifest) -> None:
    """Raise SnapshotCorruptError where a file of the encoder is not the one that was built.

    An altered weight would go unnoticed: the answers would only be worse.
    """
    for path in layout.encoder.files:
        if _is_altered(path, layout, manifest):
            raise SnapshotCorruptError(path, _ALTERED)


def _is_altered(path: Path, layout: Layout, manifest: Manifest) -> bool:
    name = path.relative_to(layout.folder).as_posix()
    return not path.exists() or hash_file(path) != manifest.files.get(name)


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
