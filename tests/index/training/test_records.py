"""Question sets are read in both forms, and a bad line is one clear error."""

import gzip
import json

import pytest

from index.errors import InputFileError
from index.models import Span
from index.training.records import Record, read_coverage, read_question_sets, sample_sets

CONTEXT = "The naïve mayor opened the bridge on Monday. It rained."
PARAGRAPH = {
    "context": CONTEXT,
    "group": "Alder_Bay",
    "qas": [
        {
            "question": "When did the bridge open?",
            "answerable": True,
            "answers": [{"text": "Monday", "start": 37}, {"text": "on Monday", "start": 34}],
            "kind": "qa",
        },
        {"question": "Who sold it?", "answerable": False, "answers": [], "kind": "qa"},
        {"question": "It rained.", "answerable": True, "answers": [], "kind": "claim"},
    ],
}


@pytest.fixture
def write_lines(tmp_path):
    def write(name, *lines):
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        data = "".join(f"{text}\n" for text in texts).encode()
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


class TestQuestionSets:
    def test_paragraph_is_a_record_a_question(self, write_lines, tmp_path):
        write_lines("harbour.jsonl.gz", PARAGRAPH)

        group = "harbour/Alder_Bay"
        assert list(read_question_sets(tmp_path)) == [
            Record("When did the bridge open?", CONTEXT, group, (Span(37, 43), Span(34, 43)), True),
            Record("Who sold it?", CONTEXT, group, (), False),
            Record("It rained.", CONTEXT, group, (), True, is_claim=True),
        ]

    def test_only_the_named_sets_are_read_in_their_order(self, write_lines, tmp_path):
        for name in ("a", "b", "c"):
            write_lines(f"{name}.jsonl.gz", PARAGRAPH)

        def groups(*names):
            found = read_question_sets(tmp_path, names)
            return list(dict.fromkeys(each.group.split("/")[0] for each in found))

        assert groups("c", "a") == ["c", "a"]
        assert groups() == ["a", "b", "c"]

    def test_name_that_is_given_twice_counts_once(self, write_lines, tmp_path):
        write_lines("harbour.jsonl.gz", PARAGRAPH)

        assert len(list(read_question_sets(tmp_path, ["harbour", "harbour"]))) == 3

    def test_folder_without_a_set_is_one_clear_error(self, write_lines, tmp_path):
        write_lines("questions.jsonl", PARAGRAPH)

        with pytest.raises(InputFileError) as found:
            list(read_question_sets(tmp_path))

        reason = "no question set: expected files named NAME.jsonl.gz"
        assert str(found.value) == f"{tmp_path}: {reason}"

    def test_answer_without_a_character_is_one_clear_error(self, write_lines, tmp_path):
        answer = {"text": "", "start": 0}
        path = write_lines(
            "harbour.jsonl.gz", PARAGRAPH | {"qas": [PARAGRAPH["qas"][0] | {"answers": [answer]}]}
        )

        with pytest.raises(InputFileError, match="an answer without a character") as found:
            list(read_question_sets(tmp_path))

        assert found.value.path == path

    @pytest.mark.parametrize("lines", [(), (PARAGRAPH | {"qas": []},)])
    def test_set_without_a_question_is_one_clear_error(self, write_lines, tmp_path, lines):
        write_lines("full.jsonl.gz", PARAGRAPH)
        path = write_lines("hollow.jsonl.gz", *lines)

        with pytest.raises(InputFileError) as found:
            list(read_question_sets(tmp_path))

        reason = 'no question: expected a paragraph a line, with its "qas"'
        assert str(found.value) == f"{path}: {reason}"

    def test_missing_set_is_named(self, tmp_path):
        with pytest.raises(InputFileError, match=r"gone\.jsonl\.gz: cannot be read: No such file"):
            list(read_question_sets(tmp_path, ["gone"]))

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("no json", "Expecting value"),
            ("[]", "list indices"),
            ({"context": "a", "qas": []}, "no 'group'"),
            ({"context": "a", "group": "g", "qas": [{"question": "q"}]}, "no 'answers'"),
            (
                {
                    **PARAGRAPH,
                    "qas": [{**PARAGRAPH["qas"][0], "answers": [{"text": "Monday", "start": 36}]}],
                },
                "answer 'Monday' does not stand at 36",
            ),
            (
                {
                    **PARAGRAPH,
                    "qas": [{**PARAGRAPH["qas"][0], "answers": [{"text": "rained.", "start": -7}]}],
                },
                "answer 'rained.' does not stand at -7",
            ),
        ],
    )
    def test_bad_line_is_one_clear_error(self, write_lines, tmp_path, line, reason):
        path = write_lines("harbour.jsonl.gz", PARAGRAPH, line)

        with pytest.raises(InputFileError) as found:
            list(read_question_sets(tmp_path))

        assert str(found.value).startswith(f"{path}:2: expected context, group and qas: {reason}")
        assert "\n" not in str(found.value)

    @pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"plain" + data])
    def test_damaged_file_is_one_clear_error(self, write_lines, tmp_path, damage):
        path = write_lines("harbour.jsonl.gz", *[PARAGRAPH] * 50)
        path.write_bytes(damage(path.read_bytes()))

        with pytest.raises(InputFileError) as found:
            list(read_question_sets(tmp_path))

        assert str(found.value).startswith(f"{path}: cannot be read: ")

    def test_text_that_is_not_utf8_is_one_clear_error(self, tmp_path):
        path = tmp_path / "harbour.jsonl.gz"
        path.write_bytes(gzip.compress('{"context": "Café"}\n'.encode("latin-1")))

        with pytest.raises(InputFileError, match="cannot be read: 'utf-8' codec"):
            list(read_question_sets(tmp_path))


MANY = [
    Record(f"{name}{row}?", "", f"{name}/page {row}", (), is_answered=False)
    for name in "ab"
    for row in range(20)
]


class TestSampling:
    def drawn(self, seed=0, **most):
        found = sample_sets(MANY, most, seed)
        return [each.question for each in found]

    def test_each_set_has_its_own_limit(self):
        found = self.drawn(a=5)

        assert [each[0] for each in found] == ["a"] * 5 + ["b"] * 20
        assert len(set(found)) == 25

    def test_limit_above_the_size_takes_all(self):
        assert sorted(self.drawn(a=99)) == sorted(each.question for each in MANY)

    def test_seed_decides_what_is_drawn(self):
        assert self.drawn(1, a=5) == self.drawn(1, a=5) != self.drawn(2, a=5)


TEXT = "Bridge opens.\n\nMayor Falk opened it. The mayor, Falk, spoke.\n\nIt rained on Monday."


@pytest.fixture
def coverage(write_lines, tmp_path):
    """A measuring set of two articles: write its questions, and read those of `one`."""

    def read(*questions, articles=("one",)):
        listed = [{"id": "one", "text": TEXT}, {"id": "two", "text": "Nothing here."}]
        write_lines("articles.jsonl.gz", *listed)
        write_lines("questions.jsonl", *questions)
        return list(read_coverage(tmp_path, articles))

    return read


def question(text, evidence, *answers, article="one"):
    return {
        "question": text,
        "answerable": True,
        "answers": list(answers),
        "evidence": [{"article_id": article, "text": evidence}],
    }


NEAR_MISS = {"question": "Who closed it?", "answerable": False, "answers": []}


class TestCoverage:
    def test_record_is_the_paragraph_with_the_evidence(self, coverage):
        (found,) = coverage(question("Who opened it?", "Mayor Falk opened it.", "Mayor Falk"))

        context = "Mayor Falk opened it. The mayor, Falk, spoke."
        assert found == Record("Who opened it?", context, "one", (Span(0, 10),), is_answered=True)

    def test_question_without_an_answer_is_about_the_paragraph_before_it(self, coverage):
        found = coverage(
            NEAR_MISS,
            question("When did it rain?", "It rained on Monday.", "Monday"),
            NEAR_MISS,
            question("What?", "Nothing here.", "Nothing", article="two"),
            NEAR_MISS,
        )

        assert [(each.question, each.context, each.is_answered) for each in found] == [
            ("When did it rain?", "It rained on Monday.", True),
            ("Who closed it?", "It rained on Monday.", False),
        ]

    def test_answer_that_is_not_in_the_paragraph_gives_no_record(self, coverage):
        found = coverage(
            question("When did it rain?", "It rained on Monday.", "Monday", ""),
            question("Who?", "It rained on Monday.", "Falk"),
            question("Who?", "It is not there.", "Falk"),
        )

        assert [(each.question, len(each.answers)) for each in found] == [("When did it rain?", 1)]

    def test_article_without_a_question_is_named(self, coverage):
        with pytest.raises(InputFileError, match=r"questions\.jsonl: no question about .* 'two'"):
            coverage(question("Who?", "It rained on Monday.", "It"), articles=["one", "two"])

    def test_unknown_article_is_named(self, coverage):
        with pytest.raises(InputFileError, match="it has no article 'three'"):
            coverage(articles=["one", "three"])

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("no json", "Expecting value"),
            ({"question": "Who?"}, "no 'answerable'"),
            (question("Who?", "It rained.", "Falk", article="nine"), "no 'nine'"),
            ({**question("Who?", "It rained."), "evidence": []}, "list index out of range"),
        ],
    )
    def test_bad_question_is_one_clear_error(self, coverage, tmp_path, line, reason):
        with pytest.raises(InputFileError) as found:
            coverage(question("Who?", "It rained on Monday.", "Monday"), line)

        place = f"{tmp_path / 'questions.jsonl'}:2: expected question, answers, answerable and "
        assert str(found.value).startswith(f"{place}evidence: {reason}")

    def test_bad_article_is_one_clear_error(self, write_lines, tmp_path):
        path = write_lines("articles.jsonl.gz", {"id": "one"})

        with pytest.raises(InputFileError) as found:
            list(read_coverage(tmp_path, []))

        assert str(found.value) == f"{path}:1: expected id and text: no 'text'"
