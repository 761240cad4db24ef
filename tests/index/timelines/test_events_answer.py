"""What happened on a day, in a month or lately is answered from the coverage of that time."""

from datetime import date

import pytest

from index.coverage import Coverage
from index.dates.period import Period
from index.models import Filters, Span, Status, article_key
from index.reader.base import Verdict
from index.snapshot.snapshot import open_snapshot
from index.timelines.events_answer import narrow_filters
from tests.index.fake_reader import UNCALIBRATED, FakeReader

ASKED = date(2021, 6, 1)  # a Tuesday
STORIES = {
    "fire": (
        "2021-05-05",
        "Alder Post",
        "Fire in the fish market of Alder",
        "A fire destroyed the fish market of Alder on Wednesday night, and nobody was hurt.",
    ),
    "fire-too": (
        "2021-05-05",
        "Coast Wire",
        "Fish market burns down",
        "The fish market of Alder was destroyed by a fire on Wednesday, the brigade said.",
    ),
    "choir": (
        "2021-05-05",
        "Alder Post",
        "Choir sings for the mayor",
        "The school choir of Birch sang forty songs for the mayor and his guests on Wednesday.",
    ),
    "bridge": (
        "2021-05-20",
        "Alder Post",
        "Bridge of Birch opens",
        "The new bridge of Birch opened to lorries on Thursday after nine years of work.",
    ),
    "bridge-toll": (
        "2021-05-28",
        "Coast Wire",
        "Toll for the bridge of Birch",
        "Lorries pay a toll of four dollars for the bridge of Birch from Friday on.",
    ),
    "museum": (
        "2021-03-10",
        "Coast Wire",
        "Museum of Alder turns a hundred",
        "The museum of Alder, which was founded on 12 April 1921, shows its oldest maps this year.",
    ),
    "chronicle": (
        "2021-02-01",
        "Alder Post",
        "A chronicle of Alder",
        "Snow fell in Alder on 12 April 1921, the chronicle says, and no boat left the harbour.",
    ),
    "club": (
        "2021-01-15",
        "Coast Wire",
        "Rowing club raises its fee",
        "The rowing club of Elm raised its membership fee to forty dollars a year on Friday.",
    ),
    "dovania": (
        "2021-04-02",
        "Coast Wire",
        "Dovania elects a president",
        "Voters in Dovania elected a president on Friday, the first one since Dovania was founded.",
    ),
    "parade": (
        "2021-05-11",
        "Coast Wire",
        "Parade of the boats",
        "Forty boats passed the pier on Tuesday, with the flags of Norway, Chile, Dovania, Peru.",
    ),
    "no-year": (
        "--05-05",
        "Island Herald",
        "Lighthouse painted white",
        "Volunteers have painted the lighthouse of the island white and red for its birthday.",
    ),
}


@pytest.fixture(scope="module")
def coverage(encoder, make_index, tmp_path_factory):
    folder, index_dir = tmp_path_factory.mktemp("news"), tmp_path_factory.mktemp("index") / "index"
    for name, (published, outlet, headline, text) in STORIES.items():
        front = f"title: '{headline}'\noutlet: {outlet}\npublished: '{published}'"
        (folder / f"{name}.md").write_text(f"---\n{front}\n---\n\n{text}\n\nIt rained.\n", "utf-8")
    make_index(index_dir, encoder, folder)
    with Coverage(open_snapshot(index_dir), encoder) as opened:
        yield opened


def ids(answer):
    return [quote.article_id.removesuffix(".md") for quote in answer.quotes]


class Judge(FakeReader):
    """Gives the texts that contain certain words the logits that are written for these words."""

    def __init__(self, default=-9.0, **logits):
        super().__init__({})
        self._default, self._logits = default, logits

    def read(self, question, windows):
        self.asked.append((question, list(windows)))
        return [self._verdict(each.text) for each in windows]

    def _verdict(self, text):
        logits = [logit for word, logit in self._logits.items() if word in text]
        return Verdict(max(logits, default=self._default), Span(0, 5), 5.0)


def judged_by(coverage, reader, question, quotes=3):
    """The answer of the same coverage with this reader."""
    read = Coverage(coverage._store, coverage._encoder, reader=reader)
    return read.answer(question, quotes, asked_on=ASKED)


def asked(coverage, question, quotes=3, skip=0, filters=Filters()):
    return coverage.answer(question, quotes, skip, filters, ASKED)


@pytest.mark.parametrize(
    "question",
    [
        "What happened on 5 May 2021?",
        "On May 5, 2021, what happened?",
        "what was in the news on 2021-05-05",
        "Что произошло 5 мая 2021 года?",
        "Новости за 5 мая",
    ],
)
def test_day_is_answered_with_its_events_the_most_important_first(coverage, question):
    answer = asked(coverage, question)

    assert answer.status is Status.ANSWERED
    assert ids(answer)[0] in ("fire", "fire-too")
    assert ids(answer)[1:] == ["choir"]
    assert answer.filters == Filters(None, date(2021, 5, 5), date(2021, 5, 5))
    assert (answer.undated, answer.more) == (1, False)


def test_event_of_a_day_is_counted_once_however_many_report_it(coverage):
    answer = asked(coverage, "What happened on 5 May 2021?")

    assert not {"fire", "fire-too"} <= set(ids(answer))


@pytest.mark.parametrize(
    ("question", "first", "found"),
    [
        ("What happened in May 2021?", None, {"fire", "choir", "bridge", "bridge-toll", "parade"}),
        ("What happened between 15 and 30 May 2021?", None, {"bridge", "bridge-toll"}),
        ("What happened last week?", "bridge-toll", {"bridge-toll"}),
        ("Что было с 15 по 25 мая 2021 года?", "bridge", {"bridge"}),
        ("What happened in Birch in May 2021?", None, {"choir", "bridge", "bridge-toll"}),
        ("What happened at the fish market in May 2021?", None, {"fire"}),
    ],
)
def test_only_coverage_of_the_period_answers(coverage, question, first, found):
    answer = asked(coverage, question, quotes=10)
    told = {each.removesuffix("-too") for each in ids(answer)}

    assert answer.status is Status.ANSWERED
    assert told == found
    assert first is None or ids(answer)[0] == first


def test_pages_of_events_follow_on_each_other(coverage):
    everything = asked(coverage, "What happened in May 2021?", 10)
    first = asked(coverage, "What happened in May 2021?", 3)
    # A button asks again with the filters of the answer that it stands below.
    second = asked(coverage, "What happened in May 2021?", 3, 3, first.filters)

    assert (first.more, second.more) == (True, False)
    assert [*first.quotes, *second.quotes] == list(everything.quotes)


def test_filters_of_the_reader_hold_too(coverage):
    wire = asked(coverage, "What happened in May 2021?", 10, filters=Filters("Coast Wire"))
    late = Filters(since=date(2021, 5, 10))

    assert set(ids(wire)) == {"fire-too", "bridge-toll", "parade"}
    assert set(ids(asked(coverage, "What happened in May 2021?", 10, filters=late))) == {
        "parade",
        "bridge",
        "bridge-toll",
    }


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What happened in May 2021?", ["bridge-toll", "choir"]),
        ("What happened in Birch in May 2021?", ["bridge-toll", "choir"]),
        ("What is the latest on the bridge of Birch?", ["bridge-toll"]),
        ("What happened on 12 April 1921?", ["museum"]),
    ],
)
def test_only_the_articles_that_count_are_quoted(coverage, question, found):
    keys = frozenset(article_key(name) for name in ("choir", "bridge-toll", "museum"))

    assert sorted(ids(asked(coverage, question, filters=Filters(keys=keys)))) == found


def test_period_without_coverage_is_answered_by_articles_that_name_it(coverage):
    for question in ("What happened on 12 April 1921?", "What happened in April 1921?"):
        answer = asked(coverage, question)

        assert answer.status is Status.ANSWERED
        assert sorted(ids(answer)) == ["chronicle", "museum"]
        assert answer.filters == Filters()


def test_day_without_a_year_is_that_of_an_article_without_one(coverage):
    on_its_day = asked(coverage, "What happened on 5 May?", filters=Filters("Island Herald"))
    of_a_year = asked(coverage, "What happened on 5 May 2021?", filters=Filters("Island Herald"))

    assert ids(on_its_day)[0] == "no-year"
    assert of_a_year.status is not Status.ANSWERED


@pytest.mark.parametrize("logit", [None, 9.0])
@pytest.mark.parametrize(
    "question",
    [
        "What happened on 4 March 2019?",
        "What happened in Cuba in May 2021?",
        "What happened in Dovania in May 2021?",  # its flag was shown
        "What happened to the bridge of Birch in 1921?",
    ],
)
def test_period_that_nothing_reports_on_is_refused_however_sure_a_reader_is(
    coverage, question, logit
):
    answer = judged_by(coverage, logit and Judge(logit), question)

    assert (answer.status, answer.probability) == (Status.NOT_ANSWERED, 0.0)
    assert answer.quotes == ()
    assert [quote.answer for quote in answer.related] == [None] * 3


@pytest.mark.parametrize(
    "question",
    [
        "What happened on 5 May 2021?",
        "What happened in Birch in May 2021?",
        "What happened on 12 April 1921?",
        "What is the latest on the bridge of Birch?",
        "What's new?",
    ],
)
def test_reader_that_finds_no_answer_refuses_no_events(coverage, question):
    answer = judged_by(coverage, Judge(), question)

    assert (answer.status, answer.probability) == (Status.ANSWERED, 1.0)
    assert ids(answer)


def test_reader_puts_the_events_of_a_topic_in_order_and_marks_what_it_is_sure_of(coverage):
    question = "What happened in Birch in May 2021?"

    by_choir = judged_by(coverage, Judge(choir=8.0), question)
    by_lorries = judged_by(coverage, Judge(lorries=8.0), question)

    assert ids(by_choir)[0] == "choir"
    assert by_choir.quotes[0].answer_text == "The s"
    assert ids(by_lorries)[0] == "bridge"
    assert set(ids(by_choir)) == set(ids(by_lorries)) == {"choir", "bridge", "bridge-toll"}


def test_what_matters_of_everything_is_not_asked_of_a_reader(coverage):
    reader = Judge(choir=8.0)

    for question in ("What happened on 5 May 2021?", "What's new?"):
        answer = judged_by(coverage, reader, question)
        assert answer.quotes == asked(coverage, question).quotes
    assert reader.asked == []


def test_reader_puts_the_sentences_that_name_a_period_in_order(coverage):
    question = "What happened on 12 April 1921?"

    by_snow = judged_by(coverage, Judge(Snow=2.0, museum=1.0), question)
    by_museum = judged_by(coverage, Judge(Snow=1.0, museum=2.0), question)

    assert ids(by_snow) == ["chronicle", "museum"]
    assert ids(by_museum) == ["museum", "chronicle"]
    assert by_snow.quotes[0].answer_text == "Snow "


def test_newest_that_names_the_period_comes_first_if_the_latest_is_asked_for(coverage):
    reader = Judge(Snow=-7.0, museum=-8.0)

    answer = judged_by(coverage, reader, "What is the latest news about 12 April 1921?")

    assert ids(answer) == ["museum", "chronicle"]


def test_latest_of_a_topic_comes_first(coverage):
    for question in ("What is the latest on the bridge of Birch?", "news about the Birch bridge"):
        answer = asked(coverage, question)

        assert answer.question == question
        assert ids(answer)[:2] == ["bridge-toll", "bridge"]


@pytest.mark.parametrize(
    ("logits", "order"),
    [
        ({"pay": 3.0, "opened": 4.0}, ["bridge-toll", "bridge"]),
        ({"pay": -3.0, "opened": 4.0}, ["bridge", "bridge-toll"]),
    ],
)
def test_newer_event_comes_first_only_if_a_reader_finds_it_to_answer(coverage, logits, order):
    question = "What is the latest on the bridge of Birch?"

    assert ids(judged_by(coverage, Judge(**logits), question))[:2] == order


def test_event_that_matters_little_does_not_come_first_as_the_newest(coverage):
    reader = Judge(membership=0.0, pay=1.0)

    answer = judged_by(coverage, reader, "What is the latest on dollars?")

    assert ids(answer) == ["club", "bridge-toll"]  # a fee, and what somebody else pays


def test_reader_whose_scale_is_unknown_leaves_the_newest_first(coverage):
    reader = Judge(opened=4.0)
    reader.description = UNCALIBRATED

    answer = judged_by(coverage, reader, "What is the latest on the bridge of Birch?")

    assert ids(answer)[:2] == ["bridge-toll", "bridge"]


def test_topic_that_no_event_names_wholly_is_answered_by_quotes_about_it(sample_index, encoder):
    with Coverage(open_snapshot(sample_index), encoder) as samples:
        withdrawal = samples.answer("What is the latest on Armenia's withdrawal?", 10)
        appeal = samples.answer("What is the latest on Tokayev's appeal?", 10)

    # Only Kazakhstan saw what is called a withdrawal. Tokayev's appeal is called just that.
    assert [str(quote.citation.published) for quote in withdrawal.quotes[:2]] == ["2024-06-13"] * 2
    assert "2022-01-19" in [str(quote.citation.published) for quote in withdrawal.quotes]
    assert {str(quote.citation.published)[:7] for quote in appeal.quotes} == {"2022-01"}


def test_news_without_a_topic_are_those_of_the_newest_week(coverage):
    answer = asked(coverage, "What's new?")

    assert ids(answer) == ["bridge-toll"]
    assert answer.filters == Filters()


def test_article_of_days_to_come_is_no_news_yet(coverage):
    answer = coverage.answer("What's new?", asked_on=date(2021, 5, 18))

    assert ids(answer) == ["parade", "fire", "choir"]


@pytest.mark.parametrize(
    ("filters", "narrowed"),
    [
        (Filters(), Filters(None, date(2021, 5, 1), date(2021, 5, 31))),
        (
            Filters("Post", date(2021, 5, 10), date(2022, 1, 1)),
            Filters("Post", date(2021, 5, 10), date(2021, 5, 31)),
        ),
        (Filters(until=date(2021, 4, 30)), None),
    ],
)
def test_filters_are_narrowed_to_the_period(filters, narrowed):
    assert narrow_filters(filters, Period(date(2021, 5, 1), date(2021, 5, 31))) == narrowed


def test_open_period_leaves_a_filter_out():
    opened = Period(date.min, date(2021, 5, 31))

    assert narrow_filters(Filters(), opened) == Filters(until=date(2021, 5, 31))
