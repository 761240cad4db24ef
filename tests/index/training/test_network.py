"""A network has the size and the weights of what it starts from, and a head for answers."""

import numpy as np
import pytest
import torch

from index.training.network import build_network, count_layers, pick_layers
from tests.index.tiny_training import LAYERS, SIZE

LAYER = "bert.encoder.layer."


def inputs(length=7):
    ids = torch.arange(2 * length).reshape(2, length) + 4
    return ids, torch.ones_like(ids), torch.zeros_like(ids)


def test_network_has_the_weights_that_it_is_built_from(start):
    network = build_network(start)

    found = network.weights()
    assert set(found) == set(start) | {
        f"{head}.{part}" for head in ("answers", "span") for part in ("weight", "bias")
    }
    for name, value in start.items():
        assert np.array_equal(found[name], value)
        assert found[name].dtype == np.float32


def test_start_has_its_one_head_for_answers_too(start):
    reading = build_network(start).eval()(*inputs())

    assert torch.equal(reading.logits, reading.relevance)
    assert reading.logits.shape == (2,)
    assert reading.starts.shape == reading.ends.shape == (2, 7)


def test_span_head_is_drawn_and_always_the_same(start):
    before = torch.get_rng_state()

    one = build_network(start).weights()
    torch.rand(3)
    other = build_network(start).weights()

    assert np.array_equal(one["span.weight"], other["span.weight"])
    assert one["span.weight"].shape == (2, SIZE)
    assert np.ptp(one["span.weight"]) > 0
    torch.set_rng_state(before)
    build_network(start)
    assert torch.equal(torch.get_rng_state(), before)


def test_trained_network_keeps_its_own_heads(start):
    weights = build_network(start).weights()
    weights["answers.bias"] = weights["answers.bias"] + 3

    found = build_network(weights).weights()

    assert all(np.array_equal(found[name], value) for name, value in weights.items())


def test_words_are_frozen_and_nothing_else(start):
    network = build_network(start)

    network.freeze()

    frozen = [name for name, each in network.named_parameters() if not each.requires_grad]
    assert frozen == ["bert.embeddings.word_embeddings.weight"]


def test_lowest_layers_are_frozen_with_all_that_is_below_them(start):
    network = build_network(start)

    network.freeze(1)

    frozen = {name for name, each in network.named_parameters() if not each.requires_grad}
    below = {name for name in start if name.startswith(("bert.embeddings.", f"{LAYER}0."))}
    assert frozen == below & dict(network.named_parameters()).keys()


def test_picked_layers_are_numbered_anew_in_their_order(start):
    picked = pick_layers(start, [2, 0])

    assert (count_layers(start), count_layers(picked)) == (LAYERS, 2)
    of_layers = {name for name in start if name.startswith(LAYER)}
    for new, old in enumerate([2, 0]):
        for name in of_layers:
            if name.startswith(f"{LAYER}{old}."):
                renamed = name.replace(f"{LAYER}{old}.", f"{LAYER}{new}.")
                assert picked[renamed] is start[name]
    assert {name for name in picked if not name.startswith(LAYER)} == set(start) - of_layers
    assert build_network(picked).bert.config.num_hidden_layers == 2


def test_all_layers_picked_are_the_network_itself(start):
    everything = build_network(pick_layers(start, range(LAYERS))).eval()(*inputs())

    assert torch.equal(everything.logits, build_network(start).eval()(*inputs()).logits)


@pytest.mark.parametrize("layers", [[0, 3], [-1], [9]])
def test_layer_that_is_not_there_is_named(start, layers):
    unknown = min(each for each in layers if not 0 <= each < LAYERS)

    with pytest.raises(ValueError, match=f"no layer {unknown}: there are 3, from 0"):
        pick_layers(start, layers)


@pytest.mark.parametrize(
    "alter",
    [
        lambda weights: {},
        lambda weights: weights | {"decoder.weight": np.zeros((2, 2), np.float32)},
        lambda weights: {n: v for n, v in weights.items() if n != "bert.pooler.dense.bias"},
        lambda weights: {n: v for n, v in weights.items() if n != "classifier.bias"},
    ],
)
def test_weights_of_another_network_are_refused(start, alter):
    with pytest.raises(ValueError, match="weights of another network: "):
        build_network(alter(dict(start)))
