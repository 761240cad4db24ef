"""Tables that tokens are looked up in lie in half precision; whatever else is kept whole."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from index.encoders.description import EncoderFiles
from index.encoders.onnx_graph import write_graph

ROWS, WIDTH = 200, 8
TABLE = np.random.default_rng(0).normal(size=(ROWS, WIDTH)).astype(np.float32)
IDS = np.array([0, 7, ROWS - 1], np.int64)


@pytest.fixture
def written(tmp_path):
    """Write a graph that looks rows up, and the nodes of its own in `more`; return its files."""

    def write(*more, outputs=("rows",)):
        nodes = [helper.make_node("Gather", ["table", "ids"], ["rows"]), *more]
        made = helper.make_graph(
            nodes,
            "lookup",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["length"])],
            [helper.make_tensor_value_info(each, TensorProto.FLOAT, None) for each in outputs],
            [numpy_helper.from_array(TABLE, "table")],
        )
        opset = helper.make_opsetid("", 17)
        onnx.save_model(
            helper.make_model(made, opset_imports=[opset], ir_version=8), tmp_path / "traced.onnx"
        )
        files = EncoderFiles(tmp_path / "encoder")
        files.folder.mkdir()
        write_graph(tmp_path / "traced.onnx", files)
        return files

    return write


def run(files):
    session = onnxruntime.InferenceSession(files.graph, providers=["CPUExecutionProvider"])
    return session.run(None, {"ids": IDS})


def test_table_takes_half_the_room_and_gives_nearly_the_same_rows(written):
    files = written()
    (rows,) = run(files)

    assert files.weights.stat().st_size == ROWS * WIDTH * 2
    assert rows.dtype == np.float32
    assert np.allclose(rows, TABLE[IDS], rtol=2**-11, atol=0)
    assert not np.array_equal(rows, TABLE[IDS])


@pytest.mark.parametrize(
    "other",
    [
        helper.make_node("Gather", ["table", "ids"], ["again"]),
        helper.make_node("Identity", ["table"], ["again"]),
    ],
    ids=lambda node: node.op_type,
)
def test_table_that_more_than_one_step_reads_is_kept_whole(written, other):
    rows, _ = run(written(other, outputs=("rows", "again")))

    assert np.array_equal(rows, TABLE[IDS])
