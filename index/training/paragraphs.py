"""Records → the windows of their paragraphs, with titles, and the verbs in them (pure)."""

import random
from collections import defaultdict
from collections.abc import Iterable

from index.models import Span
from index.text.sentences import split_sentences
from index.training.records import Record
from index.training.verbs import learn_verbs
from index.training.windows import divide, span_of

_LONGEST_TITLE = 150  # characters


class Paragraphs:
    """The windows of all paragraphs, each text once; a window is known by its place among them.

    `of_paragraph` has the windows into which a context was divided, `of_group` those of an
    article; `verbs` are words in their base form.
    """

    def __init__(self, records: Iterable[Record], rng: random.Random) -> None:
        """Divide the paragraph of each record into windows of a length that `rng` draws."""
        self.windows: list[str] = []
        self.titles: list[str] = []
        self._places: dict[tuple[str, str], int] = {}
        self._sentences: dict[str, list[Span]] = {}
        self.of_paragraph: dict[str, list[int]] = {}
        self.of_group: dict[str, list[int]] = defaultdict(list)
        for record in records:
            if record.context not in self.of_paragraph:
                self._divide(record, rng)
        self.verbs = learn_verbs(self.windows)

    def _divide(self, record: Record, rng: random.Random) -> None:
        sentences = self.sentences(record.context)
        places = [
            self.place(record, cut(record.context, span_of(sentences, window)))
            for window in divide(sentences, rng)
        ]
        self.of_paragraph[record.context] = places
        self.of_group[record.group] += places

    def sentences(self, context: str) -> list[Span]:
        """Return where the sentences of a paragraph stand."""
        if context not in self._sentences:
            self._sentences[context] = split_sentences(context)
        return self._sentences[context]

    def place(self, record: Record, window: str) -> int:
        """Return the place of a window of the record's article, a new one if its text is new."""
        title = _title(record.group) or self._opening(record.context, window)
        if (window, title) not in self._places:
            self._places[window, title] = len(self.windows)
            self.windows.append(window)
            self.titles.append(title)
        return self._places[window, title]

    def _opening(self, context: str, window: str) -> str:
        """Return the paragraph's first sentence, which stands in for a headline, unless shown."""
        sentences = self.sentences(context)
        opening = cut(context, sentences[0]) if sentences else ""
        return "" if opening in window or len(opening) > _LONGEST_TITLE else opening


def cut(text: str, span: Span) -> str:
    """Return the characters of the span."""
    return text[span.start : span.end]


def _title(group: str) -> str:
    """Return the title that a group's name is, empty if it is only a number or a code."""
    name = group.rpartition("/")[2].replace("_", " ").strip()
    has_words = " " in name or name.isalpha()
    return name if has_words and ":" not in name and not any(map(str.isdigit, name)) else ""
