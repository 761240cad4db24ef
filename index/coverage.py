"""The open coverage: one edition of it and its encoder, and the questions that they answer."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, Self, TypeVar

from index.answers.answer import answer_features, answer_question, without_unverifiable_quotes
from index.answers.context import Context, quote_context
from index.answers.corrections import Correction, Fate, find_correction
from index.answers.quote_codes import Finding, QuoteCode, Verification, verify_code
from index.encoders.base import TextEncoder
from index.models import Answer, Article, CoverageFacts, Filters, Quote, Span
from index.overview import Overview, read_overview
from index.places import Place, open_store, own_models
from index.reader.base import Reader, ReaderDescription
from index.reader.opening import OFF, open_reader
from index.search.answerability import THRESHOLD
from index.search.filters import find_outlet, read_filters
from index.search.hybrid import HybridSearch
from index.search.question import ParsedQuestion, parse_question
from index.store.base import Store
from index.store.change_log import lost_at, removed_at
from index.store.encoder import open_encoder
from index.store.manifest import Manifest, check_encoder, check_reader
from index.timelines.builder import MAX_EVENTS, TopicSearch
from index.timelines.digest import DIGEST_EVENTS, Digest, make_digest, without_unverifiable_digest
from index.timelines.events_answer import answer_with_events
from index.timelines.timeline import Timeline, without_unverifiable_events

# For questions. Two use two cores well, as encoding and comparing vectors release the interpreter
# lock; a third would only wait.
THREADS = min(2, os.cpu_count() or 1)

P = ParamSpec("P")
T = TypeVar("T")


def _limited(
    method: Callable[Concatenate["Coverage", P], T],
) -> Callable[Concatenate["Coverage", P], T]:
    """Let all that the method asks of the store share the time that one question may take."""

    @wraps(method)
    def limited(self: "Coverage", /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._store.limit_time():
            return method(self, *args, **kwargs)

    return limited


class Coverage:
    """An open edition that answers questions, in several threads at once; close it when done."""

    def __init__(
        self,
        store: Store,
        encoder: TextEncoder,
        threshold: float = THRESHOLD,
        reader: Reader | None = None,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._threshold = threshold
        self._reader = reader
        self._search = HybridSearch(store)
        self._topics = TopicSearch(store)
        _ = encoder.scales  # if they have to be measured, now and not for the first question

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def manifest(self) -> Manifest:
        """The description of the snapshot."""
        return self._store.manifest

    @property
    def reader(self) -> ReaderDescription | None:
        """Which reader judges the quotes, None without one."""
        return self._reader.description if self._reader else None

    @property
    def facts(self) -> CoverageFacts:
        """What answers and timelines say about the coverage they are from."""
        manifest = self.manifest
        return CoverageFacts(manifest.articles, manifest.newest, manifest.built_at)

    @property
    def snapshot_id(self) -> str:
        """The name of the snapshot's folder, as in `CURRENT`."""
        return self._store.id

    @_limited
    def answer(
        self,
        question: str,
        quotes: int = 3,
        skip: int = 0,
        filters: Filters = Filters(),
        asked_on: date | None = None,
    ) -> Answer:
        """Answer the question of the day `asked_on`, today by default; see `answer_question`.

        A quote that is not, byte for byte, in the stored article is dropped and counted.
        """
        parsed = self._parse(question, asked_on or datetime.now(UTC).date())
        answer = self._answer(parsed, quotes, skip, filters)
        answer = replace(answer, coverage=self.facts)
        return without_unverifiable_quotes(answer, self._texts((*answer.quotes, *answer.related)))

    def _answer(self, question: ParsedQuestion, quotes: int, skip: int, filters: Filters) -> Answer:
        """Answer with events if the question asks what happened, else with quotes."""
        timing, limits = question.timing, (quotes, skip, self._threshold, filters)
        if timing.events_of is None:
            return answer_question(self._search, question, self._reader, *limits)
        topic = self._parse(timing.events_of) if timing.events_of else None
        topic = topic if topic and topic.terms else None
        events = answer_with_events(self._topics, question, topic, self._reader, *limits)
        return events or answer_question(self._search, question, self._reader, *limits)

    @_limited
    def timeline(
        self, topic: str, events: int = MAX_EVENTS, skip: int = 0, filters: Filters = Filters()
    ) -> Timeline:
        """Return what happened, in order of date, each event in a quote (`TopicSearch.timeline`).

        An event whose quote is not, byte for byte, in the stored article is dropped and counted.
        """
        parsed = self._parse(topic)
        timeline = self._topics.timeline(parsed, events, skip, self._threshold, filters)
        timeline = replace(timeline, coverage=self.facts)
        return without_unverifiable_events(timeline, self._texts(timeline.quotes))

    @_limited
    def digest(self, since: date, until: date, events: int = DIGEST_EVENTS) -> Digest:
        """Return the most reported events of these days, each in a quote (`make_digest`).

        An event whose quote is not, byte for byte, in the stored article is dropped and counted.
        """
        digest = make_digest(self._store, self._encoder.scales, since, until, events)
        digest = replace(digest, coverage=self.facts)
        return without_unverifiable_digest(
            digest, self._texts(event.quote for event in digest.events)
        )

    @_limited
    def features(self, question: str, asked_on: date | None = None) -> tuple[float, ...] | None:
        """Return what `answer` computes its probability from, if it is asked on that day.

        See `answer_features` for when there is none.
        """
        parsed = self._parse(question, asked_on or datetime.now(UTC).date())
        return answer_features(self._search, parsed, self._reader)

    def outlets(self) -> dict[str, int]:
        """Return every outlet with its number of articles, the largest first."""
        return self._outlets

    @cached_property
    def _outlets(self) -> dict[str, int]:
        # Counted once: a snapshot never changes, and autocompletion asks with every letter typed.
        return self._store.outlets()

    def filters(
        self, outlet: str | None = None, since: str | None = None, until: str | None = None
    ) -> Filters:
        """Parse the filters that a reader typed; raise FilterError if one is not understood."""
        name = find_outlet(outlet, self.outlets()) if outlet and outlet.strip() else None
        return read_filters(name, since, until, today=datetime.now(UTC).date())

    def article(self, key: str) -> Article | None:
        """Return the article with this key, or None if the coverage doesn't contain it."""
        return self.articles([key]).get(key)

    @_limited
    def articles(self, keys: Iterable[str]) -> dict[str, Article]:
        """Return the articles of these keys, as they are stored; without those that are gone."""
        return self._store.articles_by_key(keys)

    @_limited
    def context(self, key: str, span: Span) -> Context | None:
        """Return the context of a span of the article with this key, or None if it is not there."""
        number = self._store.number_by_key(key)
        if number is None:
            return None
        article, sentences = self._store.articles([number])[number]
        return quote_context(article, span, (each.span for each in sentences))

    @_limited
    def verify(self, code: QuoteCode) -> Verification:
        """Return whether the very words of this code still stand in the coverage."""
        numbers = self._store.numbers_by_key(code.article)
        verification = verify_code(
            code,
            (
                (article, [each.span for each in sentences])
                for article, sentences in self._store.articles(numbers).values()
            ),
        )
        if verification.finding in (Finding.CHANGED, Finding.GONE):
            return replace(verification, correction=self._correction_of(code))
        return verification

    def _correction_of(self, code: QuoteCode) -> Correction | None:
        """Return what became of the words of a code, None if no text with them was kept."""
        kept = self._store.changes.kept_texts(code.article) if self._store.changes else []
        for change in kept:
            words = (change.text or "")[code.span.start : code.span.end]
            if code.is_of(words):
                return self.correction(change.key, change.text_hash or "", code.span, words)
        return None

    @_limited
    def news_since(self, snapshot_id: str) -> frozenset[str] | None:
        """Return the keys of the articles added or rewritten since that snapshot was built.

        None if that is not known, as of a snapshot that is not among those of the last 90 days.
        """
        if snapshot_id == self.snapshot_id:
            return frozenset()
        changes = self._store.changes
        return changes.news_since(snapshot_id) if changes else None

    @_limited
    def correction(self, key: str, text_hash: str, span: Span, words: str) -> Correction:
        """Return what became of words that were quoted from the article of this key.

        `text_hash` are the first digits of the sha256 that its text had then, `span` is where the
        words stood in that text.
        """
        logged = self._store.changes.of_article(key) if self._store.changes else []
        number = self._store.number_by_key(key)
        if number is None:
            return Correction(Fate.GONE, words, None, removed_at(logged))
        at = lost_at(logged, text_hash, span)
        article, sentences = self._store.articles([number])[number]
        return find_correction(words, article, [each.span for each in sentences], at)

    @_limited
    def overview(self) -> Overview:
        """Return a summary of the whole coverage."""
        return read_overview(self._store)

    def _parse(self, question: str, asked_on: date | None = None) -> ParsedQuestion:
        return parse_question(question, self._store, self._encoder, asked_on)

    def _texts(self, quotes: Iterable[Quote]) -> dict[str, str]:
        articles = self.articles({quote.article_key for quote in quotes})
        return {each.id: each.text for each in articles.values()}

    def close(self) -> None:
        """Close what it is stored in."""
        self._store.close()


def open_coverage(
    place: Place,
    model: str = "",
    threshold: float = THRESHOLD,
    reader: str = OFF,
    replaced: Coverage | None = None,
) -> Coverage:
    """Open the edition in use with the encoder that built it.

    `place` is the folder of an index, or the address of one in Milvus. `model` is an encoder's name
    or folder; where it is empty, the store's own is loaded. `reader` is as the setting READER has
    it, see `open_reader`. What takes the place of an open coverage, `replaced`, uses its loaded
    models again where they are the same, and is opened only if every file is the one that was
    built: nobody is there to look at a wrong answer. Raises SnapshotError, StoreUnavailableError,
    EncoderError or ReaderError.
    """
    store = open_store(place, is_copy=replaced is not None)
    try:
        encoder = _loaded(store.manifest, model, replaced)
        encoder = encoder or open_encoder(store, model, place)
        check_encoder(store.manifest, encoder.description, place)
        used: Reader | None = (
            replaced._reader if replaced else open_reader(reader, own_models(place))
        )
        check_reader(store.manifest, used.description.identity if used else None, place)
        return Coverage(store, encoder, threshold, used)
    except BaseException:
        store.close()
        raise


def _loaded(manifest: Manifest, model: str, replaced: Coverage | None) -> TextEncoder | None:
    """Return the encoder in memory if it is the right one, or the only one that is wanted."""
    if replaced and (model or manifest.encoder.is_same(replaced._encoder.description)):
        return replaced._encoder
    return None
