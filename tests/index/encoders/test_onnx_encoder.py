"""The graph gives the vectors of sentence-transformers, without loading it."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from index.encoders.base import PassageText
from index.encoders.description import EncoderFiles
from index.encoders.onnx_encoder import OnnxEncoder
from index.errors import SnapshotCorruptError
from index.models import Span

SAME = 0.9999  # cosine


def cosines(one, other):
    """The cosine of each pair of rows."""
    return (np.asarray(one) * np.asarray(other)).sum(axis=-1)


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(torch_encoder, encoder, many_texts):
    expected = torch_encoder.model.encode(many_texts, normalize_embeddings=True)

    questions = [encoder.encode_question(text) for text in many_texts]
    passages = encoder.encode_passages([PassageText("", text, ()) for text in many_texts])

    assert torch_encoder.description.prompts == {"query": "", "document": ""}
    assert (questions[0].shape, questions[0].dtype) == ((384,), np.float32)
    assert cosines(questions, expected).min() >= SAME
    assert cosines([each.vector for each in passages], expected).min() >= SAME


def test_sentences_and_headlines_are_read_as_in_torch(torch_encoder, encoder, many_passages):
    some = many_passages[:50]  # the awkward ones and a long one included

    pairs = zip(encoder.encode_passages(some), torch_encoder.encode_passages(some), strict=True)

    for found, expected in pairs:
        assert found.sentences.shape == (3, 384)
        assert cosines(found.vector, expected.vector) >= SAME
        assert cosines(found.sentences, expected.sentences).min() >= SAME


def test_model_is_named_and_read_as_in_torch(torch_encoder, encoder, many_texts):

    assert encoder.description == torch_encoder.description
    assert encoder.passage_tokens == torch_encoder.passage_tokens
    assert encoder.count_tokens(many_texts) == torch_encoder.count_tokens(many_texts)


def test_threads_change_no_vector(open_tiny, many_passages):
    one = open_tiny().encode_passages(many_passages)
    three = open_tiny(threads=3).encode_passages(many_passages)

    for found, expected in zip(three, one, strict=True):
        assert np.array_equal(found.vector, expected.vector)
        assert np.array_equal(found.sentences, expected.sentences)


def test_threads_take_batches_at_a_time(open_tiny):
    encoder = open_tiny(threads=2)
    forward, both_at_work = encoder._forward, Barrier(2, timeout=30)

    def meet(batch):
        both_at_work.wait()
        return forward(batch)

    encoder._forward = meet

    # 8 of them fill a batch.
    encoder.encode_passages([PassageText("", "the bridge " * 100, ()) for _ in range(16)])


def test_questions_may_be_asked_from_several_threads(tiny_encoder, many_texts):
    expected = [tiny_encoder.encode_question(text) for text in many_texts]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(tiny_encoder.encode_question, many_texts))

    assert np.array_equal(found, expected)


@pytest.mark.parametrize("file", ["model.onnx", "model.onnx.data", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\x00 no such thing"])
def test_damaged_file_is_one_clear_error(tiny_encoder, tmp_path, file, content):
    folder = tmp_path / "encoder"
    shutil.copytree(tiny_encoder.files.folder, folder)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)

    with pytest.raises(SnapshotCorruptError) as caught:
        OnnxEncoder(EncoderFiles(folder), tiny_encoder.description)

    # The weights are read through the graph, which names them.
    assert caught.value.path == folder / file.removesuffix(".data")
    assert "\n" not in str(caught.value)
    assert "build it again with build_index.py" in str(caught.value)


def test_no_passage_gives_no_vector(open_tiny):
    assert open_tiny(threads=2).encode_passages([]) == []


def test_passage_without_sentences_has_none(tiny_encoder):
    (encoded,) = tiny_encoder.encode_passages([PassageText("", "the bridge", ())])

    assert encoded.sentences.shape == (0, 32)


def test_sentence_past_the_window_takes_the_passage_s_vector(tiny_encoder):
    text = "the bridge " * 200
    (encoded,) = tiny_encoder.encode_passages(
        [PassageText("", text, (Span(0, 10), Span(2000, 2010)))]
    )

    assert np.array_equal(encoded.sentences[1], encoded.vector)
    assert cosines(encoded.sentences[0], encoded.vector) < SAME
