"""A stand-in for Discord's HTTP API on loopback that loses requests and answers on demand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import pytest
from aiohttp import web
from discord.http import Route

from bot.client import OnRecordBot

INTERACTION = "1045000000000000000"
USER = {"id": "7", "username": "On Record", "discriminator": "0", "avatar": None, "bot": True}
READER = {"id": "8", "username": "alice", "discriminator": "0", "avatar": None}
APPLICATION = {
    "id": "42",
    "name": "On Record",
    "icon": None,
    "description": "",
    "summary": "",
    "verify_key": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "owner": READER,
    "flags": 0,
}


class Fault(NamedTuple):
    """What happens to a request: it is lost before or after Discord reads it, or unanswered."""

    method: str
    ending: str
    arrives: bool
    hangs: bool = False


class StandIn:
    """Knows one bot, and takes its commands, acknowledgements, edits, deletions and messages."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.edits: list[dict[str, Any]] = []
        self.pictures: list[bytes] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.deleted: list[str] = []
        self.url = ""

    def lose(self, method: str, ending: str, *, arrives: bool = False, hangs: bool = False) -> None:
        """Lose the next request to a path that ends so, or (`arrives`) its response only."""
        self.faults.append(Fault(method, ending, arrives, hangs))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.method, request.path))
        fault = next((each for each in self.faults if _is_of(each, request)), None)
        if fault is None:
            return await self._answer(request)
        self.faults.remove(fault)
        if fault.arrives:
            await self._answer(request)
        if fault.hangs:
            await asyncio.sleep(60)
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def _answer(self, request: web.Request) -> web.Response:
        path, method = request.path, request.method
        if path.endswith("/users/@me"):
            return _json(USER)
        if path.endswith("/applications/@me"):
            return _json(APPLICATION)
        if path.endswith("/commands"):
            return _json([])
        if path.endswith("/callback"):
            return self._acknowledge(path.split("/")[-3], await request.json())
        if method == "PATCH":
            return await self._edit(request)
        if method == "DELETE":
            return self._delete(path)
        return self._post(await request.json())

    def _acknowledge(self, interaction: str, sent: dict[str, Any]) -> web.Response:
        if interaction in self.acknowledged:
            text = "Interaction has already been acknowledged."
            return _json({"code": 40060, "message": text}, status=400)
        self.acknowledged[interaction] = sent
        data = {"id": interaction, "type": 2, "response_message_loading": True}
        return _json({"interaction": data})

    async def _edit(self, request: web.Request) -> web.Response:
        if request.content_type == "multipart/form-data":
            form = await request.post()
            self.edits.append(json.loads(str(form["payload_json"])))
            files = [each for each in form.values() if isinstance(each, web.FileField)]
            self.pictures.extend(each.file.read() for each in files)
        else:
            self.edits.append(await request.json())
        return _json(_message("99"))

    def _delete(self, path: str) -> web.Response:
        if path in self.deleted:
            return _json({"code": 10008, "message": "Unknown Message"}, status=404)
        self.deleted.append(path)
        return web.Response(status=204)

    def _post(self, sent: dict[str, Any]) -> web.Response:
        """Post a message; one with the nonce of an earlier one is that one."""
        assert sent["enforce_nonce"]
        self.messages.setdefault(sent["nonce"], sent)
        return _json(_message("98"))


def _json(value: object, status: int = 200) -> web.Response:
    # discord.py reads JSON only if no charset follows the type.
    body = json.dumps(value).encode()
    return web.Response(body=body, status=status, content_type="application/json")


def _is_of(fault: Fault, request: web.Request) -> bool:
    return request.method == fault.method and request.path.endswith(fault.ending)


def _message(number: str) -> dict[str, Any]:
    return {
        "id": number,
        "channel_id": "5",
        "author": USER,
        "content": "",
        "timestamp": "2022-11-23T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "components": [],
        "flags": 0,
    }


@asynccontextmanager
async def logged_in(bot: OnRecordBot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    """Log the bot in to a stand-in; discord.py's own HTTP client and a real socket are used."""
    stand_in, app = StandIn(), web.Application()
    app.router.add_route("*", "/{path:.*}", stand_in.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    stand_in.url = f"http://{host}:{port}"
    monkeypatch.setattr(Route, "BASE", f"{stand_in.url}/api/v10")
    try:
        await bot.login("token")
        stand_in.requests.clear()
        yield stand_in
    finally:
        await bot.close()
        await runner.cleanup()


def slash(bot: OnRecordBot, name: str, **options: str) -> None:
    """Let the bot get a command, as the gateway delivers it."""
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    _deliver(bot, 2, {"id": "1", "name": name, "type": 1, "options": given})


def click(bot: OnRecordBot, custom_id: str) -> None:
    """Let the bot get a click on a button of its message 99."""
    button = {"type": 2, "style": 2, "label": "Click", "custom_id": custom_id, "id": 2}
    row = {"type": 1, "id": 1, "components": [button]}
    card = _message("99") | {"components": [row], "flags": 1 << 15}
    _deliver(bot, 3, {"custom_id": custom_id, "component_type": 2}, message=card)


def send_message(bot: OnRecordBot, content: str) -> None:
    """Let the bot get a direct message."""
    message = _message("97") | {"author": READER, "content": content, "channel_id": "5"}
    bot._connection.parse_message_create(message)


def _deliver(bot: OnRecordBot, kind: int, data: dict[str, Any], **fields: object) -> None:
    payload = {
        **fields,
        "id": INTERACTION,
        "application_id": "42",
        "type": kind,
        "token": "interaction-token",
        "version": 1,
        "data": data,
        "channel_id": "5",
        "user": READER,
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 1,
        "app_permissions": str(1 << 15),
        "attachment_size_limit": 26214400,
    }
    bot._connection.parse_interaction_create(payload)
