"""Lines are read one after another in the file's encoding, however large the file."""

import gzip
import tracemalloc

import pytest

from index.errors import NotTextError
from index.formats.lines import DAMAGED, is_damaged, iter_lines

LINES = [
    "Паром ушёл из порта в полдень.\n",
    "\n",
    "Он вернулся вечером, и он был полон.\r\n",
    "“Да”",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_lines_come_back_from_every_unicode_encoding(tmp_path, encoding):
    path = tmp_path / "a.jsonl"
    path.write_bytes("".join(LINES).encode(encoding))

    assert list(iter_lines(path, "\n")) == LINES


def test_lines_of_an_old_encoding_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes("".join(LINES).encode("cp1251"))

    assert list(iter_lines(path, "\n")) == LINES


def test_archive_is_read_like_the_file(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress("".join(LINES).encode("utf-16")))

    assert list(iter_lines(path, "\n")) == LINES


def test_line_in_another_encoding_than_the_first_is_tried_on_its_own(tmp_path):
    path = tmp_path / "a.jsonl"
    other = "“We waited for the café’s ferry,” she said.\n".encode("cp1252")
    path.write_bytes("Паром ушёл.\n".encode() + other + "橋は三月末\n".encode("cp932") + b"End.\n")

    first, second, third, fourth = iter_lines(path, "\n")

    assert (first, second) == ("Паром ушёл.\n", "“We waited for the café’s ferry,” she said.\n")
    assert is_damaged(third)
    assert fourth == "End.\n"
    assert not any(map(is_damaged, (first, second, fourth)))


def test_first_byte_beyond_ascii_may_come_late(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"The ferry left.\n" * 50_000 + "It’s “back”.\n".encode("cp1252"))

    *_, last = iter_lines(path, "\n")

    assert last == "It’s “back”.\n"


def test_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"%PDF-1.7 \xff\xfe\x00")

    with pytest.raises(NotTextError, match=r"^a PDF document"):
        list(iter_lines(path, "\n"))


def test_cut_archive_yields_what_came_before(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress("".join(f"Boat {n * 7919}.\n" for n in range(90_000)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    lines = iter_lines(path, "\n")

    assert next(lines) == "Boat 0.\n"
    with pytest.raises(DAMAGED):
        list(lines)


def test_cut_utf16_is_told(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(("Boat.\n" * 40_000).encode("utf-16") + b"\x00")

    with pytest.raises(NotTextError, match=r"^damaged UTF-16"):
        list(iter_lines(path, "\n"))


def test_memory_stays_flat(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(20_000):
            file.write(f"{number} " + "паром " * 100 + "\n")
    tracemalloc.start()
    count = sum(1 for _ in iter_lines(path, "\n"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_000
    assert path.stat().st_size > 20_000_000
    assert peak < 2_000_000
