"""The optional second look: a real CrossEncoder, tiny and made here, rescores sentences."""

import pytest

from index.coverage import open_coverage
from index.errors import RerankerError
from index.search.reranker import RESCORED, Reranker


@pytest.fixture(scope="module")
def make_reranker(tmp_path_factory, tiny_model):
    """Write a cross-encoder of one layer that knows nothing and scores a pair so many times."""

    def make(labels=1):
        import torch
        from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

        folder = tmp_path_factory.mktemp("reranker")
        AutoTokenizer.from_pretrained(tiny_model).save_pretrained(folder)
        config = BertConfig.from_pretrained(tiny_model)
        config.num_labels = labels
        with torch.random.fork_rng():
            torch.manual_seed(0)
            BertForSequenceClassification(config).save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="module")
def folder(make_reranker):
    return make_reranker()


def test_best_sentences_are_put_in_the_order_of_the_cross_encoder(folder):
    reranker = Reranker(str(folder))
    texts = {1: "The bridge opened.", 2: "The ferry stays in port.", 3: "Who is the mayor?"}

    scores = reranker.rescore("who opened the bridge?", texts, {1: 0.9, 2: 0.8, 3: 0.7})

    pairs = [("who opened the bridge?", text) for text in texts.values()]
    expected = dict(zip(texts, reranker._model.predict(pairs).tolist(), strict=True))
    assert sorted(scores, key=scores.get) == sorted(expected, key=expected.get)
    assert (min(scores.values()), max(scores.values())) == (0.5, 1.0)


def test_what_it_did_not_read_stays_below_in_its_order(folder):
    count = RESCORED + 2
    texts = {number: f"The ferry {number} stays." for number in range(count)}
    before = {number: 1 - number / 1000 for number in range(count)}

    scores = Reranker(str(folder)).rescore("the ferry?", texts, before)

    assert min(scores[number] for number in range(RESCORED)) >= 0.5
    assert 0.5 > scores[RESCORED] > scores[RESCORED + 1] > 0


def test_coverage_answers_with_it(folder, sample_index):
    question = "who was nominated CSTO secretary general?"
    plain, second = open_coverage(sample_index), open_coverage(sample_index, reranker=str(folder))
    try:
        one, other = plain.answer(question, 10), second.answer(question, 10)
        assert other.dropped == 0
    finally:
        plain.close()
        second.close()

    # It knows nothing, so the order changes; the refusal is decided before its look.
    assert one.probability == other.probability
    assert [quote.text for quote in one.quotes] != [quote.text for quote in other.quotes]
    assert other.quotes


def test_model_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(RerankerError, match=r"cannot load the reranker .*check RERANKER_MODEL"):
        Reranker(str(tmp_path / "nowhere"))


def test_model_with_several_scores_a_pair_is_refused(make_reranker):
    with pytest.raises(RerankerError, match="it gives 3 scores a pair, expected 1"):
        Reranker(str(make_reranker(labels=3)))
