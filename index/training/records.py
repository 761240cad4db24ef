"""Question sets from files: who asks what of which paragraph, and where the answer stands.

Two forms are read. A *question set* is a `NAME.jsonl.gz`, a paragraph a line: `{"context", "group",
"qas": [{"question", "answerable", "answers": [{"text", "start"}], "kind"}]}`, offsets in characters
of `context`. A *coverage* is what `scripts/evaluate.py` measures: a folder with
`articles.jsonl.gz` and `questions.jsonl`, of which single articles can be named.
"""

import gzip
import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputFileError
from index.models import Span
from index.text.paragraphs import split_paragraphs


@dataclass(frozen=True, slots=True)
class Record:
    """A question about one paragraph.

    `answers` are spans of `context`, none if the paragraph does not answer. `group` names the
    article or page; other paragraphs of the same group are about the same subject. `is_claim`
    marks a statement that the paragraph supports (`is_answered`) or does not.
    """

    question: str
    context: str
    group: str
    answers: tuple[Span, ...]
    is_answered: bool
    is_claim: bool = False


def read_question_sets(folder: Path, names: Sequence[str] = ()) -> Iterator[Record]:
    """Yield the records of the sets of these names in their order, without names of all sets.

    A name that is given twice counts once. Raises InputFileError if the folder has no set, a set is
    missing or has no question, or one of its lines has another form.
    """
    named = [folder / f"{name}.jsonl.gz" for name in dict.fromkeys(names)]
    paths = named or sorted(folder.glob("*.jsonl.gz"))
    if not paths:
        raise InputFileError(folder, "no question set: expected files named NAME.jsonl.gz")
    for path in paths:
        found = list(_read_set(path))
        if not found:
            raise InputFileError(path, 'no question: expected a paragraph a line, with its "qas"')
        yield from found


def _read_set(path: Path) -> Iterator[Record]:
    name = path.name.removesuffix(".jsonl.gz")
    for number, line in enumerate(_lines(path), 1):
        try:
            fields = json.loads(line)
            yield from _records(fields, f"{name}/{fields['group']}")
        except (ValueError, KeyError, TypeError) as error:
            reason = f"expected context, group and qas: {_told(error)}"
            raise InputFileError(path, reason, number) from error


def _records(fields: dict[str, Any], group: str) -> Iterator[Record]:
    for asked in fields["qas"]:
        context = fields["context"]
        spans = tuple(_answer_span(context, one["text"], one["start"]) for one in asked["answers"])
        is_claim = asked["kind"] == "claim"
        yield Record(asked["question"], context, group, spans, asked["answerable"], is_claim)


def _answer_span(context: str, text: str, start: int) -> Span:
    span = Span(start, start + len(text))
    if not text:
        raise ValueError("an answer without a character")
    if start < 0 or context[span.start : span.end] != text:
        raise ValueError(f"answer {text!r} does not stand at {start}")
    return span


def sample_sets(records: Iterable[Record], most: Mapping[str, int], seed: int) -> list[Record]:
    """Return the records with at most `most` of a set, drawn by the seed; all of other sets."""
    rng = random.Random(seed)  # noqa: S311  # nothing secret
    of_set: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        of_set[record.group.partition("/")[0]].append(record)
    return [
        record
        for name, found in of_set.items()
        for record in rng.sample(found, min(most.get(name, len(found)), len(found)))
    ]


def read_coverage(folder: Path, articles: Iterable[str]) -> Iterator[Record]:
    """Yield the records of these articles of a measuring set, in the order of its questions.

    A question without answer names no article there: it counts as one about the paragraph of the
    answered question before it, since such sets are written paragraph by paragraph. Raises
    InputFileError if an article, its questions or a file are missing, or a line has another form.
    """
    wanted = set(articles)
    texts = _read_texts(folder / "articles.jsonl.gz")
    if unknown := wanted - texts.keys():
        raise InputFileError(folder, f"it has no article {sorted(unknown)[0]!r}")
    path, missing = folder / "questions.jsonl", set(wanted)
    group, context = "", ""
    for number, line in enumerate(_lines(path), 1):
        try:
            asked = json.loads(line)
            if asked["answerable"]:
                group = asked["evidence"][0]["article_id"]
                context = _paragraph(texts[group], asked["evidence"][0]["text"])
            answers = _find_all(context, asked["answers"])
            record = Record(asked["question"], context, group, answers, asked["answerable"])
        except (ValueError, LookupError, TypeError) as error:
            reason = "expected question, answers, answerable and evidence"
            raise InputFileError(path, f"{reason}: {_told(error)}", number) from error
        if group in wanted and context and (answers or not record.is_answered):
            missing.discard(group)
            yield record
    if missing:
        raise InputFileError(path, f"no question about article {sorted(missing)[0]!r}")


def _read_texts(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for number, line in enumerate(_lines(path), 1):
        try:
            article = json.loads(line)
            texts[article["id"]] = article["text"]
        except (ValueError, KeyError, TypeError) as error:
            reason = f"expected id and text: {_told(error)}"
            raise InputFileError(path, reason, number) from error
    return texts


def _paragraph(text: str, evidence: str) -> str:
    """Return the paragraph that holds the evidence; empty if none does."""
    start = text.find(evidence)
    spans = split_paragraphs(text) if start >= 0 else []
    return next((text[one.start : one.end] for one in spans if one.start <= start < one.end), "")


def _find_all(context: str, answers: Iterable[str]) -> tuple[Span, ...]:
    found = ((context.find(answer), len(answer)) for answer in answers if answer)
    return tuple(Span(start, start + length) for start, length in found if start >= 0)


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file in UTF-8; one whose name ends in `.gz` is unpacked."""
    unpacked = gzip.open if path.suffix == ".gz" else open
    try:
        with unpacked(path, "rt", encoding="utf-8") as file:
            yield from file
    except OSError as error:
        raise InputFileError(path, f"cannot be read: {error.strerror or error}") from error
    except (EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputFileError(path, f"cannot be read: {error}") from error


def _told(error: Exception) -> str:
    """Return what was found instead: a KeyError's own words are only the missing key."""
    return f"no {error}" if isinstance(error, KeyError) else str(error)
