"""Sets of questions → the coefficients of the answer probability, and how well they separate."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path

from rich.progress import track
from rich.table import Table

from index.coverage import open_coverage
from index.errors import InputFileError
from index.evaluation.calibration import Labelled, fit
from index.evaluation.metrics import LabelledQuestion, auc
from index.search.answerability import BY_READER, THRESHOLD, Regression
from scripts._console import errors, output, read_place
from scripts._json_lines import read_json_lines
from scripts._questions import read_questions

_EXPECTED = 'expected lines such as {"index": "DIR", "questions": "FILE.jsonl"}'


@dataclass(frozen=True, slots=True)
class _Set:
    name: str
    index_dir: str
    questions: list[LabelledQuestion]


def fit_answer_probability(path: Path, model: str, reader: str) -> None:
    """Fit the coefficients to the sets that the file names, and print them with their figures.

    Questions that no probability decides, such as what happened or what is new, are left out, and
    so are those that a reader did not judge, since they are in a language that it doesn't know.
    Raises InputFileError for a line that names no set, or if all questions have an answer or none
    has, SnapshotError, EncoderError or ReaderError.
    """
    sets = list(_read_sets(path))
    labelled, undecided = list[Labelled](), 0
    for each in sets:
        questions = track(each.questions, each.name, console=errors)
        with open_coverage(read_place(each.index_dir), model, reader=reader) as coverage:
            found = [coverage.features(one.text, one.asked_on) for one in questions]
        is_decided = [features is not None for features in found]
        undecided += is_decided.count(False)
        is_answered = compress((one.is_answerable for one in each.questions), is_decided)
        labelled.append(Labelled([*filter(None, found)], [*is_answered]))
    if undecided:
        errors.print(f"Questions left out, which no probability decides: {undecided:,}")
    labelled = _judged(labelled)
    if len({each for one in labelled for each in one.is_answered}) < 2:
        raise InputFileError(path, "expected questions with an answer and questions without one")
    regression = fit(labelled)
    listed = ", ".join(f"{each:.3g}" for each in regression.coefficients)
    output.print(f"Regression({regression.intercept:.3g}, ({listed}))")
    table = Table("set", "answered: wrongly refused", "unanswered: refused", "AUC")
    for each, one in zip(sets, labelled, strict=True):
        table.add_row(each.name, *_refusals(one, regression))
    output.print(f"At threshold {THRESHOLD}:")
    output.print(table)


def _judged(sets: Sequence[Labelled]) -> list[Labelled]:
    """Leave out what a reader did not judge, if it judged any question."""
    judged = len(BY_READER.coefficients)
    counts = Counter(len(features) for each in sets for features in each.features)
    if len(counts) < 2:
        return list(sets)
    errors.print(
        f"Questions left out, which the reader did not judge: {counts.total() - counts[judged]:,}"
    )
    return [_with_features(each, judged) for each in sets]


def _with_features(labelled: Labelled, count: int) -> Labelled:
    """Return the questions with this number of features."""
    has_all = [len(each) == count for each in labelled.features]
    return Labelled(
        list(compress(labelled.features, has_all)), list(compress(labelled.is_answered, has_all))
    )


def _refusals(labelled: Labelled, regression: Regression) -> tuple[str, str, str]:
    probabilities: dict[bool, list[float]] = {True: [], False: []}
    for features, is_answered in zip(labelled.features, labelled.is_answered, strict=True):
        probability = regression.probability(features)
        probabilities[is_answered].append(probability)
    shares = [
        f"{sum(each < THRESHOLD for each in found) / len(found):.3f}" if found else ""
        for found in probabilities.values()
    ]
    has_both = all(probabilities.values())
    return shares[0], shares[1], f"{auc(*probabilities.values()):.3f}" if has_both else ""


def _read_sets(path: Path) -> Iterator[_Set]:
    for line in read_json_lines(path, _EXPECTED, "index", "questions"):
        index_dir, file = line.text("index"), Path(line.text("questions"))
        questions = list(read_questions(file))
        if "answerable" in line.fields:
            is_answerable = line.flag("answerable")
            questions = [replace(each, is_answerable=is_answerable) for each in questions]
        name = f"{file.parent.name or file.name} → {Path(index_dir).name}"
        yield _Set(name, index_dir, questions)
