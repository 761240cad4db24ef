"""`ask.py` as operators run it."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from index.answers.citations import quote_span
from index.dates.partial_date import PartialDate
from index.formats.folders import iter_articles
from index.models import Article, Span
from scripts import _render
from scripts._render import cite, print_quote
from scripts.ask import ask

QUESTION = "Who commanded the peacekeepers?"
FOOTBALL = "Who won the football world cup?"
QUOTE_FIELDS = ["text", "article_id", "start", "end", "answer", "score", "citation", "also_in"]
CITED = ["outlet", "headline", "headline_stands_in", "url", "published", "paragraph"]


def assert_shape(answer, articles):
    assert list(answer) == [*("question", "status", "respelt", "quotes", "related", "took_ms")]
    assert answer["took_ms"] > 0
    for quote in answer["quotes"] + answer["related"]:
        assert list(quote) == QUOTE_FIELDS
        assert list(quote["citation"]) == CITED
        article = articles[quote["article_id"]]
        assert quote["text"] == article.text[quote["start"] : quote["end"]]
        assert quote["citation"]["headline"] == article.headline
        assert quote["citation"]["outlet"] == article.outlet
        if answer := quote["answer"]:
            assert list(answer) == ["text", "start", "end"]
            assert quote["start"] <= answer["start"] < answer["end"] <= quote["end"]
            assert answer["text"] == article.text[answer["start"] : answer["end"]]


@pytest.fixture
def samples():
    folder = Path(__file__).parents[2] / "examples" / "coverage"
    return {article.id: article for _, article in iter_articles([folder])}


def test_answer_is_quotes_with_their_citations(run_script, sample_index):
    ran = run_script(
        *("ask.py", QUESTION, "--index", sample_index, "--quotes", 1, "--reader", "off")
    )

    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    lines = ran.out.splitlines()
    assert "  Colonel General Andrey Serdyukov of Russia commands the peacekeepers." in ran.out
    assert lines[-1] == (
        "  [1] CSTO peacekeepers deploy in Kazakhstan after appeal by Tokayev · Sample Gazette · "
        "10 January 2022 · ¶ 3 · https://example.org/gazette/2022/01/kazakhstan-deployment"
    )


def test_json_has_exactly_its_fields(run_here, sample_index, samples):
    ran = run_here(ask, QUESTION, "--index", sample_index, "--reader", "off", "--json")

    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert_shape(answer, samples)
    assert (answer["question"], answer["status"]) == (QUESTION, "answered")
    assert len(answer["quotes"]) == 3
    assert answer["related"] == []
    assert "Andrey Serdyukov" in answer["quotes"][0]["text"]
    assert answer["quotes"][0]["answer"] is None
    assert answer["quotes"][0]["citation"]["published"] == "2022-01-10T18:30:00+06:00"


def test_file_of_questions_gives_a_json_line_each(run_here, sample_index, samples, tmp_path):
    asked = [{"id": "a", "question": QUESTION}, {"id": 7, "question": FOOTBALL, "answers": []}]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n\n".join(map(json.dumps, asked)) + "\n", "utf-8")

    ran = run_here(
        *(ask, "--questions", file, "--index", sample_index),
        *("--quotes", 5, "--reader", "off"),
    )

    assert ran.code == 0, ran.err
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer.pop("id") for answer in answers] == ["a", 7]
    for answer in answers:
        assert_shape(answer, samples)
    assert [answer["status"] for answer in answers] == ["answered", "not_answered"]
    assert [len(answer["quotes"]) for answer in answers] == [5, 0]
    assert len(answers[1]["related"]) == 3
    assert {quote["answer"] for quote in answers[0]["quotes"] + answers[1]["related"]} == {None}


def test_question_of_a_file_is_seen_from_its_own_day(run_here, sample_index, tmp_path):
    question = "What happened yesterday?"
    asked = [
        {"id": 1, "question": question, "date": "2022-11-24"},
        {"id": 2, "question": question, "date": "20 January 2022"},
        {"id": 3, "question": question},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, asked)), "utf-8")

    ran = run_here(ask, "--questions", file, "--index", sample_index, "--reader", "off")

    assert ran.code == 0, ran.err
    days = [
        {quote["citation"]["published"][:10] for quote in json.loads(line)["quotes"]}
        for line in ran.out.splitlines()
    ]
    assert days == [{"2022-11-23"}, {"2022-01-19"}, set()]


def test_answer_is_printed_in_bold_line_by_line(monkeypatch):
    """Also what a terminal leaves out, a bell here, shifts nothing."""
    article = Article("a", "Ring\x07 it:\r\non Monday [b],\n\nat noon. Then rest.", "Headline")
    quote = replace(quote_span(article, Span(0, 45), 1.0), answer=Span(11, 34))
    terminal = Console(file=StringIO(), force_terminal=True, color_system="standard", width=200)
    monkeypatch.setattr(_render, "output", terminal)

    print_quote(quote, 1)

    lines = terminal.file.getvalue().splitlines()
    assert lines[:4] == [
        "  Ring it:",
        "  \x1b[1mon Monday [b],\x1b[0m",
        "  ",
        "  \x1b[1mat noon\x1b[0m. Then rest",
    ]


def test_reader_leaves_out_the_quotes_that_do_not_answer(run_here, sample_index, samples):
    ran = run_here(ask, QUESTION, "--index", sample_index, "--quotes", 5, "--json")

    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert_shape(answer, samples)
    assert 1 <= len(answer["quotes"]) < 5
    assert "Andrey Serdyukov" in answer["quotes"][0]["answer"]["text"]


def test_reader_that_cannot_be_opened_is_one_line(run_here, tiny_index, tmp_path):
    ran = run_here(ask, QUESTION, "--index", tiny_index, "--reader", tmp_path / "gone")

    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert line.startswith(f"error: cannot load the reader '{tmp_path / 'gone'}': ")
    assert line.endswith(
        "check READER (`on` for the bundled one, `off` for none, or the name or folder of another)"
    )


def test_other_model_is_one_line_with_the_command(run_here, sample_index, tiny_model):
    ran = run_here(ask, QUESTION, "--index", sample_index, "--model", tiny_model)

    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert line.startswith(f"error: the index in {sample_index} has encoder 'all-MiniLM-L6-v2 ")
    assert f"but '{tiny_model} (files " in line
    assert line.endswith(f"python scripts/build_index.py ARTICLES --index {sample_index}")


def test_missing_index_is_one_line_with_the_command(run_here, tmp_path):
    ran = run_here(ask, QUESTION, "--index", tmp_path / "gone")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"error: no index in {tmp_path / 'gone'}: build one with: "
        f"python scripts/build_index.py ARTICLES --index {tmp_path / 'gone'}\n"
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "give one QUESTION, --questions FILE.jsonl or --verify CODE"),
        ([" "], "give one QUESTION, --questions FILE.jsonl or --verify CODE"),
        ([QUESTION, "--quotes", "0"], "--quotes"),
        ([QUESTION, "--quotes", "11"], "--quotes"),
        (["--questions", "gone.jsonl"], "does not exist"),
        ([QUESTION, "--colour"], "No such option"),
    ],
)
def test_wrong_use_is_exit_code_2(run_here, tiny_index, arguments, reason):
    ran = run_here(ask, "--index", tiny_index, *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err


def test_question_and_file_together_are_wrong_use(run_here, tiny_index, write_files):
    file = write_files({"q.jsonl": "{}"}) / "q.jsonl"

    ran = run_here(ask, "--index", tiny_index, QUESTION, "--questions", file)

    assert ran.code == 2


def test_refusal_shows_the_closest_coverage_under_its_own_label(run_here, tiny_index):
    ran = run_here(ask, "Who won the cup?", "--index", tiny_index, "--threshold", "1.0")

    assert ran.code == 0
    assert ran.out.startswith(
        "The coverage doesn't answer this.\n\nClosest coverage, not an answer:\n"
    )
    assert "[3] " in ran.out


def test_name_that_the_coverage_spells_otherwise_is_told_in_text_and_json(run_here, sample_index):
    question = "What posts has Tasmaganbetov held?"

    text = run_here(ask, question, "--index", sample_index, "--reader", "off")
    fields = run_here(ask, question, "--index", sample_index, "--reader", "off", "--json")

    assert text.out.startswith("Showing results for Tasmagambetov.\n")
    answer = json.loads(fields.out)
    assert (answer["question"], answer["respelt"]) == (question, ["Tasmagambetov"])
    right = run_here(ask, "What posts has Tasmagambetov held?", "--index", sample_index, "--json")
    assert json.loads(right.out)["respelt"] == []


def test_empty_index_says_that_nothing_matches(
    run_here, tiny_encoder, make_index, write_files, tmp_path
):
    make_index(tmp_path / "index", tiny_encoder, write_files({}))

    ran = run_here(ask, QUESTION, "--index", tmp_path / "index")

    assert (ran.code, ran.out) == (0, "Nothing in the coverage matches this question.\n")


def test_quote_is_printed_character_by_character(run_here, tiny_index):
    """Neither as markup, nor as the emoji that a name between colons stands for."""
    question = "Which sign reads everyone warning keep left and nobody obeys?"
    ran = run_here(ask, question, "--index", tiny_index, "--threshold", "0", "--quotes", 1)

    assert (
        '  The sign reads "@everyone :warning: keep **left**" and nobody obeys <@1234> on the quay.'
        in ran.out.splitlines()
    )


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("no json", 2),
        ('{"id": "b"}', 2),
        ('{"question": "Who?"}', 2),
        ("[1]", 2),
    ],
)
def test_line_that_is_no_question_is_named(run_here, tiny_index, write_files, line, place):
    good = '{"id": "a", "question": "Who opened the bridge?"}'
    file = write_files({"q.jsonl": f"{good}\n{line}\n"}) / "q.jsonl"

    ran = run_here(ask, "--questions", file, "--index", tiny_index)

    assert ran.code == 1
    assert ran.err == (
        f'error: {file}:{place}: expected lines such as {{"id": "1", "question": "who …?"}}, '
        f"found {line}\n"
    )


def test_file_without_a_question_is_one_line(run_here, tiny_index, write_files):
    file = write_files({"q.jsonl": "\n\n"}) / "q.jsonl"

    ran = run_here(ask, "--questions", file, "--index", tiny_index)

    assert ran.code == 1
    assert ran.err.startswith(f"error: {file}: no question in it, expected lines such as ")


def test_file_of_questions_that_is_not_utf8_is_one_line(run_here, tiny_index, write_files):
    file = write_files({"q.jsonl": '{"id": "a", "question": "Café?"}'.encode("latin-1")})

    ran = run_here(ask, "--questions", file / "q.jsonl", "--index", tiny_index)

    assert ran.code == 1
    assert ran.err.startswith(f"error: {file / 'q.jsonl'}")


def test_what_is_unknown_is_said_to_be_unknown():
    article = Article("a", "The bridge opened.", "The bridge opened.", headline_stands_in=True)
    known = Article(
        "b", "It opened.", "Bridge opens", outlet="Post", published=PartialDate(None, 3, 14)
    )

    assert cite(quote_span(article, Span(0, 18), 1.0)) == (
        "The bridge opened. (first sentence; no headline) · outlet unknown · date unknown · ¶ 1"
    )
    assert cite(quote_span(known, Span(0, 10), 1.0)) == (
        "Bridge opens · Post · 14 March, year unknown · ¶ 1"
    )


def test_filter_by_outlet_and_date_comes_before_the_ranking(run_here, sample_index):
    ran = run_here(
        *(ask, "Who leads the CSTO?", "--index", sample_index, "--json"),
        *("--outlet", "sample gazette", "--until", "January 2022"),
    )

    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    cited = [quote["citation"] for quote in answer["quotes"] + answer["related"]]
    assert cited
    assert {each["outlet"] for each in cited} == {"Sample Gazette"}
    assert all(each["published"][:10] <= "2022-01-31" for each in cited)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--since", "someday"), "error: “someday” is not a date that is understood; try 23 "),
        (("--outlet", "Nowhere"), "error: No outlet “Nowhere” in the coverage. There is: "),
    ],
)
def test_filter_that_is_not_understood_is_one_line(run_here, sample_index, option, said):
    ran = run_here(ask, QUESTION, "--index", sample_index, *option)

    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert line.startswith(said)


def test_filters_that_let_nothing_through_are_told(run_here, sample_index):
    ran = run_here(ask, QUESTION, "--index", sample_index, "--until", "1950")

    assert ran.code == 0, ran.err
    assert ran.out.startswith("No article in the coverage fits these filters (")


def test_question_without_a_word_is_not_put_down_to_the_filters(run_here, sample_index):
    ran = run_here(ask, "?!", "--index", sample_index, "--until", "2023")

    assert ran.code == 0, ran.err
    assert ran.out == "Nothing in the coverage matches this question.\n"


SERDYUKOV = "c67cd03c55:490-559:74b9a6c5"


def test_words_of_a_code_are_shown_where_they_stand(run_here, sample_index):
    ran = run_here(ask, "--verify", f"`{SERDYUKOV}`", "--index", sample_index)

    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "These very words stand in the coverage, at the same place."
    assert "Colonel General Andrey Serdyukov of Russia commands the peacekeepers." in ran.out
    assert " · Sample Gazette · 10 January 2022 · ¶ 4 · https://example.org/" in lines[-1]


@pytest.mark.parametrize(
    ("code", "finding", "said"),
    [
        (SERDYUKOV.replace("559", "558"), "changed", "These words do not stand there"),
        ("0000000000:490-559:74b9a6c5", "gone", "The article of this code is not in the coverage"),
    ],
)
def test_words_that_are_not_there_end_in_exit_code_1(run_here, sample_index, code, finding, said):
    told = run_here(ask, "--verify", code, "--index", sample_index)
    as_json = run_here(ask, "--verify", code, "--index", sample_index, "--json")

    assert (told.code, as_json.code) == (1, 1)
    assert told.out.startswith(said)
    fields = json.loads(as_json.out)
    assert (fields["code"], fields["finding"]) == (code, finding)
    assert (fields["now"] is None) == (finding == "gone")


def test_what_is_no_code_is_one_line(run_here, sample_index):
    ran = run_here(ask, "--verify", "Serdyukov", "--index", sample_index)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: “Serdyukov” is not the code of a quote: one looks like ")
