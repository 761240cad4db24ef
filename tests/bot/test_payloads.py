"""What the bot sends is what Discord's own description of its API takes."""

import json
import re
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from tests.bot.reading import buttons, texts
from tests.conftest import SHARED

SPECIFICATION = SHARED / "openapi.json"
NOMINATED = "who was nominated CSTO secretary general?"
UNRELATED = "who won the football world cup?"

pytestmark = pytest.mark.shared(SPECIFICATION.name)


@cache
def specification():
    return json.loads(SPECIFICATION.read_text("utf-8"))


@cache
def validator(method, template):
    body = specification()["paths"][template][method]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": specification()["components"]})


@cache
def patterns():
    """Every path that takes something, those with the fewest placeholders first."""
    paths = sorted(specification()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in paths]


def template_of(method, path):
    operations = specification()["paths"]
    return next(
        each
        for pattern, each in patterns()
        if pattern.fullmatch(path) and "requestBody" in operations[each].get(method, {})
    )


def as_strings(payload):
    """The payload with ids as strings where discord.py sends numbers, which Discord takes too."""
    if not isinstance(payload, dict):
        return payload
    reference = payload.get("message_reference", {})
    ids = {name: str(value) for name, value in reference.items() if name.endswith("_id")}
    with_strings = dict(payload)
    if reference:
        with_strings["message_reference"] = reference | ids
    if "recipient_id" in payload:
        with_strings["recipient_id"] = str(payload["recipient_id"])
    if users := payload.get("allowed_mentions", {}).get("users"):
        mentions = payload["allowed_mentions"] | {"users": [*map(str, users)]}
        with_strings["allowed_mentions"] = mentions
    if payload.get("attachments"):
        with_strings["attachments"] = [
            each | {"id": str(each["id"])} for each in payload["attachments"]
        ]
    return with_strings


def problems(requests):
    """What is wrong with each request, by its path as described."""
    found = {}
    for request in requests:
        if request.json is None:
            continue
        method = request.method.lower()
        template = template_of(method, request.path)
        sent = as_strings(request.json)
        wrong = [error.message for error in validator(method, template).iter_errors(sent)]
        found.setdefault((method, template), []).extend(wrong)
    return found


async def test_everything_that_is_sent_is_as_described(newsroom, ivan):
    bot = newsroom.env.bot.user.mention
    for asker in (newsroom.alice, ivan):
        card = (await newsroom.ask(NOMINATED, by=asker, outlet="Sample Courier")).response.message
        context = await newsroom.bob.click(card, custom_id=buttons(card)[0].custom_id)
        cited = await newsroom.bob.click(context.response.message, label="Copy citation")
        code = texts(cited.response.message)[-1].splitlines()[-2]
        await asker.slash(newsroom.channel, "verify", code=code)
        await newsroom.bob.click(card, custom_id=buttons(card)[-1].custom_id)
        await newsroom.ask("why? " * 200, by=asker)
        await newsroom.ask(UNRELATED, by=asker, since="someday")
        private = (await newsroom.ask(UNRELATED, by=asker, private=True)).response.message
        share = next(each for each in buttons(private) if each.custom_id == "share")
        await asker.click(private, custom_id=share.custom_id)
        await asker.autocomplete(newsroom.channel, "ask", "outlet", "s")
        message = await asker.send(newsroom.channel, f"{bot} {NOMINATED}")
        await asker.send(newsroom.channel, "and when?", reply_to=newsroom.channel.last_message)
        await asker.context_menu(newsroom.channel, "Find in coverage", message)
        await asker.send(newsroom.channel, bot)
        await asker.slash(newsroom.channel, "coverage")
        await asker.slash(newsroom.channel, "digest", days=31)
        await asker.slash(newsroom.channel, "timeline", topic="peacekeepers in Kazakhstan")
    more = (await newsroom.ask(NOMINATED)).response.message
    await newsroom.bob.click(more, label="More quotes")
    await newsroom.alice.click(more, label="Dismiss")

    found = problems(newsroom.env.http_requests)

    assert {path for _, path in found} == {
        "/applications/{application_id}/commands",
        "/channels/{channel_id}/messages",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        "/webhooks/{webhook_id}/{webhook_token}",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
    }
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


async def test_commands_are_as_described(newsroom):
    (registered,) = [
        each for each in newsroom.env.http_requests if each.path.endswith("/commands") and each.json
    ]

    names = {each["name"] for each in registered.json}
    assert names == {"ask", "Find in coverage", "coverage", "digest", "timeline", "verify"}
    assert problems([registered]) == {("put", template_of("put", registered.path)): []}


@pytest.mark.parametrize(
    ("method", "path", "payload"),
    [
        ("put", "/applications/1/commands", [{"name": "x" * 33, "type": 1}]),
        ("post", "/channels/1/messages", {"components": [{"type": 2, "style": 9}]}),
        ("patch", "/webhooks/1/t/messages/@original", {"components": [{"type": 10}]}),
    ],
)
def test_what_discord_would_refuse_is_noticed(method, path, payload):
    assert not validator(method, template_of(method, path)).is_valid(payload)
