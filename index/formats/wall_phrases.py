r"""What notices of sites say, in the languages of BelTA's neighbours and of the large agencies.

Each pattern ignores capitals and is written with one language a line. In a news text the same words
are said of somebody: only `READER` tells a notice from them, and "this article", "to read on".
"""

import re

_FLAGS = re.IGNORECASE | re.VERBOSE

# Speaks for the site, or to the person who reads it.
READER = re.compile(
    r"""
    \b(?:
      we | our | us | you | your | yours
    | мы | нас | наш\w* | вы | вас | вам | ваш\w* | ми | ви
    | wir | uns | unser\w* | (?-i:Sie | Ihr\w* | Ihnen) | dein(?:e[mnrs]?)?
    | nous | notre | nos | vous | votre | vos
    | nosotros | nuestr\w+ | usted | utilizamos | usamos | tus?
    | noi | nostr[oaie] | tuo | tua | tuoi | tue | utilizziamo | usiamo | acconsenti
    | nós | noss[oa]s? | você | ao\ clicar
    | nasz\w* | nasi | używamy | tw[oó]j\w* | klikając | znajdziesz
    | naš\w* | vaš\w* | používáme | souhlasíte | najdete
    | biz | bizim | siz\w* | kullanıyoruz | tıklayarak | politikamız\w*
    | wij | onze | uw | jouw
    | vi | vår\w* | din | dina | ditt
    )\b
    """,
    _FLAGS,
)

# Asks for consent to cookies, or speaks of the data that they collect.
CONSENT = re.compile(
    r"""
    \bcookies?\b | \bprivacy\b | \bconsent\b | \blegitimate\ interest
    | \bpersonal(?:ised|ized)?\ (?:data|ads|content)
    | \b(?:to|and)\ our\ (?:\d[\d,]*\ )?partners
    | \bmanage\ (?:your\ )?(?:choices|options|preferences)
    | \bкуки\b | персональных\ данных | политик\w+\ конфиденциальности
    | персональних\ даних | політи\w+\ (?:конфіденційності|приватності)
    | персанальных\ даных | палітыц\w+\ (?:прыватнасці|канфідэнцыйнасці)
    | \bdatenschutz\w* | \bverarbeitung\ (?:ihrer|deiner)\b.{0,20}\bdaten\b
    | \bdonnées\ (?:à\ caractère\ )?personnel\w* | \bpolitique\ de\ confidentialité
    | \bdatos\ personales | \bpolítica\ de\ (?:privacidad\w?|privacidade|cookies)
    | \bdati\ personali | \binformativa\ sulla\ | \bdados\ pessoais
    | \bdan\w+\ osobow\w+ | \bpolity\w+\ prywatności
    | \bosobních\ údajů | \bochrany\ soukromí
    | \bçerez\w* | \bkişisel\ veri\w* | \bgizlilik\b
    | \bpersoonsgegevens\b | \bprivacybeleid\b | \bpersonuppgift\w* | \bintegritetspolicy\b
    """,
    _FLAGS,
)

# Asks for a subscription before the rest may be read.
PAYWALL = re.compile(
    r"""
    \bto\ (?:continue|keep|finish)\ reading\b | \bsubscribe\ (?:now|today)\b
    | \balready\ (?:a\ |an\ )?(?:subscriber|subscribed|member|registered)\b
    | \b(?:only|exclusively|available|reserved)\ (?:available\ )?(?:for|to)\ (?:our\ )?
      (?:paying\ |paid\ )?(?:subscribers|members)\b
    | \b(?:subscribers|members).only\ (?:article|story|content)
    | \bthis\ (?:article|story|content)\ is\ (?:only\ )?for\ (?:our\ )?(?:subscribers|members)
    | \bstart\ your\ (?:free\ )?(?:trial|subscription)\b | \bcancel\ (?:at\ )?any\ ?time\b
    | \b(?:reached|used|read)\ (?:your|all|the)\ .{0,30}\bfree\ (?:articles?|stories|limit)
    | \b\d+\ free\ (?:articles?|stories)\ (?:left|remaining)
    | \b(?:log|sign)\ in\ (?:here\ )?to\ (?:read|continue|access)
    | \bsign\ up\ (?:now\ )?to\ (?:keep|continue|read) | \bcontinue\ reading\ with\b
    | \bto\ read\ the\ (?:full|rest\ of\ (?:the|this))\ (?:story|article)
    | \b(?:register|create\ (?:an|a\ free)\ account)\ .{0,20}to\ (?:continue|read)
    | \bunlock\ (?:this|the\ full|full)\ (?:article|story|access)
    | \bget\ (?:unlimited|digital)\ access
    | \bjoin\ (?:today|now)\ for\ (?:full|unlimited)\ access
    | подпишитесь\b.{0,40}(?:чтобы|и)\ (?:читать|продолж|прочитать|получ)
    | чтобы\ (?:читать|продолжить|прочитать|дочитать)\b.{0,40}(?:подпи|войдите|зарегистр)
    | только\ (?:для\ )?подписчик | вы\ уже\ подпис | уже\ подписчик | уже\ есть\ подписка
    | оформите\ подписку
    | оформіть\ передплату | вже\ маєте\ передплату | аформіце\ падпіску | ужо\ маеце\ падпіску
    | \bdieser\ (?:artikel|inhalt|beitrag|text)\b.{0,30}\babonnent\w+ | \bjetzt\ abonnieren\b
    | \bjetzt\ weiterlesen\b | \bbereits\ (?:ein\ )?abo(?:nnent\w*)?\b | \bmonatlich\ kündbar
    | \b(?:cet\ article|ce\ contenu)\b.{0,20}\babonnés | \babonnez-vous\b
    | \bil\ vous\ reste\ [\d.,]+\s?% | \bdéjà\ abonnée?\b
    | \beste\ (?:artículo|contenido)\b.{0,30}\bsuscriptores | \bsuscr[ií]bete\b
    | \bya\ eres\ suscriptor
    | \bquesto\ (?:articolo|contenuto)\b.{0,30}\babbonati | \bsei\ già\ abbonato
    | \b(?:ten\ (?:artykuł|materiał|tekst)|ta\ treść)\b.{0,30}\b(?:subskryben[tc]|prenumerator)\w+
    | \bmasz\ już\ (?:subskrypcję|prenumeratę|konto) | \bwykup\ (?:dostęp|subskrypcję)
    | \btento\ článek\b.{0,30}\bpředplatitel\w+ | \bmáte\ již\ předplatné
    | \bbu\ (?:içerik|haber|yazı)\b.{0,30}\babone\w* | \bzaten\ abone
    """,
    _FLAGS,
)

# Takes the reader for a robot, or for one of the wrong country.
BLOCKED = re.compile(
    r"""
    \b(?:enable|turn\ on|switch\ on)\ (?:javascript|js|cookies)\b
    | \bjavascript\ (?:and\ cookies\ )?(?:is|are|to\ be)\ (?:disabled|enabled|required)
    | \bchecking\ (?:if\ the\ site|your\ browser) | \byou(?:’|')?(?:\ a)?re\ (?:a\ )?human
    | \bverifying\ (?:that\ )?you\ are | \breview\ the\ security\ of\ your\ connection
    | \bare\ you\ a\ (?:robot|human) | \bnot\ a\ robot
    | \b(?:your|an|the)\ ad.?block(?:er|ing) | \bunusual\ (?:traffic|activity)\ from
    | \busing\ automation\ tools | \byou\ have\ been\ blocked | \byou\ are\ unable\ to\ access
    | \b(?:un|not\ )available\ in\ (?:your|most)\ (?:region|country|location|european)
    | \baccess\ cannot\ be\ granted\b
    | включите\ javascript | увімкніть\ javascript | уключыце\ javascript
    | вы\ не\ робот | ви\ не\ робот | доступ\ (?:\w+\ )?(?:запрещ|ограничен|заборон|обмежен)
    | \bjavascript\ aktivieren | \baktivieren\ sie\ javascript | \bactivez\ javascript
    | \bactive\ javascript | \bwłącz\ javascript
    """,
    _FLAGS,
)

# The headline of a page that is not there, or may not be seen.
NOTICE_HEADLINE = re.compile(
    r"""
    \b(?:error|http|code|erreur|fehler|ошибка|помилка|памылка|błąd|chyba|hata)\W{0,3}(?:404|410|403)\b
    | ^\W*(?:404|410)\ *(?:$|[^\w\s]) | \b404\W*$
    | ^\W*(?:40[0134]|410|429|451|50[0234])\b\W{0,3}
      (?:bad\ (?:request|gateway) | forbidden | unauthori[sz]ed | not\ found | too\ many | gone$
        | unavailable | internal\ server | service\ (?:temporarily\ )?unavailable | gateway\ time)
    | \b(?:page|article|story|content|document)\b.{0,30}
      \b(?:not\ found|not\ available|unavailable|missing|doesn['’]t\ exist|does\ not\ exist
        |no\ longer\ (?:exists|available)|(?:can['’]?t|cannot|couldn['’]t|could\ not)\ be\ found)\b
    | \bthis\ (?:page|article|story|content)\ (?:has\ been|was)\ (?:removed|deleted|unpublished)\b
    | ^\W*not\ found\W*$
    | \b(?:can['’]?t|cannot|couldn['’]t|could\ not)\ find\ (?:that|this|the)\ page\b
    | \bseite\b.{0,20}\bnicht\ (?:gefunden|verfügbar|vorhanden)\b
    | \bpage\b.{0,20}\b(?:introuvable|inexistante)\b
    | \bp[áà]gina\b.{0,20}\b(?:no\ encontrada|não\ encontrada|non\ trovata|no\ existe)\b
    | \bstron[ay]\b.{0,30}\b(?:nie\ (?:istnieje|została\ znaleziona|znaleziono))\b
    | \bnie\ znaleziono\ strony\b | \bstránka\b.{0,20}\b(?:nenalezena|nebyla\ nalezena)\b
    | \bpagina\b.{0,20}\bniet\ gevonden\b | \bsidan\b.{0,20}\bhittades\ inte\b
    | \bpuslapis\b.{0,20}\bnerastas\b | \blapa\b.{0,20}\bnav\ atrasta\b
    | \bстраниц\w+\b.{0,20}\b(?:не\ найден\w*|не\ существует|удален\w*|удалён\w*)
    | \bсторінк\w+\b.{0,20}\bне\ (?:знайден\w*|існує) | \bне\ знайдено\b
    | \bстаронк\w+\b.{0,20}\bне\ (?:знойдзен\w*|існуе)
    | ^\W*(?:сайт\ временно\ недоступен|(?:(?:ведутся|идут)\ )?технические\ работы)\W*$
    | \bsayfa\b.{0,20}\bbulunamadı\b
    | \b(?:access\ (?:to\ this\ page\ has\ been\ )?denied|forbidden)\W*$
    | ^\W*(?:just\ a\ moment|attention\ required)\b | \byou\ have\ been\ blocked\b
    | \b(?:are\ you\ (?:a\ )?(?:human|robot)|verify\ (?:that\ )?you\ are\ human)\b
    | ^\W*(?:log|sign)\ in(?:\ to\b.{0,30})?\W*$
    | ^\W*(?:(?:the\ |this\ |our\ )?(?:web)?site\b.{0,20}|we(?:['’]re|\ are)\ )?
      under\ maintenance\W*$
    | ^\W*(?:redirecting|you\ are\ being\ redirected|перенаправление)\b
    | 页面不存在 | 找不到(?:该|此)?页面 | ページが見つかりません
    """,
    _FLAGS,
)

# Says so below another headline, such as "Oops!".
NOTICE_LINE = re.compile(
    r"""
    \bthe\ page\ (?:that\ )?you\ (?:are|were|’re|'re)\ (?:looking\ for|trying)
    | \bwe\ (?:can['’]?t|cannot|couldn['’]t|could\ not)\ find\ (?:that|this|the)\ page\b
    | \bthis\ (?:page|article|story)\ is\ no\ longer\ available\b
    | \b(?:запрашиваемая|запрошенная)\ (?:вами\ )?страница\b | \bтакой\ страницы\ (?:не|нет)\b
    | \bтакої\ сторінки\ (?:не|немає)\b | \bтакой\ старонкі\ (?:не|няма)\b
    | \bdie\ (?:von\ ihnen\ )?(?:gesuchte|angeforderte)\ seite\b
    | \bla\ page\ que\ vous\ (?:cherchez|recherchez|demandez)\b
    | \bla\ página\ que\ (?:buscas?|está\ buscando|procura)\b
    | \bstrona,\ której\ szukasz\b | \baradığınız\ sayfa\b
    """,
    _FLAGS,
)

# The last line of a text in a feed of WordPress, in its translations.
SIGNATURE = re.compile(
    r"""
      the\ post\ .+\ (?:appeared\ first|first\ appeared)\ on\ .+
    | (?:сообщение|запись)\ .+\ (?:появил(?:ись|ась)\ сначала|впервые\ появилась)\ на\ .+
    | der\ beitrag\ .+\ erschien\ zuerst\ auf\ .+
    | l['’]article\ .+\ est\ apparu\ en\ premier\ sur\ .+
    | la\ entrada\ .+\ (?:se\ publicó|apareció)\ primero\ en\ .+
    | l['’]articolo\ .+\ proviene\ da\ .+
    | artykuł\ .+\ pochodzi\ z\ serwisu\ .+
    """,
    _FLAGS,
)

# The names of the boxes that ask for consent.
CONSENT_BOX = re.compile(
    r"""
    cookie | consent | gdpr | onetrust | didomi | usercentrics | truste | qc-cmp | sp_message
    | privacy-(?:banner|notice|popup|wall)
    """,
    _FLAGS,
)
