"""Every phrase is there in both languages, is used, and gets the values that it needs."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.wording import phrases as phrases_module
from bot.wording.phrases import LANGUAGES, LOCALES, PhraseError, Phrases
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN

BOT = Path(__file__).parents[3] / "bot"
CODE = {path: ast.parse(path.read_text("utf-8")) for path in sorted(BOT.rglob("*.py"))}
# These hand on ids that they are given.
DOORS = {"phrases.py", "command_texts.py"}
# These speak to the operator, or list words that readers use.
NOT_FOR_READERS = {
    "__main__.py",
    "diagnostics.py",
    "health.py",
    "permissions.py",
    "settings.py",
    "small_talk.py",
    "watch_file.py",
}


class Names(Visitor):
    """The variables and the other phrases that a phrase names."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.phrases: set[str] = set()

    def visit_VariableReference(self, node) -> None:  # noqa: N802  # the library's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node) -> None:  # noqa: N802
        self.phrases.add(node.id.name)


def entries(language: str) -> list[fluent.EntryType]:
    return FluentParser().parse((LOCALES / f"{language}.ftl").read_text("utf-8")).body


def names_by_id(language: str) -> dict[str, Names]:
    found = {}
    for entry in entries(language):
        if isinstance(entry, fluent.Message):
            found[entry.id.name] = Names()
            found[entry.id.name].visit(entry)
    return found


def variables(phrase_id: str, names: dict[str, Names]) -> set[str]:
    """The variables that a phrase needs, those of the phrases inside it too."""
    own = names[phrase_id]
    return own.variables.union(*(variables(each, names) for each in own.phrases))


def calls(*functions: str) -> list[tuple[Path, ast.Call]]:
    return [
        (path, node)
        for path, tree in CODE.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in functions
    ]


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def literals(node: ast.expr) -> list[str]:
    """The strings that an argument can be; none where that cannot be seen."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return [node.value] if is_text else []


SAYING = [(path, call) for path, call in calls("say", "command_text") if path.name not in DOORS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_in_fluents_syntax_and_each_once(language):
    junk = [entry.content for entry in entries(language) if isinstance(entry, fluent.Junk)]
    ids = [entry.id.name for entry in entries(language) if isinstance(entry, fluent.Message)]

    assert junk == []
    assert sorted(set(ids)) == sorted(ids)


def test_both_languages_have_the_same_phrases_with_the_same_variables():
    english, russian = (
        {phrase_id: variables(phrase_id, names) for phrase_id in names}
        for names in map(names_by_id, LANGUAGES)
    )

    assert english == russian


def test_every_phrase_that_is_said_exists_and_gets_its_values():
    names = names_by_id("en")

    assert len(SAYING) > 40
    for path, call in SAYING:
        ids = literals(call.args[0])
        assert ids, f"{path.name}:{call.lineno}: an id that cannot be checked"
        for phrase_id in ids:
            given = {keyword.arg for keyword in call.keywords}
            assert phrase_id in names, f"{path.name}:{call.lineno}"
            assert given == variables(phrase_id, names), f"{path.name}:{call.lineno}"


def test_every_phrase_is_used():
    names = names_by_id("en")
    said = chain.from_iterable(literals(call.args[0]) for _, call in SAYING)
    inside = chain.from_iterable(each.phrases for each in names.values())

    assert set(names) - set(said) - set(inside) == set()


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 11, 12, 21, 22, 25, 1204])
def test_every_phrase_can_be_put_together(phrases, count, caplog):
    names = names_by_id(phrases.language)

    for phrase_id in names:
        values = dict.fromkeys(variables(phrase_id, names), count)
        assert phrases.say(phrase_id, **values).strip()
    assert caplog.records == []


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 статья без известной даты не учтена"),
        (2, "2 статьи без известной даты не учтены"),
        (5, "5 статей без известной даты не учтено"),
        (11, "11 статей без известной даты не учтено"),
        (21, "21 статья без известной даты не учтена"),
        (22, "22 статьи без известной даты не учтены"),
        (1204, "1\u00a0204 статьи без известной даты не учтены"),
    ],
)
def test_russian_words_follow_their_number(count, said):
    assert RUSSIAN.say("answer-undated", count=count) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "из 1 статьи"), (2, "из 2 статей"), (21, "из 21 статьи"), (11, "из 11 статей")],
)
def test_russian_footer_follows_its_number(count, said):
    assert f" {said} · " in RUSSIAN.say("answer-footer", count=count, newest="", updated="")


def test_what_is_missing_or_broken_is_said_in_english(tmp_path, monkeypatch, caplog):
    (tmp_path / "ru.ftl").write_text("button-more = Ещё { $what }\n", "utf-8")
    monkeypatch.setattr(phrases_module, "LOCALES", tmp_path)
    broken = Phrases("ru")

    assert broken.say("button-context") == "Context"
    assert broken.say("button-more") == "More quotes"
    assert "no phrase button-context in ru.ftl" in caplog.text
    assert "phrase button-more in ru.ftl: Unknown external: what" in caplog.text
    caplog.clear()  # else the fixture that looks for such records fails this test


def test_what_english_cannot_say_either_is_an_error():
    with pytest.raises(PhraseError, match="no phrase nothing"):
        ENGLISH.say("nothing")
    with pytest.raises(PhraseError, match=r"answer-since .* Unknown external: day"):
        ENGLISH.say("answer-since")


def test_no_sentence_for_readers_stands_in_the_code():
    found = [
        f"{path.name}:{node.lineno}: {node.value}"
        for path, tree in CODE.items()
        if path.name not in NOT_FOR_READERS
        for node in spoken(tree)
        if re.search(r"[^\W\d_]{2,} [^\W\d_]{2,}", node.value)
    ]

    assert found == []


def test_no_label_stands_in_the_code():
    """Arguments that readers see, and those of the functions that show text."""
    keywords = {"label", "placeholder", "title", "description", "content"}
    shows = {"TextDisplay", "notice_card", "send_message", "reply", "describe", "rename"}
    found = []
    for path, tree in CODE.items():
        for node in ast.walk(tree):
            if path.name in NOT_FOR_READERS or not isinstance(node, ast.Call):
                continue
            is_shown = called(node) in shows
            arguments = list(node.args) if is_shown else []
            arguments += [each.value for each in node.keywords if is_shown or each.arg in keywords]
            if called(node) == "command":
                arguments += [each.value for each in node.keywords if each.arg == "name"]
            found += [(path.name, text) for each in arguments for text in literals(each)]

    assert found == []


def spoken(tree: ast.Module) -> list[ast.Constant]:
    """The strings of a module, without docstrings and what goes to the log."""
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        is_bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_log = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")
        is_error = isinstance(node, ast.Raise)
        if is_bare or is_log or is_error:
            silent.update(ast.walk(node))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent
    ]
