# Всё, что говорит сам бот, по-русски. Слова: публикации, статья, издание, цитата, вопрос.

## Commands

command-ask = спросить
command-ask-description = Узнать, что говорят публикации: в ответ — дословные цитаты с указанием издания
command-ask-question = вопрос
command-ask-question-description = Ваш вопрос, например: кого выдвинули на пост генсека ОДКБ?
command-ask-outlet = издание
command-ask-outlet-description = Только это издание
command-ask-since = с
command-ask-since-description = Только с этого дня, например: на прошлой неделе, ноябрь 2022, 23 ноября 2022
command-ask-until = по
command-ask-until-description = Только по этот день включительно

## The card of an answer

answer-question = **Вопрос:** { $question }
answer-refused = **В публикациях нет ответа на этот вопрос.**
answer-closest = Самое близкое по теме, но не ответ:
answer-no-match = **В публикациях ничего не нашлось.** Попробуйте имена, места или даты из новостей.
answer-no-match-filtered = **Статей этого издания за эти даты в публикациях нет.**
answer-no-more = **Других цитат на эту тему в публикациях нет.**
answer-no-coverage = **Публикаций пока нет.** Спросите снова, когда появятся статьи.
answer-only = -# Только { $filters }
answer-since = с { $day }
answer-until = по { $day }
answer-undated =
    { $count ->
        [one] { NUMBER($count) } статья без известной даты не учтена
        [few] { NUMBER($count) } статьи без известной даты не учтены
        [many] { NUMBER($count) } статей без известной даты не учтено
       *[other] { NUMBER($count) } статьи без известной даты не учтено
    }
answer-footer =
    { $count ->
        [one] -# Дословно из { NUMBER($count) } статьи · самая новая: { $newest } · индекс обновлён { $updated }
       *[other] -# Дословно из { NUMBER($count) } статей · самая новая: { $newest } · индекс обновлён { $updated }
    }

## Citations

citation-outlet-unknown = издание неизвестно
citation-paragraph = абз. { NUMBER($number) }
citation-headline-stands-in = { $headline } (первое предложение; заголовка нет)
citation-also-in-outlet = также: { $outlet }
citation-also-in-outlets =
    { $count ->
        [one] также в { NUMBER($count) } издании
       *[other] также в { NUMBER($count) } изданиях
    }

## Dates

date-day = { $day } { date-month-of-day } { $year } г.
date-month = { date-month-alone } { $year } г.
date-year = { $year } г.
date-without-year = { $day } { date-month-of-day }, год неизвестен
date-unknown = дата неизвестна
date-month-of-day =
    { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    }
date-month-alone =
    { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    }

## A quote in its context

context-part-shown = -# Абзац длиннее сообщения: показана часть вокруг цитаты.
context-article-gone = Этой статьи больше нет в публикациях, поэтому контекст показать нельзя.
context-article-changed = Статья изменилась с тех пор, как её процитировали, поэтому контекст показать нельзя.

## What is wrong with a filter

filter-unknown-outlet = Издания «{ $typed }» в публикациях нет. Есть: { $outlets }.
filter-outlet = «{ $outlet }»
filter-no-outlets = Издания «{ $typed }» в публикациях нет: ни в одной статье издание не указано.
filter-unknown-date = Дату «{ $typed }» понять не удалось. Попробуйте так: { filter-dates }.
filter-ambiguous-date = Дату «{ $typed }» можно понять двояко. Попробуйте так: { filter-dates }.
filter-dates = 23 ноября 2022, ноябрь 2022, 2022-11, 2022, вчера или на прошлой неделе
filter-reversed-dates = Начало ({ $since }) позже конца ({ $until }): поменяйте даты местами.
filter-outlet-gone = Этого издания больше нет в публикациях. Задайте вопрос заново.

## Notices

notice-how-to-ask = Задайте мне вопрос о публикациях, например: { $mention } кто возглавляет ОДКБ?
notice-unreadable = Discord не показывает мне этот ответ. Упомяните меня вместе с вопросом или введите /спросить.
notice-too-long =
    { $length ->
        [one] В вопросе { NUMBER($length) } знак; сократите его до { NUMBER($limit) }.
        [few] В вопросе { NUMBER($length) } знака; сократите его до { NUMBER($limit) }.
        [many] В вопросе { NUMBER($length) } знаков; сократите его до { NUMBER($limit) }.
       *[other] В вопросе { NUMBER($length) } знака; сократите его до { NUMBER($limit) }.
    }
notice-busy = Сейчас в очереди слишком много вопросов. Спросите ещё раз через несколько секунд.
notice-wait =
    { $seconds ->
        [one] Слишком много вопросов подряд. Спросите снова через { NUMBER($seconds) } секунду.
        [few] Слишком много вопросов подряд. Спросите снова через { NUMBER($seconds) } секунды.
        [many] Слишком много вопросов подряд. Спросите снова через { NUMBER($seconds) } секунд.
       *[other] Слишком много вопросов подряд. Спросите снова через { NUMBER($seconds) } секунды.
    }
notice-wait-server =
    { $seconds ->
        [one] На этом сервере сейчас задают слишком много вопросов. Спросите снова через { NUMBER($seconds) } секунду.
        [few] На этом сервере сейчас задают слишком много вопросов. Спросите снова через { NUMBER($seconds) } секунды.
        [many] На этом сервере сейчас задают слишком много вопросов. Спросите снова через { NUMBER($seconds) } секунд.
       *[other] На этом сервере сейчас задают слишком много вопросов. Спросите снова через { NUMBER($seconds) } секунды.
    }
notice-stopping = Бот перезапускается и не успел ответить. Спросите ещё раз через минуту.
notice-failed = Что-то пошло не так; ошибка записана в журнал как { $log_id }. Спросите ещё раз.
notice-thanks = Спасибо. Оценка сохранена вместе с вопросом и цитатами, без вашего имени.
notice-votes-are-off = Оценки здесь больше не собираются.
notice-not-yours = Убрать ответ может только тот, кто спросил, или тот, кто управляет сообщениями.

## Buttons

button-context = Контекст
button-more = Ещё цитаты
button-good = 👍
button-bad = 👎
button-dismiss = Убрать
