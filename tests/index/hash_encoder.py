"""An encoder without a model: a text's vector comes from its hash. For tests of builds alone.

Run as a program, it builds an index and can be killed: `hash_encoder.py ARTICLES INDEX LOG`.
"""

import sys
import time
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.build.pipeline import build_snapshot
from index.encoders.base import EncodedPassage, TextEncoder
from index.encoders.description import EncoderDescription
from index.encoders.scale import BUNDLED_SCALES

SECONDS_A_BATCH = 0.05


class HashEncoder(TextEncoder):
    """Notes every passage that it encodes in `log`, a line each."""

    passage_tokens = 500

    def __init__(self, log=None, weights="0", seconds_a_batch=0.0):
        self.description = EncoderDescription(
            name="hash",
            revision=None,
            weights_sha256=weights * 64,
            files_sha256=None,
            dimension=16,
            prompts={"query": "", "document": ""},
            window=500,
            scales=BUNDLED_SCALES,
        )
        self.encoded = []
        self._log = log
        self._seconds_a_batch = seconds_a_batch

    def count_tokens(self, texts):
        return [len(text.split()) for text in texts]

    def encode_question(self, question):
        return self._vector(question)

    def encode_passages(self, passages):
        time.sleep(self._seconds_a_batch)
        for passage in passages:
            self.encoded.append(passage.text)
            if self._log:
                with self._log.open("a") as log:
                    log.write(sha256(passage.text.encode()).hexdigest() + "\n")
        return [
            EncodedPassage(
                self._vector(each.headline + each.text),
                np.stack([self._vector(each.text[s.start : s.end]) for s in each.sentences]),
            )
            for each in passages
        ]

    def install(self, files, exported):
        return self

    def _forward(self, batch):
        raise NotImplementedError

    def _vector(self, text):
        seed = int.from_bytes(
            sha256((self.description.weights_sha256 + text).encode()).digest()[:8], "big"
        )
        vector = np.random.default_rng(seed).normal(size=16).astype(np.float32)
        return vector / np.linalg.norm(vector)


def main():
    articles, index_dir, log = map(Path, sys.argv[1:])
    encoder = HashEncoder(log, seconds_a_batch=SECONDS_A_BATCH)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    build_snapshot([articles], index_dir, encoder, "a test")


if __name__ == "__main__":
    main()
