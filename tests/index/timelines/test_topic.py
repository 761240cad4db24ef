"""What is on a topic is decided by words and meaning, not by how recent or how big it is."""

import pytest

from index.dates.partial_date import PartialDate
from index.models import Filters
from index.search.question import parse_question
from index.snapshot.snapshot import open_snapshot
from index.timelines.topic import TopicArticle, TopicPassage, find_on_topic, most_relevant

TEXTS = {
    "both": "The harbour bridge of Alder opened to carts and carriages on the first of May.",
    "bridge": "The new railway bridge in the hills is painted green, to please the foresters.",
    "harbour": "Herring was landed in the harbour before dawn, and sold before breakfast.",
    "neither": "The choir sang in the town hall, and the mayor fed the pigeons on the square.",
    "zoo": "Penguins of the zoo are fed with herring at noon, and children may watch.",
    "court": "Penguin Insurance of Zoo Street lost a case over taxes and must pay its lawyers.",
}


@pytest.fixture(scope="module")
def snapshot(encoder, make_index, tmp_path_factory):
    folder = tmp_path_factory.mktemp("topic")
    for name, text in TEXTS.items():
        head = f"---\ntitle: News\noutlet: Post\npublished: 2022-01-0{len(name) - 2}\n---\n\n"
        (folder / f"{name}.md").write_text(head + text, "utf-8")
    make_index(folder / "index", encoder, folder)
    snapshot = open_snapshot(folder / "index")
    yield snapshot
    snapshot.close()


def names(snapshot, encoder, topic):
    found = find_on_topic(parse_question(topic, snapshot, encoder), Filters(), snapshot)
    return {
        snapshot.database.article(each.number).id.removesuffix(".md") for each in found.articles
    }


def test_article_that_holds_every_word_is_on_the_topic(snapshot, encoder):
    assert names(snapshot, encoder, "harbour bridge") == {"both"}
    assert names(snapshot, encoder, "the harbour") == {"both", "harbour"}
    assert names(snapshot, encoder, "choir") == {"neither"}


def test_most_of_the_words_are_not_enough_where_the_meaning_is_another(snapshot, encoder):
    assert names(snapshot, encoder, "zoo penguins fed") == {"zoo"}
    assert names(snapshot, encoder, "zoo penguins") == {"zoo", "court"}


def test_words_that_no_article_holds_find_nothing(snapshot, encoder):
    assert names(snapshot, encoder, "volcano") == set()
    assert names(snapshot, encoder, "who was it") == set()


def test_relevance_is_a_share_and_best_first(snapshot, encoder):
    question = parse_question("the harbour", snapshot, encoder)

    for article in find_on_topic(question, Filters(), snapshot).articles:
        relevance = [passage.relevance for passage in article.passages]
        assert relevance == sorted(relevance, reverse=True)
        assert all(0 <= each <= 1 for each in relevance)


def test_all_cosines_may_be_high_and_close_together(snapshot, encoder):
    """As those of some encoders are: only where a cosine lies among the others counts."""
    question = parse_question("the harbour", snapshot, encoder)
    plain = find_on_topic(question, Filters(), snapshot)

    class Narrow:
        def cosines(self, vector, rows):
            found = snapshot_vectors.cosines(vector, rows)
            return {row: 0.8 + 0.1 * cosine for row, cosine in found.items()}

    snapshot_vectors, snapshot.passage_vectors = snapshot.passage_vectors, Narrow()
    narrow = find_on_topic(question, Filters(), snapshot)
    snapshot.passage_vectors = snapshot_vectors

    assert [each.number for each in narrow.articles] == [each.number for each in plain.articles]
    assert [each.relevance for each in narrow.articles] == pytest.approx(
        [each.relevance for each in plain.articles]
    )


def article(number, published, *relevance):
    passages = tuple(TopicPassage(row, each, 0) for row, each in enumerate(relevance))
    return TopicArticle(number, None, PartialDate.parse(published), passages)


def test_article_with_several_good_passages_is_more_relevant():
    assert article(1, "2022", 0.8).relevance == pytest.approx(0.8 / 1.75)
    assert article(1, "2022", 0.8, 0.4, 0.4, 0.4).relevance == pytest.approx(1.1 / 1.75)


def test_most_relevant_articles_are_taken_from_all_months():
    busy = [article(row, f"2022-03-{row + 1:02}", 0.9) for row in range(20)]
    quiet = [article(20, "2019-01-05", 0.1), article(21, "2020", 0.2), article(22, "2019-01", 0.3)]

    taken = most_relevant([*busy, *quiet], 4)

    assert {each.number for each in taken} == {0, 21, 22} | {taken[-1].number}
    assert len(most_relevant([*busy, *quiet], 400)) == 23
