"""What all systems are given: passages and articles out of an index, and questions about them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.systems.peers import Passage
from index.evaluation.metrics import LabelledQuestion, rank_answer, rank_article
from index.models import Article, ArticleNo
from index.snapshot.database import Database
from index.snapshot.snapshot import open_snapshot
from scripts._questions import read_questions

_RANKS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Material:
    """The same for all; `texts` are the articles' by their id."""

    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    questions: tuple[LabelledQuestion, ...]

    def write(self, folder: Path) -> None:
        """Write what the systems read: `articles.jsonl`, `passages.json`, `questions.json`."""
        lines = (json.dumps(_fields(each)) + "\n" for each in self.articles)
        (folder / "articles.jsonl").write_text("".join(lines), "utf-8")
        (folder / "passages.json").write_text(json.dumps(self.passages), "utf-8")
        asked = [
            (each.text, each.asked_on.isoformat() if each.asked_on else None)
            for each in self.questions
        ]
        (folder / "questions.json").write_text(json.dumps(asked), "utf-8")

    def judge(self, found: Sequence[Sequence[str]]) -> dict[str, float]:
        """Return how good the places found for each question are, best first.

        article@1: the first is from a right article. answer@k: one of the first k is from a right
        article and holds a right answer. characters: how long they are on average.
        """
        texts = {each.id: each.text for each in self.articles}
        shown = [[_read(place, texts) for place in places] for places in found]
        articles, answers = [], []
        for question, pieces in zip(self.questions, shown, strict=True):
            articles.append(rank_article(question, [article for article, _ in pieces]))
            answers.append(rank_answer(question, pieces))
        lengths = [len(text) for pieces in shown for _, text in pieces]
        return {
            "article@1": _share(articles, 1),
            **{f"answer@{rank}": _share(answers, rank) for rank in _RANKS},
            "characters": sum(lengths) / max(1, len(lengths)),
        }


def take_material(index_dir: Path, questions: Path, passages: int, asked: int) -> Material:
    """Take up to these numbers of passages, in whole articles, and of questions about them.

    Articles that the questions are about come first; questions are taken evenly over the file.
    """
    answerable = [each for each in read_questions(questions) if each.is_answerable and each.answers]
    wanted = {article for each in answerable for article in each.articles}
    with open_snapshot(index_dir) as snapshot:
        taken = list(_take(snapshot.database, wanted, passages))
    ids = {article.id for article, _ in taken}
    within = [each for each in answerable if not each.articles or each.articles & ids]
    count = min(asked, len(within))
    return Material(
        articles=tuple(article for article, _ in taken),
        passages=tuple(each for _, own in taken for each in own),
        questions=tuple(within[number * len(within) // count] for number in range(count)),
    )


def _take(
    database: Database, wanted: set[str], most: int
) -> Iterator[tuple[Article, list[Passage]]]:
    numbered = [(ArticleNo(row), each) for row, each in enumerate(database.articles())]
    taken = 0
    for number, article in sorted(numbered, key=lambda each: each[1].id not in wanted):
        passages = list(_passages(database, number, article))
        taken += len(passages)
        if taken > most:
            return
        yield article, passages


def _passages(database: Database, number: ArticleNo, article: Article) -> Iterator[Passage]:
    parts = database.parts(number)
    # As On Record encodes them: an article's headline in front of each.
    head = "" if article.headline_stands_in else f"{article.headline}\n"
    for run in parts.passages:
        start, end = parts.sentences[run.first].start, parts.sentences[run.last].end
        yield Passage(f"{start}-{end}@{article.id}", head + article.text[start:end])


def _fields(article: Article) -> dict[str, str | None]:
    """Return the article as `build_index.py` reads it."""
    return {
        "id": article.id,
        "headline": None if article.headline_stands_in else article.headline,
        "outlet": article.outlet,
        "published": str(article.published) if article.published else None,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "text": article.text,
    }


def _read(place: str, texts: dict[str, str]) -> tuple[str, str]:
    span, _, article = place.partition("@")
    start, end = map(int, span.split("-"))
    return article, texts[article][start:end]


def _share(ranks: Iterable[int | None], within: int) -> float:
    found = [rank is not None and rank <= within for rank in ranks]
    return sum(found) / len(found)
