"""A machine of one core and 512 MB answers on and on, and its memory stays what it is."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
EARLY, ASKED = 300, 1_200  # questions; `benchmark.py` measures as many as you like
PROGRAM = """
import os, resource, sys
from pathlib import Path

# Of writable memory, what is only reserved included; files that are mapped can be taken back.
resource.setrlimit(resource.RLIMIT_DATA, (512 << 20, 512 << 20))
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import bot.__main__  # what the bot loads
from index.coverage import open_coverage

def megabytes(field):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(dict(line.split(":") for line in lines)[field].split()[0]) / 1024

index_dir, early, asked = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
coverage = open_coverage(Path(index_dir))
words = "who when peacekeepers Tasmagambetov treaty Kazakhstan Yerevan signed how many".split()
for number in range(1, asked + 1):
    question = " ".join(words[number % (each + 2)] for each in range(1, 9))
    coverage.answer(f"{question} {number}?")
    if number in (early, asked):
        print(megabytes("RssAnon"), megabytes("VmHWM"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_does_not_grow_with_the_questions(sample_index):
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, sample_index, str(EARLY), str(ASKED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    (before, _), (after, peak) = (map(float, line.split()) for line in ran.stdout.splitlines())
    assert after - before < 5
    assert peak < 512
