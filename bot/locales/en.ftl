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

## The card of an answer

answer-question = **Q:** { $question }
answer-refused = **The coverage doesn’t answer this.**
answer-closest = Closest coverage, not an answer:
answer-no-match = **Nothing in the coverage matches this.** Try names, places or dates from the news.
answer-no-match-filtered = **No article in the coverage fits this outlet and these dates.**
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

## A quote in its context

context-part-shown = -# The paragraph is longer than a message; the part around the quote is shown.
context-article-gone = That article is no longer in the coverage, so its context cannot be shown.
context-article-changed = That article has changed since it was quoted, so its context cannot be shown.

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
notice-unreadable = Discord doesn’t let me read this reply. Mention me with the question, or use /ask.
notice-too-long =
    { $length ->
        [one] That question has { NUMBER($length) } character; please ask in { NUMBER($limit) } or fewer.
       *[other] That question has { NUMBER($length) } characters; please ask in { NUMBER($limit) } or fewer.
    }
notice-busy = Too many questions are waiting just now. Please ask again in a few seconds.
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
notice-thanks = Thank you. The vote was kept with the question and the quotes, without your name.
notice-votes-are-off = Votes are no longer kept here.
notice-not-yours = Only the one who asked, or who may manage messages, can dismiss this.

## Buttons (80 characters)

button-context = Context
button-more = More quotes
button-good = 👍
button-bad = 👎
button-dismiss = Dismiss
