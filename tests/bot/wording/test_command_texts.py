"""Commands as Discord is told of them, in every language, and only when they changed."""

import re

import pytest
from simcord.http import FakeHTTPClient

from bot.client import _is_same
from tests.bot.reading import ENGLISH, RUSSIAN, payload_of

NAME = re.compile(r"[-_'\w]{1,32}")
LOCALIZED = ("name_localizations", "description_localizations")


def syncs(newsroom) -> int:
    return len([each for each in newsroom.env.http_requests if each.method == "PUT"])


def with_parts(payloads):
    """The commands and all inside them: groups, options, choices."""
    for payload in payloads:
        yield payload
        yield from with_parts(payload.get("options", []))
        yield from with_parts(payload.get("choices", []))


def texts_of(payload, field):
    return [payload[field], *payload.get(f"{field}_localizations", {}).values()]


async def test_names_and_descriptions_are_said_in_russian_too(newsroom):
    commands = payload_of(newsroom.env, "PUT", "/commands")

    ask = next(each for each in commands if each["name"] == "ask")
    assert ask["name_localizations"] == {"ru": "спросить"}
    assert ask["description"] == ENGLISH.say("command-ask-description")
    assert ask["description_localizations"] == {"ru": RUSSIAN.say("command-ask-description")}
    assert [option["name"] for option in ask["options"]] == [
        "question",
        "outlet",
        "since",
        "until",
        "private",
    ]
    assert [option["name_localizations"]["ru"] for option in ask["options"]] == [
        "вопрос",
        "издание",
        "с",
        "по",
        "лично",
    ]


async def test_names_and_descriptions_are_such_as_discord_takes_in_every_language(newsroom):
    parts = list(with_parts(payload_of(newsroom.env, "PUT", "/commands")))

    for part in parts:
        assert "ru" in part["name_localizations"], part["name"]
        if "description" not in part:  # a choice, or a command of a menu
            limit = 100 if "value" in part else 32
            assert all(1 <= len(name) <= limit for name in texts_of(part, "name"))
            continue
        for name in texts_of(part, "name"):
            assert NAME.fullmatch(name)
            assert name == name.lower()
        assert "ru" in part["description_localizations"], part["name"]
        for text in texts_of(part, "description"):
            assert 1 <= len(text) <= 100, text
        for of_language in (str, lambda each: each["name_localizations"]["ru"]):
            options = [of_language(each) for each in part.get("options", [])]
            assert len(set(options)) == len(options)


async def test_who_may_use_a_command_is_left_to_the_servers_own_settings(newsroom):
    """Reading needs no permission; Server Settings → Integrations narrows it down."""
    for command in payload_of(newsroom.env, "PUT", "/commands"):
        assert command["default_member_permissions"] is None


async def test_commands_are_not_sent_again_while_they_are_the_same(
    newsroom, open_bot, sample_index, like_discord
):
    assert syncs(newsroom) == 1

    await newsroom.env.restart_bot(open_bot(sample_index))

    assert syncs(newsroom) == 1


@pytest.mark.parametrize("of_option", [False, True])
@pytest.mark.parametrize("field", LOCALIZED)
async def test_commands_are_sent_again_where_a_text_in_another_language_changed(
    newsroom, open_bot, sample_index, field, of_option
):
    registered = newsroom.env.backend.commands[None]["ask", 1]
    changed = registered["options"][0] if of_option else registered
    changed[field] = {"ru": "другое"}

    await newsroom.env.restart_bot(open_bot(sample_index))

    assert syncs(newsroom) == 2
    assert "другое" not in str(newsroom.env.backend.commands)


async def test_commands_are_sent_again_where_another_language_is_no_longer_spoken(
    newsroom, open_bot, sample_index
):
    registered = newsroom.env.backend.commands[None]["ask", 1]
    registered["name_localizations"] = {"ru": "спросить", "uk": "запитати"}

    await newsroom.env.restart_bot(open_bot(sample_index))

    assert syncs(newsroom) == 2


def test_choices_are_compared_with_their_texts():
    own = {"choices": [{"name": "a", "value": "a", "name_localizations": {"ru": "а"}}]}
    same = {"choices": [{"name": "a", "value": "a", "name_localizations": {"ru": "а"}, "x": None}]}
    other = {"choices": [{"name": "a", "value": "a", "name_localizations": {"ru": "б"}}]}

    assert _is_same(own, same)
    assert not _is_same(own, other)


@pytest.fixture
def like_discord(monkeypatch):
    """Leave out the texts in other languages unless they are asked for, as Discord does."""
    original = FakeHTTPClient.request

    async def request(self, route, **options):
        answer = await original(self, route, **options)
        asked = (options.get("params") or {}).get("with_localizations") == "true"
        if route.method == "GET" and route.path.endswith("/commands") and not asked:
            return [without(each) for each in answer]
        return answer

    def without(payload):
        kept = {name: value for name, value in payload.items() if name not in LOCALIZED}
        return kept | {"options": [without(each) for each in payload.get("options", [])]}

    monkeypatch.setattr(FakeHTTPClient, "request", request)
