"""Windows get the same verdicts in any company, in their order, in one thread or several."""

import shutil
from dataclasses import replace
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from index.files import hash_file
from index.reader.base import Window
from index.reader.folder import ReaderFolder
from index.reader.onnx_reader import OnnxReader

QUESTION = "Who opened the harbour bridge?"
WINDOWS = [
    Window("The mayor opened the harbour bridge.", "Port"),
    Window("the ferry"),
    Window("“Who opened it?” the mayor said, and nobody in the port knew. " * 6),
    Window(""),
    Window("The mayor opened the harbour bridge."),
    Window("bridge", "The harbour bridge opened"),
]


@pytest.fixture(scope="module")
def reader(tiny_reader):
    return OnnxReader(tiny_reader)


def test_verdict_does_not_depend_on_the_other_windows(reader):
    together = reader.read(QUESTION, WINDOWS)

    assert together == [reader.read(QUESTION, [each])[0] for each in WINDOWS]
    assert len({each.logit for each in together}) == len(WINDOWS)


def test_verdicts_are_in_the_order_of_the_windows(reader):
    assert reader.read(QUESTION, WINDOWS[::-1]) == reader.read(QUESTION, WINDOWS)[::-1]


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_nothing(reader, tiny_reader, threads):
    several = OnnxReader(tiny_reader, threads)

    assert several.read(QUESTION, WINDOWS * 5) == reader.read(QUESTION, WINDOWS) * 5


def test_no_window_gives_no_verdict(reader):
    assert reader.read(QUESTION, []) == []


def test_span_is_inside_the_window_and_none_where_nothing_is_read(reader):
    verdicts = reader.read(QUESTION, WINDOWS)

    assert [each.span is None for each in verdicts] == [not each.text for each in WINDOWS]
    for window, verdict in zip(WINDOWS, verdicts, strict=True):
        if verdict.span:
            assert 0 <= verdict.span.start < verdict.span.end <= len(window.text)


def test_other_outputs_of_a_graph_change_nothing(reader, tiny_reader, tmp_path):
    copied = ReaderFolder(Path(shutil.copytree(tiny_reader.folder, tmp_path / "reader")))
    graph = onnx.load(copied.graph)
    inner = helper.make_tensor_value_info(graph.graph.node[0].output[0], TensorProto.FLOAT, None)
    graph.graph.output.insert(1, inner)
    onnx.save(graph, copied.graph)
    copied.write_description(replace(tiny_reader.describe(), sha256=hash_file(copied.graph)))

    assert OnnxReader(copied).read(QUESTION, WINDOWS) == reader.read(QUESTION, WINDOWS)


@pytest.mark.parametrize("question", ["", "?", "who " * 2000, "\x00", "🚢"])
def test_any_question_is_read(reader, question):
    assert len(reader.read(question, WINDOWS)) == len(WINDOWS)
