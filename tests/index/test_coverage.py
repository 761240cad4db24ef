"""The coverage answers in its own words, whatever is asked; another encoder is refused."""

import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import pytest

from index.coverage import Coverage, open_coverage
from index.dates.partial_date import PartialDate
from index.encoders.model_files import BUNDLED_NAME
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import SnapshotCorruptError, SnapshotMismatchError, SnapshotNotFoundError
from index.formats.folders import iter_articles
from index.models import CoverageFacts, Status
from index.reader.onnx_reader import OnnxReader
from index.search.question import parse_question
from index.snapshot.layout import current_folder
from index.snapshot.snapshot import Snapshot, open_snapshot
from index.text.sentences import split_sentences
from tests.conftest import SHARED
from tests.index.fake_reader import FakeReader

PROJECT = Path(__file__).parents[2]
ARTICLES = SHARED / "articles"
QUESTIONS = [
    json.loads(line)
    for line in (PROJECT / "examples" / "questions.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def sample(sample_index):
    coverage = open_coverage(sample_index)
    yield coverage
    coverage.close()


@pytest.fixture(scope="module")
def written_for_tests(article_folder, encoder, make_index, tmp_path_factory):
    index_dir = tmp_path_factory.mktemp("written") / "index"
    make_index(index_dir, encoder, article_folder)
    coverage = Coverage(open_snapshot(index_dir), encoder)
    yield coverage
    coverage.close()


@pytest.fixture(scope="module")
def shared(encoder, make_index, tmp_path_factory):
    index_dir = tmp_path_factory.mktemp("shared") / "index"
    make_index(index_dir, encoder, ARTICLES)
    coverage = Coverage(open_snapshot(index_dir), encoder)
    yield coverage
    coverage.close()


def on_disk(folder):
    """Return the articles as they are in the files, by id."""
    return {article.id: article for _, article in iter_articles([folder])}


def assert_keeps_its_promises(answer, articles):
    quotes = (*answer.quotes, *answer.related)
    for quote in quotes:
        article = articles[quote.article_id]
        assert quote.text == article.text[quote.span.start : quote.span.end]
        assert quote.text == quote.text.strip() != ""
        assert len(quote.text) <= 700
        assert (quote.article_key, quote.text_hash) == (article.key, article.text_hash)
        cited = quote.citation
        assert (cited.outlet, cited.headline, cited.url, cited.published) == (
            article.outlet,
            article.headline,
            article.url,
            article.published,
        )
        assert article.outlet not in quote.also_in
    for one, other in combinations(quotes, 2):
        if one.article_id == other.article_id:
            assert one.span.end <= other.span.start or other.span.end <= one.span.start
    assert [quote.score for quote in quotes] == sorted(
        (quote.score for quote in quotes), reverse=True
    )
    if answer.status is Status.ANSWERED:
        assert answer.quotes
        assert not answer.related
    else:
        assert not answer.quotes


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["id"])
def test_quotes_of_the_samples_are_verbatim_and_cited(sample, asked):
    answer = sample.answer(asked["question"], 10)

    assert_keeps_its_promises(answer, on_disk(PROJECT / "examples" / "coverage"))


@pytest.mark.parametrize(
    "question",
    [
        "What does the sign on the quay read?",
        "What is the old name painted on the wall?",
        "What hides in a zero-width space?",
        "What did mayor Okafor say about the tolls?",
        "Что сказала мэр Инес Окафор о мосте?",
        "Since when has the tide gauge been out of order?",
        "Who bought the lighthouse?",
        "What is the capital of France?",
    ],
)
def test_awkward_articles_are_quoted_verbatim(written_for_tests, article_folder, question):
    answer = written_for_tests.answer(question, 10)

    assert_keeps_its_promises(answer, on_disk(article_folder))


def test_right_to_left_marks_stay_in_the_quote(written_for_tests):
    answer = written_for_tests.answer("What is the old name painted on the wall?", 1)

    assert "The old name, \u200fשלום\u200e, is painted on the wall." in answer.quotes[0].text


def test_quoted_speech_is_quoted_whole(written_for_tests):
    answer = written_for_tests.answer("What did mayor Ines Okafor say about the bridge?", 3)

    speech = "“We have waited long enough. The bridge belongs to the town. It will outlast us all.”"
    assert any(speech in quote.text for quote in answer.quotes)


def test_pronoun_brings_the_name_along(written_for_tests):
    answer = written_for_tests.answer("Who held the posts of pilot and harbour inspector?", 1)

    assert "Captain Rosa Lindqvist runs the smaller" in answer.quotes[0].text
    assert "At various times, she held the posts of pilot" in answer.quotes[0].text


def test_copy_in_another_outlet_is_counted_and_not_shown(written_for_tests):
    answer = written_for_tests.answer("What did workers replace on the harbour bridge?", 10)

    holding = [quote for quote in answer.quotes if "replaced one cable" in quote.text]
    assert len(holding) == 1
    assert {holding[0].citation.outlet, *holding[0].also_in} == {"Alder Post", "Island Herald"}


def test_answers_are_found_among_the_first_three_quotes(sample):
    def is_right(asked):
        right = {evidence["article_id"] for evidence in asked["evidence"]}
        return any(
            quote.article_id in right and any(words in quote.text for words in asked["answers"])
            for quote in sample.answer(asked["question"]).quotes
        )

    answerable = [asked for asked in QUESTIONS if asked["answerable"]]
    missed = [asked["id"] for asked in answerable if not is_right(asked)]
    assert len(answerable) == 15
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(
    "question", ["Who won the football world cup?", "What is the boiling point of mercury?"]
)
def test_question_outside_the_coverage_is_refused(sample, question):
    answer = sample.answer(question)

    assert answer.status is Status.NOT_ANSWERED
    assert (answer.quotes, len(answer.related), answer.more) == ((), 3, False)


def test_question_is_calibrated_as_of_the_day_it_is_answered_on(sample, monkeypatch):
    days = []

    def noted(*arguments):
        days.append(arguments[-1])
        return parse_question(*arguments)

    monkeypatch.setattr("index.coverage.parse_question", noted)
    sample.features("Which bridge was closed last week?", date(2023, 1, 1))
    before = datetime.now(UTC).date()
    sample.features("Which bridge was closed last week?")

    assert days[0] == date(2023, 1, 1)
    assert before <= days[1] <= datetime.now(UTC).date()


def test_pages_are_those_of_one_long_answer(sample):
    question = "What happened in Yerevan?"
    whole = sample.answer(question, 9)

    pages = [sample.answer(question, 3, skip) for skip in (0, 3, 6)]

    assert len(whole.quotes) == 9
    shown = [(quote.article_id, quote.span) for page in pages for quote in page.quotes]
    assert shown == [(quote.article_id, quote.span) for quote in whole.quotes]


def test_manifest_and_articles_are_those_of_the_snapshot(sample):
    articles = on_disk(PROJECT / "examples" / "coverage")

    assert sample.manifest.articles == len(articles) == 10
    assert str(sample.manifest.oldest) == "2022-01-10T18:30:00+06:00"
    assert str(sample.manifest.newest) == "2025-11-27"
    for article in articles.values():
        assert sample.article(article.key) == article
    assert sample.article("0" * 16) is None


def test_context_of_a_quote_has_the_stored_sentences(sample):
    quote = sample.answer("who was nominated CSTO secretary general?").quotes[0]

    context = sample.context(quote.article_key, quote.span)

    text = context.article.text
    assert context.quote.text == quote.text
    assert context.quote.citation == quote.citation
    assert list(context.sentences) == [
        each
        for each in split_sentences(text, context.article.language)
        if context.around.start <= each.start < context.around.end
    ]
    assert sample.context("0" * 16, quote.span) is None


def test_overview_says_what_there_is_to_say_of_the_coverage(sample):
    overview = sample.overview()

    assert (overview.articles, overview.undated) == (10, 1)
    assert overview.outlets == sample.outlets()
    assert sum(overview.outlets.values()) == 10
    assert (str(overview.oldest), str(overview.newest)) == (
        "2022-01-10T18:30:00+06:00",
        "2025-11-27",
    )
    assert (overview.built_at, overview.encoder) == (sample.manifest.built_at, BUNDLED_NAME)
    assert overview.picture.startswith(b"\x89PNG")


def test_overview_of_an_empty_index_has_nothing_to_say(tiny_encoder, make_index, tmp_path):
    (tmp_path / "nothing").mkdir()
    make_index(tmp_path / "index", tiny_encoder, tmp_path / "nothing")
    coverage = open_coverage(tmp_path / "index")
    overview = coverage.overview()
    coverage.close()

    assert (overview.articles, overview.outlets, overview.undated) == (0, {}, 0)
    assert (overview.oldest, overview.newest) == (None, None)
    assert overview.picture.startswith(b"\x89PNG")


class TestVerbatim:
    """What `answer` returns equals its span of the article that is stored under the quote's key."""

    QUESTION = "Who commanded the peacekeepers?"
    UNRELATED = "Who won the football world cup?"

    def test_every_quote_equals_its_span_of_the_stored_text(self, sample):
        answer, refusal = sample.answer(self.QUESTION), sample.answer(self.UNRELATED)

        assert (len(answer.quotes), len(refusal.related)) == (3, 3)
        assert (answer.dropped, refusal.dropped) == (0, 0)
        for quote in (*answer.quotes, *refusal.related):
            article = sample.article(quote.article_key)
            assert article.text[quote.span.start : quote.span.end] == quote.text

    def test_quote_that_differs_from_the_stored_text_is_dropped_and_counted(
        self, sample, monkeypatch
    ):
        answer = sample.answer(self.QUESTION)
        stored = Coverage.articles

        def altered(self, keys):
            return {
                key: replace(article, text=article.text.replace("Serdyukov", "Serdyukow"))
                for key, article in stored(self, keys).items()
            }

        monkeypatch.setattr(Coverage, "articles", altered)
        kept = sample.answer(self.QUESTION)

        assert "Serdyukov" in answer.quotes[0].text
        assert kept.quotes == tuple(each for each in answer.quotes if "Serdyukov" not in each.text)
        assert kept.dropped == len(answer.quotes) - len(kept.quotes) > 0
        assert kept.status is Status.ANSWERED

    def test_closest_coverage_of_an_article_that_is_gone_is_dropped_and_counted(
        self, sample, monkeypatch
    ):
        monkeypatch.setattr(Coverage, "articles", lambda *_: {})

        refusal = sample.answer(self.UNRELATED)

        assert (refusal.related, refusal.dropped) == ((), 3)
        assert refusal.status is Status.NOT_ANSWERED

    def test_answer_and_timeline_carry_the_facts_of_their_coverage(self, sample):
        manifest = sample.manifest
        facts = CoverageFacts(manifest.articles, manifest.newest, manifest.built_at)

        assert sample.answer(self.QUESTION).coverage == facts
        assert sample.answer("?!").coverage == facts
        assert sample.timeline("peacekeepers in Kazakhstan").coverage == facts


class TestOpening:
    def test_index_is_opened_with_the_encoder_that_built_it(
        self, sample, tiny_index, encoder, tiny_encoder
    ):
        tiny = open_coverage(tiny_index)
        tiny.close()

        assert sample._encoder.description == sample.manifest.encoder == encoder.description
        assert tiny._encoder.description == tiny.manifest.encoder == tiny_encoder.description

    @pytest.mark.slow
    def test_question_gets_the_quotes_that_it_gets_in_torch(self, sample_index, sample, encoder):
        in_torch = Coverage(open_snapshot(sample_index), encoder)

        for question in QUESTIONS:
            found, expected = (each.answer(question["question"]) for each in (sample, in_torch))
            assert [each.text for each in found.quotes] == [each.text for each in expected.quotes]
            assert found.status is expected.status
        in_torch.close()

    def test_other_model_is_refused_by_name_with_the_command(self, sample_index, tiny_model):
        with pytest.raises(SnapshotMismatchError) as caught:
            open_coverage(sample_index, str(tiny_model))

        message = str(caught.value)
        assert f"the index in {sample_index} has encoder '{BUNDLED_NAME} (files " in message
        assert f"but '{tiny_model} (files " in message
        assert message.endswith(
            f"rebuild it with: python scripts/build_index.py ARTICLES --index {sample_index}"
        )

    def test_bundled_model_is_refused_for_an_index_of_another(self, tiny_index):
        with pytest.raises(SnapshotMismatchError, match=BUNDLED_NAME):
            open_coverage(tiny_index, BUNDLED_NAME)

    def test_missing_index_is_told_before_a_model_is_loaded(self, tmp_path):
        with pytest.raises(SnapshotNotFoundError):
            open_coverage(tmp_path, "/no/such/model")

    def test_own_model_builds_and_answers(self, make_model, make_index, article_folder, tmp_path):
        own = TorchEncoder(str(make_model(seed=7)))
        make_index(tmp_path / "index", own, article_folder)

        # The weights of a model know nothing here: words alone must find the sentence.
        coverage = open_coverage(tmp_path / "index", own.description.name, threshold=0.0)
        answer = coverage.answer("How many cables did the engineers count?", 1)
        coverage.close()

        assert coverage.manifest.encoder.dimension == 32
        assert "Engineers counted 412 cables." in answer.quotes[0].text
        assert_keeps_its_promises(answer, on_disk(article_folder))

    def test_empty_index_matches_nothing(self, tiny_encoder, make_index, tmp_path):
        (tmp_path / "nothing").mkdir()
        make_index(tmp_path / "index", tiny_encoder, tmp_path / "nothing")
        coverage = open_coverage(tmp_path / "index")

        assert coverage.answer("Who opened the bridge?").status is Status.NO_MATCH
        coverage.close()


class TestReplacing:
    """What takes the place of an open coverage: models in memory are used again, files verified."""

    @pytest.fixture
    def index_dir(self, tiny_index, tmp_path):
        copy = tmp_path / "index"
        shutil.copytree(tiny_index, copy)
        return copy

    @pytest.fixture
    def replaced(self, tiny_index):
        coverage = open_coverage(tiny_index)
        yield coverage
        coverage.close()

    def test_encoder_of_the_same_weights_is_used_again(self, index_dir, replaced, monkeypatch):
        monkeypatch.setattr(OnnxEncoder, "__init__", None)  # loading another one fails

        for model in ("", replaced.manifest.encoder.name):
            coverage = open_coverage(index_dir, model, replaced=replaced)
            assert coverage._encoder is replaced._encoder
            coverage.close()

    def test_index_of_another_encoder_is_opened_with_its_own(
        self, index_dir, replaced, make_model, make_index, article_folder
    ):
        other = TorchEncoder(str(make_model(seed=5)))
        make_index(index_dir, other, article_folder)

        coverage = open_coverage(index_dir, replaced=replaced)
        coverage.close()

        assert coverage._encoder.description == other.description
        assert coverage._encoder is not replaced._encoder

    def test_index_of_another_encoder_is_refused_where_one_is_set(
        self, index_dir, replaced, make_model, make_index, article_folder
    ):
        make_index(index_dir, TorchEncoder(str(make_model(seed=5))), article_folder)

        with pytest.raises(SnapshotMismatchError, match="rebuild it with"):
            open_coverage(index_dir, replaced.manifest.encoder.name, replaced=replaced)

    def test_snapshot_that_is_refused_is_closed(self, index_dir, replaced, monkeypatch):
        closed, original = [], Snapshot.close

        def close(self):
            closed.append(self.id)
            original(self)

        monkeypatch.setattr(Snapshot, "close", close)
        other = replace(replaced._encoder.description, files_sha256="f" * 64)
        monkeypatch.setattr(replaced._encoder, "description", other)

        with pytest.raises(SnapshotMismatchError):
            open_coverage(index_dir, "a model", replaced=replaced)

        assert closed == [current_folder(index_dir).name]

    def test_reader_is_used_again(self, index_dir, tiny_index, tiny_encoder, monkeypatch):
        monkeypatch.setattr(OnnxReader, "__init__", None)
        reader = FakeReader({})
        replaced = Coverage(open_snapshot(tiny_index), tiny_encoder, reader=reader)

        coverage = open_coverage(index_dir, reader="a model", replaced=replaced)

        assert coverage._reader is reader
        coverage.close()
        replaced.close()

    def test_altered_file_is_refused_by_name(self, index_dir, replaced):
        path = current_folder(index_dir) / "passages.faiss"
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)

        open_coverage(index_dir).close()  # what is opened first is looked at by its operator
        with pytest.raises(
            SnapshotCorruptError, match=r"passages\.faiss: missing, or not the file"
        ):
            open_coverage(index_dir, replaced=replaced)


@pytest.mark.shared("articles")
class TestSharedArticles:
    def test_nomination_is_quoted_and_cited(self, shared):
        quote = shared.answer("who was nominated CSTO secretary general?").quotes[0]

        assert "Imangali Tasmagambetov" in quote.text
        (file,) = ARTICLES.glob(f"{quote.article_id}.txt")
        assert quote.text == file.read_bytes().decode()[quote.span.start : quote.span.end]
        assert (quote.citation.outlet, quote.citation.published) == (
            "BelTA",
            PartialDate(None, 11, 23),
        )

    def test_posts_are_quoted_with_who_held_them(self, shared):
        quotes = shared.answer("What posts has Tasmagambetov held?").quotes

        assert any(
            "Imangali Tasmagambetov is a statesman" in quote.text
            and "At various times, he held" in quote.text
            for quote in quotes
        )

    def test_football_is_refused(self, shared):
        answer = shared.answer("Who won the football world cup?")

        assert (answer.status, answer.quotes) == (Status.NOT_ANSWERED, ())


def test_coverage_is_closed_at_the_end_of_its_block(sample_index, encoder):
    with Coverage(open_snapshot(sample_index), encoder) as coverage:
        assert coverage.article("none") is None

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        coverage.article("none")


def test_answers_are_the_same_from_several_threads_at_once(sample):
    questions = [
        f"{question} {n}"
        for n in range(15)
        for question in (each["question"] for each in QUESTIONS[:2])
    ]
    expected = [sample.answer(each) for each in questions]
    timelines = [sample.timeline(topic) for topic in ("CSTO", "peacekeepers")]

    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            assert list(pool.map(sample.answer, questions)) == expected
            assert list(pool.map(sample.timeline, ("CSTO", "peacekeepers"))) == timelines
