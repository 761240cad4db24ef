"""A reader without a model, for tests of what is made of its verdicts."""

from index.reader.base import ReaderDescription

ENGLISH = ReaderDescription("fake", "", ("en",), marks_answers=True, is_calibrated=True)
UNCALIBRATED = ReaderDescription("own", "")


class FakeReader:
    """Gives each text the verdict that is written for it, and notes what it reads."""

    def __init__(self, verdicts, description=ENGLISH):
        self.description = description
        self.asked = []
        self._verdicts = verdicts

    def read(self, question, windows):
        self.asked.append((question, list(windows)))
        return [self._verdicts[each.text] for each in windows]
