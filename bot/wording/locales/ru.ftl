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
command-ask-private = лично
command-ask-private-description = Ответ увидите только вы; потом им можно поделиться
command-find = Найти в публикациях
command-coverage = публикации
command-coverage-description = Что есть в публикациях, как спросить и что о вас хранится
command-timeline = хроника
command-timeline-description = Что происходило по теме: события по порядку дат, каждое — цитатой
command-timeline-topic = тема
command-timeline-topic-description = Тема в нескольких словах, например: миротворцы в Казахстане
command-watch = следить
command-watch-description = Сообщить, когда в публикациях появится ответ на вопрос, которого пока нет
command-watch-question-description = Ваш вопрос, например: кто победил на выборах в Казахстане?
command-watch-here = здесь
command-watch-here-description = Сообщить в этом канале, а не личным сообщением
command-watches = слежу
command-watches-description = За какими вопросами вы следите; каждый можно снять
command-digest = сводка
command-digest-description = О чём больше всего писали в последние дни: события, каждое — цитатой
command-digest-days = дней
command-digest-days-description = Сколько дней до сегодняшнего (если не указать — один)
command-verify = сверить
command-verify-description = Есть ли ещё в публикациях эти слова: сверить цитату по её коду
command-verify-code = код
command-verify-code-description = Код под скопированной цитатой, например: 3fa91c2b04:120-245:7d0c2a9e

## What is offered while a reader types

choice-outlet =
    { $count ->
        [one] { $outlet } · { NUMBER($count) } статья
        [few] { $outlet } · { NUMBER($count) } статьи
        [many] { $outlet } · { NUMBER($count) } статей
       *[other] { $outlet } · { NUMBER($count) } статьи
    }

## The card of an answer

answer-question = **Вопрос:** { $question }
answer-topic = -# О чём речь: { $topic }
answer-respelt = -# Показаны результаты для { $names }
answer-refused = **В публикациях нет ответа на этот вопрос.** Попробуйте другие слова, имена или даты.
answer-closest = Самое близкое по теме, но не ответ:
answer-no-match = **В публикациях ничего не нашлось.** Попробуйте имена, места или даты из новостей.
answer-no-match-filtered = **Статей этого издания за эти даты в публикациях нет.** Попробуйте больше дней или все издания.
answer-altered = **Найденные цитаты не совпадают слово в слово с сохранёнными статьями**, поэтому ни одна не показана. Спросите иначе или сообщите тому, кто ведёт бота.
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
answer-shared-by = -# Опубликовано по просьбе { $reader }
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

citation-plain = Простой текст
citation-markdown = Markdown
citation-quoted = «{ $quote }» — { $citation }
citation-code = Код: `/сверить` покажет, есть ли ещё эти слова в статье
citation-article-gone = Этой статьи больше нет в публикациях, поэтому сослаться на неё отсюда нельзя.
citation-article-changed = Статья изменилась с тех пор, как её процитировали, поэтому сослаться на эту цитату уже нельзя.

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

## A timeline

timeline-topic = **Хроника:** { $topic }
timeline-articles =
    { $count ->
        [one] -# По теме: { NUMBER($count) } статья
        [few] -# По теме: { NUMBER($count) } статьи
        [many] -# По теме: { NUMBER($count) } статей
       *[other] -# По теме: { NUMBER($count) } статьи
    }
timeline-reported =
    { $articles ->
        [one] в { NUMBER($articles) } статье
       *[other] в { NUMBER($articles) } статьях
    }
timeline-reported-by-outlets =
    { $outlets ->
        [one] { timeline-reported } { NUMBER($outlets) } издания
       *[other] { timeline-reported } { NUMBER($outlets) } изданий
    }
timeline-nothing = **На эту тему в публикациях ничего нет.** Попробуйте имя, место или меньше слов.
timeline-closest = Самое близкое, но на другую тему:
timeline-without-events = { $count ->
    [one] **На эту тему есть { $count } статья, но событий она не описывает.**
    [few] **На эту тему есть { $count } статьи, но событий они не описывают.**
   *[other] **На эту тему есть { $count } статей, но событий они не описывают.**
} Задайте вопрос: `/спросить`.
timeline-only-undated = **У статей на эту тему нет известной даты**, поэтому по порядку их не расставить. Задайте вопрос: `/спросить`.
timeline-no-match-filtered = **Статей с датой на эту тему за эти дни в публикациях нет.** Попробуйте больше дней.
timeline-no-more = **Других событий на эту тему в публикациях нет.**

## A digest

digest-head =
    { $count ->
        [one] **Сводка:** { $days } · { NUMBER($count) } статья
        [few] **Сводка:** { $days } · { NUMBER($count) } статьи
        [many] **Сводка:** { $days } · { NUMBER($count) } статей
       *[other] **Сводка:** { $days } · { NUMBER($count) } статьи
    }
digest-read = -# Столько не прочитать. Прочитано и учтено статей: { NUMBER($count) }, со всех этих дней.
digest-days = { $since } — { $until }
digest-nothing = **За эти дни в публикациях ничего нет:** { $days }. Попробуйте больше дней.
digest-no-events =
    { $count ->
        [one] **За эти дни есть { NUMBER($count) } статья, но в начале событий, которые можно процитировать, нет:** { $days }. Попробуйте больше дней.
        [few] **За эти дни есть { NUMBER($count) } статьи, но в начале событий, которые можно процитировать, нет:** { $days }. Попробуйте больше дней.
        [many] **За эти дни есть { NUMBER($count) } статей, но в начале событий, которые можно процитировать, нет:** { $days }. Попробуйте больше дней.
       *[other] **За эти дни есть { NUMBER($count) } статьи, но в начале событий, которые можно процитировать, нет:** { $days }. Попробуйте больше дней.
    }

## Pictures

picture-by-month =
    { $count ->
        [one] { NUMBER($count) } статья по месяцам
        [few] { NUMBER($count) } статьи по месяцам
        [many] { NUMBER($count) } статей по месяцам
       *[other] { NUMBER($count) } статьи по месяцам
    }
picture-by-year =
    { $count ->
        [one] { NUMBER($count) } статья по годам
        [few] { NUMBER($count) } статьи по годам
        [many] { NUMBER($count) } статей по годам
       *[other] { NUMBER($count) } статьи по годам
    }
picture-undated = ещё { NUMBER($count) } без даты
picture-others = ещё { NUMBER($count) }
picture-of-coverage = Диаграмма: число статей по месяцам и изданиям
picture-of-topic = Диаграмма: число статей на эту тему по месяцам и изданиям, с датами событий

## The coverage at a glance

overview-articles =
    { $count ->
        [one] **Публикации:** { NUMBER($count) } статья
        [few] **Публикации:** { NUMBER($count) } статьи
        [many] **Публикации:** { NUMBER($count) } статей
       *[other] **Публикации:** { NUMBER($count) } статьи
    }
overview-days = Самая ранняя: { $oldest } · самая новая: { $newest }
overview-undated = Без известной даты: { NUMBER($count) }
overview-outlets = Издания: { $outlets }
overview-outlet = { $outlet } ({ NUMBER($count) })
overview-how-to-ask = **Как спросить:** введите `/спросить` и вопрос, упомяните меня с вопросом или ответьте на ответ. `/хроника` показывает тему по датам. Правый щелчок по сообщению → *Приложения* → *Найти в публикациях* — что о нём есть.
overview-privacy = **Конфиденциальность:** вопросы не сохраняются и не попадают в журнал.
overview-votes = Оценка (👍 👎) сохраняется с вопросом и цитатами, без вашего имени.
overview-no-votes = Оценки тоже не сохраняются.
overview-watches = Вопрос, за которым вы следите (🔔), хранится с вашим id, пока не появится ответ, не дольше 90 дней.
overview-built = -# Индекс собран { $updated } моделью { $encoder } · все цитаты дословные

## A quote in its context

context-part-shown = -# Абзац длиннее сообщения: показана часть вокруг цитаты.
context-article-gone = Этой статьи больше нет в публикациях, поэтому контекст показать нельзя.
context-article-changed = Статья изменилась с тех пор, как её процитировали, поэтому контекст показать нельзя.

## Watched questions

watch-added = 🔔 **Слежу за вопросом:** { $question }
watch-told-privately = Когда на него ответит новая или изменённая статья, вы получите ответ личным сообщением.
watch-told-in-channel = Когда на него ответит новая или изменённая статья, ответ появится в канале { $channel } с упоминанием вас.
watch-stored = -# До тех пор вопрос хранится вместе с вашим id, не дольше 90 дней. `/слежу` — список и отмена.
watch-answered-already = **В публикациях уже есть ответ**, следить не за чем:
watch-already = За этим вопросом вы уже следите; список: `/слежу`.
watch-too-many =
    { $count ->
        [one] Вы уже следите за { NUMBER($count) } вопросом, больше нельзя. Сначала снимите его: `/слежу`.
       *[other] Вы уже следите за { NUMBER($count) } вопросами, больше нельзя. Сначала снимите один: `/слежу`.
    }
watch-no-question = Здесь нет слов, которые можно искать в публикациях.
watch-not-here = Потом ответ здесь не опубликовать: вы или я не можем писать в этом канале. Следите через личное сообщение.
watch-has-answer = На этот вопрос уже есть ответ. Если он до вас не дошёл, загляните в `/слежу`.
watch-stopped = Готово, вопрос больше не хранится.
watch-is-over = За этим вопросом вы больше не следите.
watches-are-off = Следить за вопросами здесь нельзя.
watches-none = Вы не следите ни за одним вопросом. Если ответа нет, нажмите 🔔 или введите `/следить`.
watches-head = **Вы следите за вопросами: { NUMBER($count) } из { NUMBER($most) }**
watches-since = с { $day }
watches-private = личным сообщением
watches-in-channel = в канале { $channel }
watches-answered = ответ есть, но он мог до вас не дойти; вы принимаете от меня личные сообщения?
watch-answer-private = 🔔 Вы спрашивали об этом { $day }. Теперь в публикациях есть ответ:
watch-answer = 🔔 { $member }, вы спрашивали об этом { $day }. Теперь в публикациях есть ответ:
watch-answer-gone = 🔔 **Ответа на это в публикациях больше нет**, так что вы снова следите за вопросом.

## What became of a quote, by its code

verify-stands = ✅ **Именно эти слова есть в публикациях**, на том же месте:
verify-moved = ✅ **Именно эти слова есть в публикациях.** Статья вокруг них изменилась:
verify-changed = ⚠️ **Этих слов там нет:** статья изменилась, или код скопирован с ошибкой. Что теперь стоит на этом месте:
verify-changed-gone = ⚠️ **Этих слов там нет:** статья изменилась, или код скопирован с ошибкой. На этом месте теперь ничего нет.
verify-gone = ⚠️ **Статьи с этим кодом в публикациях нет.** Её убрали, или её здесь никогда не было.
verify-ambiguous =
    { $count ->
        [one] Под этот код подходит { NUMBER($count) } статья. Вставьте код целиком.
        [few] **Под этот код подходят { NUMBER($count) } статьи**, и неясно, какая процитирована. Вставьте код целиком.
       *[other] **Под этот код подходит { NUMBER($count) } статей**, и неясно, какая процитирована. Вставьте код целиком.
    }
verify-no-code = «{ $typed }» — не код цитаты. Код выглядит так: `3fa91c2b04:120-245:7d0c2a9e`; его показывает *Скопировать цитату*.

## What became of the quotes of a card

correction-changed =
    { $day ->
        [unknown] ⚠️ **Это место изменили с тех пор, как его процитировали:**
       *[other] ⚠️ **Это место изменили { $day }:**
    }
correction-before = Было
correction-now = Стало
correction-lost =
    { $day ->
        [unknown] ⚠️ **Это место убрали из статьи с тех пор, как его процитировали:**
       *[other] ⚠️ **Это место убрали из статьи { $day }:**
    }
correction-gone =
    { $day ->
        [unknown] ⚠️ **Больше не публикуется** здесь:
       *[other] ⚠️ **Больше не публикуется** здесь с { $day }:
    }
correction-stands = ✅ Без изменений:
correction-stands-elsewhere =
    { $day ->
        [unknown] Статью изменили с тех пор, как её процитировали, но эти слова в ней остались:
       *[other] Статью изменили { $day }, но эти слова в ней остались:
    }
correction-too-long = ⚠️ **Это место изменили**; как — покажет *Контекст*:

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
notice-unreadable = Discord не показывает мне это сообщение. Упомяните меня, { $mention }, вместе с вопросом или введите `/спросить`.
notice-unreadable-original = Discord не показывает мне сообщение, на которое вы ответили. Выберите в его меню *Приложения* → *Найти в публикациях* или спросите своими словами.
notice-card-unreadable = Эта карточка от прежней версии, и вопрос с неё не прочитать. Задайте его снова: `/спросить`.
notice-no-claim = В этом сообщении нет слов, которые можно искать в публикациях.
notice-too-long =
    { $length ->
        [one] В вопросе { NUMBER($length) } знак; сократите его до { NUMBER($limit) }.
        [few] В вопросе { NUMBER($length) } знака; сократите его до { NUMBER($limit) }.
        [many] В вопросе { NUMBER($length) } знаков; сократите его до { NUMBER($limit) }.
       *[other] В вопросе { NUMBER($length) } знака; сократите его до { NUMBER($limit) }.
    }
notice-busy = Сейчас в очереди слишком много вопросов. Спросите ещё раз через несколько секунд.
notice-unavailable = Архив сейчас недоступен. Спросите ещё раз через минуту.
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
notice-may-not-share = У вас нет права писать в этом канале, поэтому ответ видите только вы. Спросите там, где вы можете писать.
notice-bot-may-not-share = Discord не даёт мне писать в этом канале, поэтому ответ видите только вы. Разрешить это могут администраторы сервера.
notice-not-yours = Убрать ответ может только тот, кто спросил, или тот, кто управляет сообщениями.

## Buttons

button-context = Контекст
button-cite = Скопировать цитату
button-check = Сверить снова
button-more = Ещё цитаты
button-more-events = Ещё события
button-good = 👍
button-bad = 👎
button-watch = 🔔 Сообщить, когда будет
button-unwatch = Снять
button-watch-here = Лучше в этом канале
button-show-watch = Показать
button-share = Поделиться
button-shared = Опубликовано в канале
button-dismiss = Убрать
