"""A snapshot brings its encoder along: torch is for the first build with a model, and no more."""

import json
import os
import shutil
import sys
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from index.build.encoder import load_encoder
from index.build.options import BuildOptions
from index.build.pipeline import build_snapshot
from index.coverage import open_coverage
from index.encoders.model_files import BUNDLED_NAME, hash_model_files
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.torch_encoder import TorchEncoder
from index.errors import (
    EncoderError,
    SnapshotCorruptError,
    SnapshotMismatchError,
)
from index.snapshot.file_checks import verify_files
from index.snapshot.layout import Layout
from tests.index.schema_3 import write_schema_3

GRAPH_FILES = ["model.onnx", "model.onnx.data", "tokenizer.json"]


@pytest.fixture
def model(tiny_model, tmp_path):
    """The tiny model in a folder that may be changed."""
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    return folder


@pytest.fixture
def articles(write_files):
    return write_files({"a.txt": "The bridge opened on Monday.", "b.txt": "The ferry stays."})


@pytest.fixture
def build(articles, model, tmp_path):
    """Build an index as the command does: `build()`, or with another model's folder."""

    def build_index(folder=model, **options):
        index_dir = tmp_path / "index"
        encoder = load_encoder(str(folder), index_dir, **options)
        return build_snapshot([articles], index_dir, encoder, "a test")

    return build_index


@pytest.fixture
def index_dir(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def no_torch(monkeypatch):
    """Let any use of a model in torch fail."""

    def forbid():
        monkeypatch.setattr(TorchEncoder, "__init__", None)

    return forbid


@pytest.fixture
def no_export(monkeypatch):
    """Let every export fail, as that of a model does whose layers no graph can say."""

    def forbid():
        def fail(*_, **__):
            raise RuntimeError("no such operator")

        monkeypatch.setattr("index.encoders.onnx_export._trace", fail)

    return forbid


def graph_of(folder):
    return {path.name: path for path in Layout(folder).encoder.folder.iterdir()}


def inodes(folder):
    return {name: path.stat().st_ino for name, path in graph_of(folder).items()}


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text("utf-8"))


class TestBuilding:
    def test_first_build_puts_the_graph_into_the_snapshot(self, build, model):
        summary = build()

        assert sorted(graph_of(summary.folder)) == GRAPH_FILES
        files = manifest_of(summary.folder)["files"]
        assert {name for name in files if "/" in name} == {f"encoder/{n}" for n in GRAPH_FILES}
        assert summary.not_exported is None
        verify_files(summary.folder)

    def test_passages_are_encoded_by_the_graph(self, build, monkeypatch):
        monkeypatch.setattr(
            TorchEncoder, "_forward", None
        )  # but for questions, while it is compared
        monkeypatch.setattr("index.encoders.onnx_export._compare", lambda *_: None)

        assert build().encoded == 2

    def test_build_with_the_same_model_loads_no_torch(self, build, articles, no_torch, index_dir):
        build()
        no_torch()
        (articles / "c.txt").write_text("Another story.")

        summary = build()

        assert summary.encoded == 1
        assert len(summary.changes.added) == 1
        assert isinstance(load_encoder(str(articles.parent / "model"), index_dir), OnnxEncoder)

    def test_same_graph_is_linked_not_copied(self, build, articles):
        first = build()
        (articles / "c.txt").write_text("Another story.")

        second = build()

        assert second.folder != first.folder
        assert inodes(second.folder) == inodes(first.folder)

    def test_same_graph_is_copied_where_the_disk_cannot_link(self, build, articles, monkeypatch):
        def fail(*_):
            raise OSError(18, "Invalid cross-device link")

        first = build()
        (articles / "c.txt").write_text("Another story.")
        monkeypatch.setattr(os, "link", fail)

        second = build()

        assert not set(inodes(second.folder).values()) & set(inodes(first.folder).values())
        for name, path in graph_of(second.folder).items():
            assert path.read_bytes() == graph_of(first.folder)[name].read_bytes()
        verify_files(second.folder)

    def test_graph_outlives_the_snapshots_that_it_comes_from(self, articles, model, index_dir):
        """As in `--watch`, where one encoder is loaded for all builds."""
        encoder = load_encoder(str(model), index_dir)
        for number in range(4):
            (articles / f"{number}.txt").write_text(f"Story number {number}.")
            summary = build_snapshot([articles], index_dir, encoder, "a test", BuildOptions(keep=1))
            encoder = load_encoder(str(model), index_dir) if number == 0 else encoder

        assert isinstance(encoder, OnnxEncoder)
        assert not encoder.files.graph.exists()
        verify_files(summary.folder)

    def test_nothing_new_leaves_the_snapshot_in_use(self, build):
        first = build()

        assert build().folder == first.folder

    def test_damaged_graph_is_exported_anew(self, build, articles):
        first = build()
        weights = graph_of(first.folder)["model.onnx.data"]
        before = weights.read_bytes()
        weights.write_bytes(bytes([before[0] ^ 1]) + before[1:])
        (articles / "c.txt").write_text("Another story.")

        second = build()

        assert "model.onnx.data: missing, or not the file that was built" in second.why_not_reusable
        assert graph_of(second.folder)["model.onnx.data"].read_bytes() == before
        verify_files(second.folder)

    def test_graphics_card_encodes_and_the_graph_comes_along(
        self, build, articles, monkeypatch, index_dir, model
    ):
        monkeypatch.setattr(TorchEncoder, "is_on_gpu", True)
        monkeypatch.setattr(OnnxEncoder, "encode_passages", None)
        monkeypatch.setattr("index.encoders.onnx_export._compare", lambda *_: None)

        first = build(device="cpu")
        (articles / "c.txt").write_text("Another story.")
        second = build(device="cpu")

        assert (first.encoded, second.encoded) == (2, 1)
        assert inodes(second.folder) == inodes(first.folder)


class TestIdentity:
    """Two encoders are one where all files they were loaded from are the same."""

    def test_moved_model_is_the_same(self, build, model, articles, no_torch, tmp_path):
        build()
        no_torch()
        moved = model.rename(tmp_path / "elsewhere")
        (moved / "README.md").write_text("What it is good for.")
        (moved / ".gitattributes").write_text("*.safetensors filter=lfs")
        (articles / "c.txt").write_text("Another story.")

        summary = build(moved)

        assert summary.encoded == 1
        assert manifest_of(summary.folder)["encoder"]["name"] == str(moved)

    def test_other_weights_under_the_same_name_are_another(self, build, model, make_model):
        first = build()
        shutil.rmtree(model)
        shutil.copytree(make_model(seed=1), model)

        second = build()

        assert second.why_not_reusable.startswith(
            f"it was built by another encoder: {model} (weights "
        )
        assert second.encoded == 2
        assert inodes(second.folder) != inodes(first.folder)
        old, new = (
            manifest_of(each.folder)["encoder"]["weights_sha256"] for each in (first, second)
        )
        assert old != new

    def test_same_weights_pooled_otherwise_are_another(self, build, model):
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

        layers = [Transformer(str(model)), Pooling(32, "mean")]
        SentenceTransformer(modules=layers).save(str(model))
        first = build()
        pooling = model / "1_Pooling" / "config.json"
        pooling.write_text(pooling.read_text().replace('"mean"', '"max"'))

        second = build()

        assert second.encoded == 2
        old, new = (manifest_of(each.folder)["encoder"] for each in (first, second))
        assert old["weights_sha256"] == new["weights_sha256"]
        assert old["files_sha256"] != new["files_sha256"]
        assert second.why_not_reusable.startswith(
            f"it was built by another encoder: {model} (weights "
        )

    def test_bundled_model_is_known_by_either_name(self, monkeypatch):
        assert hash_model_files("") == hash_model_files(BUNDLED_NAME)

    def test_name_of_no_folder_tells_nothing(self):
        assert hash_model_files("organisation/model") is None

    def test_description_without_files_is_told_by_weights_and_prompts(self, tiny_encoder):
        known = tiny_encoder.description
        unknown = replace(known, files_sha256=None)

        assert known.is_same(unknown)
        assert unknown.is_same(known)
        assert not known.is_same(replace(unknown, weights_sha256="0" * 64))
        assert not known.is_same(replace(unknown, prompts={"document": "passage: "}))


class TestOlderIndex:
    """An index of before, without a graph: what it holds is taken over, and the graph added."""

    @pytest.fixture
    def without_graph(self, build):
        folder = build().folder
        shutil.rmtree(folder / "encoder")
        write_schema_3(folder)
        manifest = manifest_of(folder)
        for name in ("encoder_files_sha256", "encoder_window"):
            del manifest[name]
        manifest["files"] = {n: each for n, each in manifest["files"].items() if "/" not in n}
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        return folder

    def test_it_still_answers_in_torch(self, without_graph, index_dir):
        coverage = open_coverage(index_dir, threshold=0.0)

        assert isinstance(coverage._encoder, TorchEncoder)
        assert coverage.answer("When did the bridge open?").quotes
        coverage.close()

    def test_build_adds_the_graph_and_encodes_nothing(self, without_graph, build, index_dir):
        summary = build()

        assert summary.folder != without_graph
        assert (summary.encoded, summary.why_not_reusable, bool(summary.changes)) == (
            0,
            None,
            False,
        )
        coverage = open_coverage(index_dir)
        assert isinstance(coverage._encoder, OnnxEncoder)
        coverage.close()


class TestNoGraph:
    """A model that cannot be exported is used in torch, for building and for questions."""

    def test_build_and_questions_use_torch(self, build, no_export, index_dir, model):
        no_export()

        summary = build()

        assert summary.not_exported == (
            f"cannot write the embedding model '{model}' for use without torch: no such operator; "
            "keep torch installed where the index is asked"
        )
        assert not (summary.folder / "encoder").exists()
        assert summary.encoded == 2
        coverage = open_coverage(index_dir, threshold=0.0)
        assert isinstance(coverage._encoder, TorchEncoder)
        assert coverage.answer("When did the bridge open?").quotes
        coverage.close()

    def test_nothing_new_leaves_the_snapshot_in_use(self, build, no_export):
        no_export()
        first = build()

        assert build().folder == first.folder

    def test_missing_torch_is_one_clear_error(self, build, no_export, index_dir, monkeypatch):
        no_export()
        build()
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)

        with pytest.raises(EncoderError) as caught:
            open_coverage(index_dir)

        assert "sentence-transformers is not installed: run `make setup`" in str(caught.value)


class TestIndexOf8Bits:
    """An index whose encoder has weights of 8 bits, as builds once offered."""

    @pytest.fixture
    def rounded(self, build):
        folder = build().folder
        write_schema_3(folder, encoder_int8=True)
        return folder

    def test_it_answers_by_its_own_graph(self, rounded, index_dir, no_torch):
        no_torch()

        with closing(open_coverage(index_dir)) as coverage:
            assert coverage.snapshot_id == rounded.name
            assert isinstance(coverage._encoder, OnnxEncoder)

    def test_next_build_encodes_all_of_it_again(self, rounded, build):
        summary = build()

        assert summary.encoded == 2
        assert "another encoder" in summary.why_not_reusable
        assert "weights 8 bits of" in summary.why_not_reusable
        assert summary.folder != rounded


class TestOpening:
    def test_questions_load_no_torch(self, build, index_dir, no_torch):
        build()
        no_torch()

        coverage = open_coverage(index_dir, threshold=0.0)

        assert coverage.answer("When did the bridge open?").quotes
        coverage.close()

    @pytest.mark.parametrize("name", GRAPH_FILES)
    def test_graph_that_was_altered_is_refused(self, build, index_dir, name):
        path = graph_of(build().folder)[name]
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

        with pytest.raises(SnapshotCorruptError) as caught:
            open_coverage(index_dir)

        assert caught.value.path == path

    def test_one_altered_weight_is_refused(self, build, index_dir):
        weights = graph_of(build().folder)["model.onnx.data"]
        numbers = np.fromfile(weights, np.float32)
        numbers[7] += 1
        numbers.tofile(weights)

        with pytest.raises(SnapshotCorruptError, match="not the file that was built"):
            open_coverage(index_dir)

    def test_model_that_is_set_may_have_moved(self, build, index_dir, model, tmp_path, no_torch):
        build()
        no_torch()

        open_coverage(index_dir, str(model.rename(tmp_path / "elsewhere"))).close()

    def test_model_that_is_set_may_be_on_the_machine_that_built_only(
        self, build, index_dir, model, no_torch
    ):
        build()
        no_torch()
        shutil.rmtree(model)

        open_coverage(index_dir, str(model)).close()

    def test_another_model_is_refused_though_it_has_the_name(
        self, build, index_dir, model, make_model, no_torch
    ):
        build()
        no_torch()
        shutil.rmtree(model)
        shutil.copytree(make_model(seed=1), model)

        with pytest.raises(SnapshotMismatchError, match=r"\(files [0-9a-f]{12}\)', but '"):
            open_coverage(index_dir, str(model))

    def test_name_that_nobody_knows_is_refused(self, build, index_dir, model):
        build()

        with pytest.raises(SnapshotMismatchError) as caught:
            open_coverage(index_dir, "organisation/model")

        assert (caught.value.found, caught.value.expected) == (str(model), "organisation/model")

    def test_made_up_question_of_a_bundled_index_needs_no_bundled_package(
        self, sample_index, monkeypatch, no_torch
    ):
        no_torch()
        monkeypatch.setattr("index.encoders.model_files.bundled_folder", lambda: None)

        for model in ("", BUNDLED_NAME):
            open_coverage(sample_index, model).close()
