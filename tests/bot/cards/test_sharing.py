"""`/ask` for oneself, and the card shared afterwards."""

import discord
import pytest
from simcord import interactions

from bot.cards.sharing import MAX_SIGNATURE
from bot.cogs.card_buttons import ShareButton
from bot.wording.markup import unescape
from tests.bot.reading import ALL_PHRASES, ENGLISH, RUSSIAN, buttons, quotes, texts

NOMINATED = "who was nominated CSTO secretary general?"
UNRELATED = "who won the football world cup?"


@pytest.fixture
async def private(newsroom):
    return (await newsroom.ask(NOMINATED, private=True)).response.message


def labels(card):
    return [button.label for button in buttons(card)]


def channel_without(newsroom, permission):
    denied = discord.PermissionOverwrite(**{permission: False})
    overwrites = {newsroom.guild.default_role: denied}
    return newsroom.guild.create_text_channel("announcements", overwrites=overwrites)


def channel_cards(newsroom):
    return [each for each in newsroom.channel.history() if not each.flags.ephemeral]


async def test_private_answer_is_seen_by_the_asker_alone_and_can_be_shared(newsroom):
    result = await newsroom.ask(NOMINATED, private=True)

    assert result.ephemeral
    assert quotes(result.response.message)
    assert labels(result.response.message)[4:] == ["More quotes", "Share", "Dismiss"]
    assert channel_cards(newsroom) == []


async def test_public_answer_has_nothing_to_share(newsroom):
    assert "Share" not in labels((await newsroom.ask(NOMINATED)).response.message)


async def test_shared_card_holds_the_same_quotes_signed_for_all_to_see(newsroom, private):
    result = await newsroom.alice.click(private, label="Share")

    (shared,) = result.followups
    assert not shared.ephemeral
    assert texts(shared.message)[:-1] == texts(private)
    assert texts(shared.message)[-1] == f"-# Shared by <@{newsroom.alice.id}>"
    assert labels(shared.message) == [each for each in labels(private) if each != "Share"]
    assert channel_cards(newsroom) == [shared.message]


async def test_private_card_says_that_it_was_shared(newsroom, private):
    result = await newsroom.alice.click(private, label="Share")

    (button,) = [each for each in buttons(result.response.message) if each.disabled]
    assert button.label == "Shared in this channel"
    assert quotes(result.response.message) == quotes(private)


async def test_shared_card_answers_its_buttons(newsroom, private):
    (shared,) = (await newsroom.alice.click(private, label="Share")).followups

    more = (await newsroom.bob.click(shared.message, label="More quotes")).response.message
    context = await newsroom.bob.click(
        shared.message, custom_id=buttons(shared.message)[0].custom_id
    )
    await newsroom.alice.click(shared.message, label="Dismiss")

    assert texts(more)[0] == f"**Q:** {NOMINATED}"
    assert "**" in texts(context.response.message)[1]
    assert channel_cards(newsroom) == []


async def test_quotes_stay_as_they_were_shown_after_a_restart_over_other_articles(
    newsroom, private, open_bot, build_index
):
    await newsroom.env.restart_bot(open_bot(build_index(tram="The tram came back.\n")))

    (shared,) = (await newsroom.alice.click(private, label="Share")).followups

    assert quotes(shared.message) == quotes(private)


async def test_refusals_and_further_quotes_can_be_shared_too(newsroom, private):
    refused = (await newsroom.ask(UNRELATED, private=True)).response.message
    more = (await newsroom.alice.click(private, label="More quotes")).response.message

    for card in (refused, more):
        (shared,) = (await newsroom.alice.click(card, label="Share")).followups
        assert texts(shared.message)[:-1] == texts(card)


async def test_private_answer_can_be_dismissed(newsroom, private):
    result = await newsroom.alice.click(private, label="Dismiss")

    assert result.response is None


async def test_second_click_while_the_first_is_under_way_shares_nothing(
    newsroom, private, monkeypatch
):
    monkeypatch.setattr(ShareButton, "_under_way", {private.id})

    result = await newsroom.alice.click(private, label="Share")

    assert result.acknowledged
    assert result.followups == []
    assert channel_cards(newsroom) == []


async def test_reader_who_may_not_post_there_keeps_the_answer(newsroom):
    channel = channel_without(newsroom, "send_messages")
    asked = await newsroom.alice.slash(channel, "ask", question=NOMINATED, private=True)

    result = await newsroom.alice.click(asked.response.message, label="Share")

    assert texts(result.response.message) == [ENGLISH.say("notice-may-not-share")]
    assert result.ephemeral
    assert result.followups == []


async def test_reader_who_may_not_use_apps_of_others_for_all_to_see_keeps_the_answer(
    newsroom, monkeypatch
):
    original = interactions.base_payload

    def of_a_user_install(backend, **rest):
        record, payload = original(backend, **rest)
        owners = {"1": str(newsroom.alice.id)}
        return record, payload | {"authorizing_integration_owners": owners}

    monkeypatch.setattr(interactions, "base_payload", of_a_user_install)
    channel = channel_without(newsroom, "use_external_apps")
    asked = await newsroom.alice.slash(channel, "ask", question=NOMINATED, private=True)

    result = await newsroom.alice.click(asked.response.message, label="Share")

    assert texts(result.response.message) == [ENGLISH.say("notice-may-not-share")]


async def test_channel_that_takes_nothing_from_the_bot_is_told(newsroom, private, caplog):
    newsroom.env.inject_error("POST", "/webhooks/*", status=403, code=50013)

    result = await newsroom.alice.click(private, label="Share")

    (notice,) = result.followups
    assert notice.ephemeral
    assert texts(notice.message) == [ENGLISH.say("notice-bot-may-not-share")]
    assert "Share" in labels(result.response.message)
    assert channel_cards(newsroom) == []


async def test_failure_while_sharing_is_told_and_can_be_tried_again(newsroom, private, caplog):
    newsroom.env.inject_error("POST", "/webhooks/*", status=400)

    failed = await newsroom.alice.click(private, label="Share")
    await newsroom.alice.click(private, label="Share")

    (sentence,) = texts(failed.followups[0].message)
    assert sentence.startswith("Something went wrong here")
    assert NOMINATED not in caplog.text
    assert len(channel_cards(newsroom)) == 1


@pytest.mark.parametrize(
    ("method", "path", "logged"),
    [
        ("POST", "/interactions/*/callback", "could not acknowledge a command or a click"),
        ("PATCH", "/webhooks/*/messages/@original", "could not say what became of a shared card"),
    ],
)
async def test_discord_that_fails_around_sharing_costs_a_line_in_the_log(
    newsroom, private, caplog, method, path, logged
):
    newsroom.env.inject_error(method, path, status=404, code=10008)

    await newsroom.alice.click(private, label="Share")

    assert logged in caplog.text
    assert newsroom.env.errors == []


async def test_russian_reader_shares_in_russian(newsroom, ivan):
    private = (await newsroom.ask(NOMINATED, by=ivan, private=True)).response.message

    result = await ivan.click(private, label=RUSSIAN.say("button-share"))

    assert "Опубликовано в канале" in labels(result.response.message)
    signature = texts(result.followups[0].message)[-1]
    assert signature == f"-# Опубликовано по просьбе <@{ivan.id}>"


async def test_private_answer_in_a_direct_message_can_be_shared(newsroom):
    await newsroom.alice.send_dm(UNRELATED)
    result = await newsroom.alice.user.slash("ask", question=NOMINATED, private=True)

    shared = await newsroom.alice.user.click(result.response.message, label="Share")

    assert quotes(shared.followups[0].message) == quotes(result.response.message)


@pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
def test_signature_fits_into_the_room_that_is_kept_for_it(phrases):
    signature = phrases.say("answer-shared-by", reader=f"<@{2**64}>")

    assert len(unescape(signature)) <= MAX_SIGNATURE
