"""Texts as LexisNexis and Factiva export them → documents, each with its fields (pure).

Several documents are in one file, and their fields stand over and under each text without any mark
that other programs know. A text is cut out as it is written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from index.dates.reading import read_date

_FIRST_LINE = re.compile(r"^[^\S\n]*\d+ of \d+ DOCUMENTS[^\S\n]*\r?$", re.MULTILINE)
_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\r?\n))*")  # up to an empty line
_TAG = re.compile(r"([A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)?): *(.*)")
_TAGS_BEFORE_TEXT = frozenset(("byline", "section", "length", "dateline", "highlight", "series"))
_TAGS_AFTER_TEXT = frozenset(
    ("load-date", "language", "publication-type", "graphic", "journal-code", "document-type")
)
_COPYRIGHT = re.compile(r"(?:copyright|\(c\)|©)", re.IGNORECASE)
_BODY = re.compile(r"^Body[^\S\n]*\r?\n", re.MULTILINE)
_END = re.compile(r"^End of Document[^\S\n]*\r?$", re.MULTILINE)
_CODE = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|ART|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)"
    r"(?:[^\S\n]{2,}|[^\S\n]*\r?$)",  # alone on its line, or apart from the value
    re.MULTILINE,
)
_CODES_OF_FIELDS = {"HD": "title", "BY": "author", "PD": "published", "SN": "outlet"}
_WORDS = re.compile(r"^[\d,.]+ words[^\S\n]*\r?$", re.MULTILINE)
_NUMBER = re.compile(r"^Document [A-Za-z]{2,12}[A-Za-z0-9]{12,}[^\S\n]*\r?$", re.MULTILINE)


class Document(NamedTuple):
    """One document of an export, its fields by the names that other formats use."""

    fields: Mapping[str, str]
    text: str


def split_documents(text: str) -> list[Document]:
    """Return the documents of an export; none if the text isn't one."""
    readers = (_read_lexis, _read_nexis, _read_codes, _read_factiva)
    return next(filter(None, (list(read(text)) for read in readers)), [])


def _read_lexis(text: str) -> Iterator[Document]:
    """Read "1 of 20 DOCUMENTS", outlet, day, headline, BYLINE: …, the text and LOAD-DATE: …."""
    for piece in _FIRST_LINE.split(text)[1:]:
        blocks = [*_BLOCK.finditer(piece)]
        tags = [_tag(each[0]) for each in blocks]
        before = [place for place, tag in enumerate(tags) if tag in _TAGS_BEFORE_TEXT]
        first = before[-1] + 1 if before else len(blocks)
        after = (place for place, tag in enumerate(tags) if tag in _TAGS_AFTER_TEXT)
        last = next((place for place in after if place >= first), len(blocks))
        head = [each[0].strip() for each, tag in zip(blocks[:first], tags, strict=False) if not tag]
        story = [each for each in blocks[first:last] if not _COPYRIGHT.match(each[0])]
        fields = {**_tagged(blocks), **_in_order(head, ("outlet", "published", "title"))}
        yield Document(fields, piece[story[0].start() : story[-1].end()].strip() if story else "")


def _read_nexis(text: str) -> Iterator[Document]:
    """Read headline, outlet, day, Byline: …, "Body", the text, Load-Date: …, "End of Document"."""
    pieces = _END.split(text)
    for piece in pieces[:-1]:
        parts = _BODY.split(piece, maxsplit=1)
        if len(parts) < 2:
            return
        head = [line.strip() for line in parts[0].splitlines() if line.strip()]
        blocks = [*_BLOCK.finditer(parts[1])]
        after = (each.start() for each in blocks if _tag(each[0]) in _TAGS_AFTER_TEXT)
        fields = {**_tagged(_BLOCK.finditer(parts[0].replace("\n", "\n\n")))}
        untagged = [line for line in head if not _TAG.match(line)]
        fields |= _in_order(untagged, ("title", "outlet", "published"))
        if "published" not in fields:
            return  # some other text
        yield Document(fields, parts[1][: next(after, len(parts[1]))].strip())


def _read_codes(text: str) -> Iterator[Document]:
    """Read Factiva's codes: HD is the headline, LP and TD are the text."""
    parts = _CODE.split(text)
    if not {"HD", "PD", "TD"} <= set(parts[1::2]):
        return
    found: dict[str, str] = {}
    for code, value in [*zip(parts[1::2], parts[2::2], strict=True), ("HD", "")]:
        if code == "HD" and "TD" in found:
            fields = {name: found.get(code, "") for code, name in _CODES_OF_FIELDS.items()}
            yield Document(fields, "\n".join(filter(None, (found.get("LP"), found["TD"]))))
            found = {}
        found[code] = value.strip()


def _read_factiva(text: str) -> Iterator[Document]:
    """Read headline, "71 words", day, time, outlet, copyright, the text, "Document GAZ0000…"."""
    for piece in _NUMBER.split(text)[:-1]:
        parts = _WORDS.split(piece, maxsplit=1)
        if len(parts) < 2:
            return
        blocks = [*_BLOCK.finditer(parts[1])]
        title, _, byline = parts[0].strip().partition("\n")
        lines = [line.strip() for line in blocks[0][0].splitlines()] if blocks else []
        facts = [line for line in lines if not re.fullmatch(r"\d\d:\d\d", line)]
        fields = {"title": title.strip(), "author": byline.strip()}
        fields |= _in_order(facts[:2], ("published", "outlet"))
        if "published" not in fields:
            return
        yield Document(fields, parts[1][blocks[0].end() :].strip() if blocks else "")


def _tag(block: str) -> str | None:
    """Return the tag that a block begins with, in lower case."""
    match = _TAG.match(block)
    return match[1].lower() if match and _is_tag(match[1].lower()) else None


def _is_tag(name: str) -> bool:
    return name in _TAGS_BEFORE_TEXT or name in _TAGS_AFTER_TEXT


def _tagged(blocks: Iterable[re.Match[str]]) -> dict[str, str]:
    """Return the author, if a block names one."""
    matches = filter(None, (_TAG.match(each[0]) for each in blocks))
    author = next((match[2].strip() for match in matches if match[1].lower() == "byline"), None)
    return {"author": author} if author else {}


def _in_order(lines: list[str], names: tuple[str, ...]) -> dict[str, str]:
    """Return the lines by these names; only the headline if there is no date in its place."""
    found = dict(zip(names, (each for each in lines if not _COPYRIGHT.match(each)), strict=False))
    found["published"] = found.get("published", "").partition("\n")[0]  # below is the edition
    return found if read_date(found["published"]) else {"title": found.get("title", "")}
