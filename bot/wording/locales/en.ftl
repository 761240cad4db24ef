# Everything that the bot itself says, in English. Ids are AREA-WHAT; ru.ftl has the same ids.

## Commands: names of lower case (32 characters), descriptions (100 characters)

command-ask = ask
command-ask-description = Ask what the coverage says; the answer is quotes, each with its citation
command-ask-question = question
command-ask-question-description = Your question, such as: who was nominated CSTO secretary general?
command-ask-outlet = outlet
command-ask-outlet-description = Only this outlet
command-ask-since = since
command-ask-since-description = Only from this day on, such as: last week, November 2022, 23 November 2022
command-ask-until = until
command-ask-until-description = Only up to this day
command-ask-private = private
command-ask-private-description = Only you see the answer; you can share it afterwards
command-find = Find in coverage
command-coverage = coverage
command-coverage-description = What the coverage contains, how to ask, and what is stored about you
command-timeline = timeline
command-timeline-description = What happened on a topic, in order of date, each event in a quote
command-timeline-topic = topic
command-timeline-topic-description = A topic in a few words, such as: peacekeepers in Kazakhstan
command-watch = watch
command-watch-description = Tell me once the coverage answers a question that it doesn’t answer yet
command-watch-question-description = Your question, such as: who won the election in Kazakhstan?
command-watch-here = here
command-watch-here-description = Tell me in this channel instead of in a direct message
command-watches = watches
command-watches-description = The questions that you watch; each can be stopped
command-digest = digest
command-digest-description = The most reported events of the last days, each in a quote
command-digest-days = days
command-digest-days-description = How many days before today (1 if left out)
command-verify = verify
command-verify-description = Whether the words of a quote still stand in the coverage, by its code
command-verify-code = code
command-verify-code-description = The code below a copied citation, such as: 3fa91c2b04:120-245:7d0c2a9e

## Suggestions while a reader types (100 characters)

choice-outlet =
    { $count ->
        [one] { $outlet } · { NUMBER($count) } article
       *[other] { $outlet } · { NUMBER($count) } articles
    }

## The card of an answer

# Buttons read the question back from these three: the label ends with the first colon
answer-question = **Q:** { $question }
# What a follow-up question was understood to be about
answer-topic = -# On: { $topic }
# $names: of the question, as the coverage spells them
answer-respelt = -# Showing results for { $names }
answer-refused = **The coverage doesn’t answer this.** Other words, names or dates may find more.
answer-closest = Closest coverage, not an answer:
answer-no-match = **Nothing in the coverage matches this.** Try names, places or dates from the news.
answer-no-match-filtered = **No article in the coverage matches this outlet and these dates.** Try more days, or all outlets.
answer-altered = **The quotes found don’t match the stored articles word for word**, so none is shown. Please ask in other words, or tell the person who runs this bot.
answer-no-more = **The coverage has no more quotes on this.**
answer-no-coverage = **There is no coverage yet.** Ask again once articles have been added.
# $filters: an outlet, answer-since, answer-until, answer-undated, as far as they apply
answer-only = -# Only { $filters }
answer-since = since { $day }
answer-until = until { $day }
answer-undated =
    { $count ->
        [one] { NUMBER($count) } article without a known date is left out
       *[other] { NUMBER($count) } articles without a known date are left out
    }
# $reader: a mention (all in all 100 characters)
answer-shared-by = -# Shared by { $reader }
# $updated: a Discord timestamp, shown as "2 hours ago"
answer-footer =
    { $count ->
        [one] -# Verbatim from { NUMBER($count) } article · newest { $newest } · index updated { $updated }
       *[other] -# Verbatim from { NUMBER($count) } articles · newest { $newest } · index updated { $updated }
    }

## Citations

citation-outlet-unknown = outlet unknown
citation-paragraph = ¶ { NUMBER($number) }
citation-headline-stands-in = { $headline } (first sentence; no headline)
citation-also-in-outlet = also in { $outlet }
citation-also-in-outlets =
    { $count ->
        [one] also in { NUMBER($count) } outlet
       *[other] also in { NUMBER($count) } outlets
    }

# To be copied: plain text, and Markdown
citation-plain = Plain text
citation-markdown = Markdown
citation-quoted = “{ $quote }” — { $citation }
# Of a code that /verify takes
citation-code = Code: `/verify` shows whether these words still stand there
citation-article-gone = That article is no longer in the coverage, so it cannot be cited from here.
citation-article-changed = That article has changed since it was quoted, so this quote cannot be cited any more.

## Dates, as far as they are known; $year is text, $month a number

date-day = { $day } { date-month-of-day } { $year }
date-month = { date-month-alone } { $year }
date-year = { $year }
date-without-year = { $day } { date-month-of-day }, year unknown
date-unknown = date unknown
date-month-of-day = { date-month-alone }
date-month-alone =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }

## A timeline

timeline-topic = **Timeline:** { $topic }
timeline-articles =
    { $count ->
        [one] -# { NUMBER($count) } article on it
       *[other] -# { NUMBER($count) } articles on it
    }
# Of an event, after its day; $articles and $outlets are more than one
timeline-reported = in { NUMBER($articles) } articles
timeline-reported-by-outlets = in { NUMBER($articles) } articles of { NUMBER($outlets) } outlets
timeline-nothing = **The coverage has nothing on this topic.** Try a name, a place, or fewer words.
timeline-closest = Closest coverage, not on it:
timeline-without-events = { $count ->
    [one] **The coverage has one article on this, but none of its sentences reports an event.**
   *[other] **The coverage has { $count } articles on this, but none of their sentences reports an event.**
} Ask a question with `/ask`.
timeline-only-undated = **The articles on this have no known date**, so they cannot be put in order. Ask a question with `/ask`.
timeline-no-match-filtered = **No article on this topic has a date within these days.** Try more days.
timeline-no-more = **The coverage has no more events on this.**

## A digest

# $days: a day, or digest-days
digest-head =
    { $count ->
        [one] **Digest:** { $days } · { NUMBER($count) } article
       *[other] **Digest:** { $days } · { NUMBER($count) } articles
    }
# $count: how many were read
digest-read = -# That is too many to read: { NUMBER($count) } of them were read and counted, from all of these days.
digest-days = { $since } to { $until }
digest-nothing = **Nothing in the coverage was published on these days:** { $days }. Try more days.
digest-no-events =
    { $count ->
        [one] **The coverage has { NUMBER($count) } article of these days, but it doesn’t open with an event that can be quoted:** { $days }. Try more days.
       *[other] **The coverage has { NUMBER($count) } articles of these days, but none opens with an event that can be quoted:** { $days }. Try more days.
    }

## Charts: their titles, and descriptions for readers who cannot see them

picture-by-month =
    { $count ->
        [one] { NUMBER($count) } article by month
       *[other] { NUMBER($count) } articles by month
    }
picture-by-year =
    { $count ->
        [one] { NUMBER($count) } article by year
       *[other] { NUMBER($count) } articles by year
    }
picture-undated = { NUMBER($count) } more without a date
picture-others = { NUMBER($count) } others
picture-of-coverage = Chart: number of articles per month and outlet
picture-of-topic = Chart: number of articles on this topic per month and outlet, with the dates of the events

## The overview of the coverage

overview-articles =
    { $count ->
        [one] **Coverage:** { NUMBER($count) } article
       *[other] **Coverage:** { NUMBER($count) } articles
    }
overview-days = From { $oldest } to { $newest }
overview-undated = Without a known date: { NUMBER($count) }
overview-outlets = Outlets: { $outlets }
overview-outlet = { $outlet } ({ NUMBER($count) })
overview-how-to-ask = **How to ask:** `/ask` a question, mention me with one, or reply to an answer. `/timeline` shows a topic by date. Right-click a message → *Apps* → *Find in coverage* looks up what it says.
overview-privacy = **Privacy:** questions are neither stored nor logged.
overview-votes = A vote (👍 👎) is stored with its question and quotes, without your name.
overview-no-votes = Votes are not stored either.
overview-watches = A question that you watch (🔔) is stored with your id until it is answered, for 90 days at most.
overview-built = -# Index built { $updated } with { $encoder } · every quote is verbatim

## A quote in its context

context-part-shown = -# The paragraph is longer than a message; the part around the quote is shown.
context-article-gone = That article is no longer in the coverage, so its context cannot be shown.
context-article-changed = That article has changed since it was quoted, so its context cannot be shown.

## Watched questions

watch-added = 🔔 **Watching:** { $question }
watch-told-privately = Once a new or changed article answers it, you get the answer in a direct message.
# $channel: a mention
watch-told-in-channel = Once a new or changed article answers it, the answer is posted in { $channel } and you are mentioned.
watch-stored = -# Until then the question is stored with your id, for 90 days at most. `/watches` lists and stops what you watch.
watch-answered-already = **The coverage answers this already**, so there is nothing to watch:
watch-already = You watch this question already; `/watches` lists what you watch.
watch-too-many =
    { $count ->
        [one] You watch { NUMBER($count) } question already, which is the most. Stop it first: `/watches`.
       *[other] You watch { NUMBER($count) } questions already, which is the most. Stop one first: `/watches`.
    }
watch-no-question = There are no words in that to look for in the coverage.
watch-not-here = An answer can’t be posted here later: you or I may not write in this channel. Watch it with a direct message instead.
watch-has-answer = There is an answer to this already. If it hasn’t reached you, look into `/watches`.
watch-stopped = Stopped. The question is no longer stored.
watch-is-over = You don’t watch this any more.
watches-are-off = Questions can’t be watched here.
watches-none = You watch no question. If the coverage doesn’t answer one, click 🔔 or use `/watch`.
watches-head =
    { $most ->
        [one] **You watch { NUMBER($count) } of { NUMBER($most) } question**
       *[other] **You watch { NUMBER($count) } of { NUMBER($most) } questions**
    }
watches-since = since { $day }
watches-private = by direct message
watches-in-channel = in { $channel }
watches-answered = there is an answer that may not have reached you; do you take direct messages from me?
# $day: a Discord timestamp; $member: a mention
watch-answer-private = 🔔 You asked this on { $day }. The coverage now has an answer:
watch-answer = 🔔 { $member }, you asked this on { $day }. The coverage now has an answer:
watch-answer-gone = 🔔 **The coverage no longer answers this**, so you watch the question again.

## What became of a quote, by its code

verify-stands = ✅ **These very words stand in the coverage**, at the same place:
verify-moved = ✅ **These very words stand in the coverage.** Their article has changed around them:
verify-changed = ⚠️ **These words do not stand there:** their article has changed, or the code was not copied exactly. What stands at that place now:
verify-changed-gone = ⚠️ **These words do not stand there:** their article has changed, or the code was not copied exactly. Nothing stands at that place now.
verify-gone = ⚠️ **The article of this code is not in the coverage.** It is no longer published here, or never was.
verify-ambiguous =
    { $count ->
        [one] This code fits { NUMBER($count) } article. Please paste the whole code.
       *[other] **This code fits { NUMBER($count) } articles**, so it does not say which one is quoted. Please paste the whole code.
    }
verify-no-code = “{ $typed }” is not the code of a quote. A code looks like `3fa91c2b04:120-245:7d0c2a9e`; *Copy citation* shows it.

## What became of the quotes of a card

# $day: a Discord timestamp, or unknown
correction-changed =
    { $day ->
        [unknown] ⚠️ **This passage was changed since it was quoted:**
       *[other] ⚠️ **This passage was changed on { $day }:**
    }
correction-before = Before
correction-now = Now
correction-lost =
    { $day ->
        [unknown] ⚠️ **This passage was removed from its article since it was quoted:**
       *[other] ⚠️ **This passage was removed from its article on { $day }:**
    }
correction-gone =
    { $day ->
        [unknown] ⚠️ **No longer published** in this coverage:
       *[other] ⚠️ **No longer published** in this coverage since { $day }:
    }
correction-stands = ✅ Unchanged:
correction-stands-elsewhere =
    { $day ->
        [unknown] The article has changed since it was quoted, but these words still stand in it:
       *[other] The article was changed on { $day }, but these words still stand in it:
    }
correction-too-long = ⚠️ **This passage was changed**; *Context* shows how:

## What is wrong with a filter

filter-unknown-outlet = No outlet “{ $typed }” in the coverage. There is: { $outlets }.
filter-outlet = “{ $outlet }”
filter-no-outlets = No outlet “{ $typed }” in the coverage: none of its articles names one.
filter-unknown-date = “{ $typed }” is not a date that is understood; try { filter-dates }.
filter-ambiguous-date = “{ $typed }” can be read two ways; try { filter-dates }.
filter-dates = 23 November 2022, November 2022, 2022-11, 2022, yesterday or last week
filter-reversed-dates = No day is both since { $since } and until { $until }; swap the two dates.
filter-outlet-gone = That outlet is no longer in the coverage. Please ask again.

## Notices

notice-how-to-ask = Ask me a question about the coverage, such as: { $mention } who leads the CSTO?
notice-unreadable = Discord doesn’t let me read this message. Mention me, { $mention }, with the question, or use `/ask`.
notice-unreadable-original = Discord doesn’t let me read the message that you replied to. Choose *Apps* → *Find in coverage* in its menu, or ask me in your own words.
notice-card-unreadable = This card is from an older version, so its question can’t be read. Please ask it again with `/ask`.
notice-no-claim = That message has no words to look for in the coverage.
notice-too-long =
    { $length ->
        [one] That question has { NUMBER($length) } character; please ask in { NUMBER($limit) } or fewer.
       *[other] That question has { NUMBER($length) } characters; please ask in { NUMBER($limit) } or fewer.
    }
notice-busy = Too many questions are waiting just now. Please ask again in a few seconds.
notice-unavailable = The archive cannot be reached just now. Please ask again in a minute.
notice-wait =
    { $seconds ->
        [one] You have asked a lot in a short time. Please ask again in { NUMBER($seconds) } second.
       *[other] You have asked a lot in a short time. Please ask again in { NUMBER($seconds) } seconds.
    }
notice-wait-server =
    { $seconds ->
        [one] Many questions have been asked in this server just now. Please ask again in { NUMBER($seconds) } second.
       *[other] Many questions have been asked in this server just now. Please ask again in { NUMBER($seconds) } seconds.
    }
notice-stopping = The bot is restarting and could not finish this answer. Please ask again in a minute.
notice-failed = Something went wrong here, and it has been logged as { $log_id }. Please ask again.
notice-thanks = Thank you. The vote was stored with the question and the quotes, without your name.
notice-votes-are-off = Votes are no longer stored here.
notice-may-not-share = You may not post in this channel, so the answer stays with you. You can ask again where you may.
notice-bot-may-not-share = Discord doesn’t let me post in this channel, so the answer stays with you. Its admins can allow it.
notice-not-yours = Only the person who asked, or somebody who may manage messages, can dismiss this.

## Buttons (80 characters)

button-context = Context
button-cite = Copy citation
button-check = Check again
button-more = More quotes
button-more-events = More events
button-good = 👍
button-bad = 👎
button-watch = 🔔 Tell me when it does
button-unwatch = Stop
button-watch-here = Tell me in this channel instead
button-show-watch = Show it
button-share = Share
button-shared = Shared in this channel
button-dismiss = Dismiss
