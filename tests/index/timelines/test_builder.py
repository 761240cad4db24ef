"""A timeline is in order of date, an event once, on the topic, and verbatim."""

from dataclasses import replace
from datetime import date

import pytest

from index.coverage import Coverage
from index.dates.partial_date import PartialDate
from index.formats.folders import iter_articles
from index.models import Filters, Status
from index.snapshot.snapshot import open_snapshot

TOPIC = "ferry strike"
VOTE = "Crews of the Alder ferry voted on Tuesday for a strike over their night shifts."
STRIKE = {
    "vote": ("2021-03-02", "Alder Post", "Ferry crews vote for a strike", VOTE),
    "vote-copy": ("2021-03-02", "Coast Wire", "Ferry strike ahead", VOTE),
    "vote-again": (
        "2021-03-03",
        "Island Herald",
        "Alder ferry crews back strike",
        "The crews of the Alder ferry have voted to go on strike, their union said on Wednesday.",
    ),
    "mediator": (
        "2021-04",
        "Alder Post",
        "A mediator for the ferry strike",
        "A retired judge was named to mediate in the strike that has stopped the Alder ferry.",
    ),
    "end": (
        "2021-05-10T09:00:00+02:00",
        "Alder Post",
        "Ferry sails again as strike ends",
        "The Alder ferry sailed again on Monday, the first morning after a strike of nine weeks.",
    ),
    "court": (
        "2021-09-14",
        "Island Herald",
        "Court: ferry strike was lawful",
        "A court in Alder ruled on Tuesday that the ferry strike of the spring had been lawful.",
    ),
    "anniversary": (
        "2023",
        "Island Herald",
        "What the ferry strike changed",
        "Two years after the ferry strike the night shifts of the crews are an hour shorter.",
    ),
    "no-date": (
        None,
        "Coast Wire",
        "The ferry strike in figures",
        "The ferry strike has cost the hotels of Alder forty thousand dollars a week.",
    ),
    "no-year": (
        "--05-03",
        "Alder Post",
        "Ferry strike: week eight",
        "The ferry strike of Alder goes into its eighth week, and no talks are planned.",
    ),
}
OTHER = {
    "library": "The library of Alder opens a reading room for children on the first floor.",
    "bakery": "The oldest bakery of the town sells its ovens and moves to the market square.",
    "lighthouse": "Volunteers have painted the lighthouse white and red for its birthday.",
    "school": "The school choir sang in the town hall before four hundred listeners.",
    "storm": "A storm tore the roofs from two barns in the night, and nobody was hurt.",
    "museum": "The museum shows maps of the coast from the time of the first surveyors.",
}


def markdown(published, outlet, headline, text):
    dated = f"published: '{published}'\n" if published else ""
    return f"---\ntitle: '{headline}'\noutlet: {outlet}\n{dated}---\n\n{text}\n\nIt rained later.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("strike")
    for name, fields in STRIKE.items():
        (root / f"{name}.md").write_text(markdown(*fields), "utf-8")
    for day, (name, text) in enumerate(OTHER.items(), 1):
        fields = (f"2021-03-{day:02}", "Alder Post", f"News of the {name}", text)
        (root / f"{name}.md").write_text(markdown(*fields), "utf-8")
    return root


@pytest.fixture(scope="module")
def index_dir(folder, encoder, make_index, tmp_path_factory):
    index_dir = tmp_path_factory.mktemp("strike-index") / "index"
    make_index(index_dir, encoder, folder)
    return index_dir


@pytest.fixture(scope="module")
def coverage(index_dir, encoder):
    coverage = Coverage(open_snapshot(index_dir), encoder)
    yield coverage
    coverage.close()


def ids(timeline):
    return [event.quote.article_id.removesuffix(".md") for event in timeline.events]


def test_events_are_in_order_of_date_and_each_is_told_once(coverage):
    timeline = coverage.timeline(TOPIC)

    assert timeline.status is Status.ANSWERED
    assert ids(timeline)[1:] == ["mediator", "end", "court", "anniversary"]
    assert ids(timeline)[0] in ("vote", "vote-copy")
    assert timeline.events[0].quote.text == VOTE
    assert (timeline.left_out, timeline.related) == (0, ())


def test_event_counts_the_articles_and_outlets_that_told_it(coverage):
    first, *others = coverage.timeline(TOPIC).events

    assert (first.articles, set(first.outlets)) == (
        3,
        {"Alder Post", "Coast Wire", "Island Herald"},
    )
    assert first.outlets[-1] == "Island Herald"
    assert {first.quote.citation.outlet, *first.quote.also_in} == {"Alder Post", "Coast Wire"}
    assert [(event.articles, event.outlets) for event in others] == [
        (1, ("Alder Post",)),
        (1, ("Alder Post",)),
        (1, ("Island Herald",)),
        (1, ("Island Herald",)),
    ]


def test_articles_without_a_year_are_left_out_and_counted(coverage):
    timeline = coverage.timeline(TOPIC)

    assert (timeline.articles, timeline.undated) == (7, 2)
    assert coverage.timeline(TOPIC, filters=Filters("Coast Wire")).undated == 1
    assert coverage.timeline(TOPIC, filters=Filters("Island Herald")).undated == 0


def test_months_without_an_article_are_gaps(coverage):
    monthly_counts = coverage.timeline(TOPIC).monthly_counts

    assert monthly_counts.periods == tuple(PartialDate(2021, month) for month in range(3, 10))
    assert monthly_counts.totals == (3, 1, 1, 0, 0, 0, 1)
    assert monthly_counts.by_outlet["Alder Post"] == (1, 1, 1, 0, 0, 0, 0)
    assert monthly_counts.undated == 1  # 2023 has no month


def test_quotes_are_cited_in_full(coverage, folder):
    articles = {article.id: article for _, article in iter_articles([folder])}

    for event in coverage.timeline(TOPIC).events:
        article, quote = articles[event.quote.article_id], event.quote
        assert quote.text == article.text[quote.span.start : quote.span.end]
        assert (quote.article_key, quote.text_hash) == (article.key, article.text_hash)
        cited = quote.citation
        assert (cited.outlet, cited.headline, cited.published, cited.paragraph) == (
            article.outlet,
            article.headline,
            article.published,
            1,
        )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters("Island Herald"), ["vote-again", "court", "anniversary"]),
        (Filters(since=date(2021, 4, 1), until=date(2021, 9, 14)), ["mediator", "end", "court"]),
        (Filters(since=date(2021, 4, 2), until=date(2021, 9, 13)), ["end"]),
        (Filters("Island Herald", since=date(2021, 3, 4)), ["court", "anniversary"]),
        (Filters(until=date(2023, 12, 30), since=date(2021, 9, 15)), []),
    ],
)
def test_filters_let_whole_dates_through(coverage, filters, expected):
    timeline = coverage.timeline(TOPIC, filters=filters)

    assert ids(timeline) == expected
    assert timeline.filters == filters
    assert timeline.status is (Status.ANSWERED if expected else Status.NO_MATCH)
    assert timeline.related == ()


@pytest.mark.parametrize(
    "topic",
    [
        "volcano eruption in Iceland",
        "zxqv",
        "library of Alexandria",
        "bakery shares on the exchange",
    ],
)
def test_topic_that_the_coverage_does_not_know_is_refused(coverage, topic):
    timeline = coverage.timeline(topic)

    assert (timeline.status, timeline.events, timeline.articles) == (Status.NOT_ANSWERED, (), 0)
    assert 1 <= len(timeline.related) <= 3


def test_refusal_keeps_to_the_filters(coverage):
    timeline = coverage.timeline("volcano eruption in Iceland", filters=Filters("Island Herald"))

    assert {quote.citation.outlet for quote in timeline.related} == {"Island Herald"}


@pytest.mark.parametrize("topic", ["", "  ", "?!"])
def test_topic_without_a_word_matches_nothing(coverage, topic):
    timeline = coverage.timeline(topic)

    assert (timeline.status, timeline.related) == (Status.NO_MATCH, ())


def test_topic_of_undated_articles_alone_says_so(coverage):
    timeline = coverage.timeline(TOPIC, filters=Filters("Coast Wire", since=date(2022, 1, 1)))

    assert (timeline.status, timeline.articles, timeline.undated) == (Status.NO_MATCH, 0, 1)


def test_empty_index_matches_nothing(tiny_encoder, make_index, write_files, tmp_path):
    make_index(tmp_path / "index", tiny_encoder, write_files({}))
    coverage = Coverage(open_snapshot(tmp_path / "index"), tiny_encoder)

    assert coverage.timeline(TOPIC).status is Status.NO_MATCH
    coverage.close()


def test_pages_hold_every_event_once_and_each_is_in_order(coverage):
    whole = coverage.timeline(TOPIC)

    pages = [coverage.timeline(TOPIC, 2, skip) for skip in (0, 2, 4, 6)]

    assert [len(page.events) for page in pages] == [2, 2, 1, 0]
    assert [page.left_out for page in pages] == [3, 1, 0, 0]
    assert {page.status for page in pages} == {Status.ANSWERED}
    assert sorted(name for page in pages for name in ids(page)) == sorted(ids(whole))
    for page in pages:
        moments = [event.moment for event in page.events]
        assert moments == sorted(moments)


BUSY = [
    "opened a swimming pool beside the old brewery",
    "lost a vote over the price of parking",
    "met fishermen who want a deeper harbour",
    "promised the hospital a second ambulance",
    "apologised for a joke about the neighbouring island",
    "dismissed the head of the fire brigade",
    "planted forty lime trees along the river",
    "was asked in court about a missing letter",
    "flew to the capital to ask for money for the school",
    "won a chess game against a girl of nine",
    "forbade fireworks after a barn had burned",
    "named a street after a poet",
    "refused to sell the castle to a hotel",
    "broke a leg on the stairs of the museum",
]
QUIET = {
    2018: "was elected with a majority of four hundred votes",
    2019: "fell from a horse at the summer fair",
    2020: "closed the schools for a week because of the flood",
    2021: "was accused of taking gifts from a builder and denied it",
}


def test_more_than_a_page_comes_from_the_whole_span(encoder, make_index, write_files, tmp_path):
    told = {f"2022-03-{2 * row + 1:02}": text for row, text in enumerate(BUSY)}
    told |= {f"{year}-06-11": text for year, text in QUIET.items()}
    files = {
        f"{day}.md": markdown(day, "Alder Post", f"News of {day}", f"Mayor Okafor of Alder {text}.")
        for day, text in told.items()
    }
    make_index(tmp_path / "index", encoder, write_files(files))
    coverage = Coverage(open_snapshot(tmp_path / "index"), encoder)

    timeline = coverage.timeline("Mayor Okafor")
    coverage.close()

    dates = [str(event.quote.citation.published) for event in timeline.events]
    assert len(dates) == 10
    assert timeline.left_out > 0
    assert timeline.articles == len(told)
    assert dates == sorted(dates)
    assert {f"{year}-06-11" for year in QUIET} < set(dates)


def test_sentence_on_page_after_page_tells_nothing(encoder, make_index, write_files, tmp_path):
    blurb = "The ferry strike of Alder was the longest in the history of the coast, a video says."
    plain = "The storm of Alder tore the roof from a barn number {} and hurt nobody."
    files = {
        f"page-{month}.md": markdown(
            f"2020-{month:02}-05",
            "Alder Post",
            f"Alder {month}",
            f"{plain.format(month)}\n\n{blurb}",
        )
        for month in range(1, 6)
    }
    files |= {f"{name}.txt": text for name, text in OTHER.items()}
    files["vote.md"] = markdown(*STRIKE["vote"])
    make_index(tmp_path / "index", encoder, write_files(files))
    coverage = Coverage(open_snapshot(tmp_path / "index"), encoder)

    timeline = coverage.timeline(TOPIC)
    coverage.close()

    assert VOTE in [event.quote.text for event in timeline.events]
    assert not any(blurb in event.quote.text for event in timeline.events)


class TestVerbatim:
    """What `timeline` returns equals its span of the article stored under the quote's key."""

    UNRELATED = "volcano eruption in Iceland"

    def test_every_quote_equals_its_span_of_the_stored_text(self, coverage):
        timeline, refusal = coverage.timeline(TOPIC), coverage.timeline(self.UNRELATED)

        assert (len(timeline.events), len(refusal.related)) == (5, 3)
        assert (timeline.dropped, refusal.dropped) == (0, 0)
        for quote in (*timeline.quotes, *refusal.quotes):
            article = coverage.article(quote.article_key)
            assert article.text[quote.span.start : quote.span.end] == quote.text

    def test_event_whose_quote_differs_from_the_stored_text_is_dropped_and_counted(
        self, coverage, monkeypatch
    ):
        timeline, stored = coverage.timeline(TOPIC), Coverage.articles

        def altered(self, keys):
            return {
                key: replace(article, text=article.text.replace("lawful", "unfair"))
                for key, article in stored(self, keys).items()
            }

        monkeypatch.setattr(Coverage, "articles", altered)
        kept = coverage.timeline(TOPIC)

        assert "court" in ids(timeline)
        assert ids(kept) == [name for name in ids(timeline) if name != "court"]
        assert kept.dropped == 1

    def test_closest_coverage_of_an_article_that_is_gone_is_dropped_and_counted(
        self, coverage, monkeypatch
    ):
        monkeypatch.setattr(Coverage, "articles", lambda *_: {})

        refusal = coverage.timeline(self.UNRELATED)

        assert (refusal.related, refusal.dropped) == ((), 3)
