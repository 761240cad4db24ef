"""Which language a question may be in, by its function words (pure)."""

import re
from collections.abc import Collection

# The most frequent ones of each language and the commonest verbs of its questions, as they are
# typed; none of a single letter, none that stands inside names ("Van Gogh", "Costa del Sol"), and
# none that is another word of English ("bus", "care"). What both list ("in") counts for both.
_WORDS = {
    "en": """
        the an of to in on at by for from with about as is are was were be been being do does
        did has have had who whom whose which what when where why how many much will would can
        could should may might must this that these those it its he his she her they their and
        or not no there if into than you your my we us our me tell am
    """,
    "az": """
        nə nədir kim kimdir niyə necə neçə hansı harada haçan bu bir və ilə üçün deyil çox sonra
        əvvəl oldu etdi edildi dedi
    """,
    "ca": "què quan quants quantes quina quines quins amb aquest aquesta són està",
    "cs": """
        kdo koho komu čím kdy kde proč jak kolik který která které jaký jaká jaké jakou je jsou
        byl byla bylo byli není při nebo také podle se na od za do stalo
    """,
    "da": """
        hvem hvad hvornår hvor hvorfor hvordan hvilken hvilket hvilke ikke er det blev bliver har
        havde meget mange efter fra på af skete sagde
    """,
    "de": """
        das dem ein eine einen einem einer und ist sind waren wird werden wurde wurden haben
        hatte wer wen wem wessen wann wo wie warum wieso weshalb welche welcher welches was
        viele nicht kein keine am im in an zum zur vom beim für nach bei aus auf über unter gegen
        durch zu sich es er sie gibt mit
        kostet heißt passiert passierte geschah gewann starb starben sagt sagte macht
    """,
    "es": """
        un una unos unas fue fueron han había quién quien quiénes qué que cuándo cuando dónde donde
        cómo como cuánto cuanto cuántos cuánta cuántas cuál cuáles por sobre entre desde hasta
        no se me su sus está están
    """,
    "et": """
        kes kelle keda mis mida millal kus kuhu kust miks kuidas kui palju mitu milline millise
        millised kas on olid ning
    """,
    "fi": """
        kuka kenen ketkä mikä mitä mitkä missä mistä mihin milloin miksi miten kuinka paljon
        paljonko montako monta on onko oliko ovat että mutta myös hän joka kanssa
    """,
    "fr": """
        un une les est ou sont était avait été qui que quoi quand où pourquoi combien quel quelle
        quels quelles avec sur entre dans on ne pas se ses au aux ce cette il ils ont dit
    """,
    "hr": """
        tko ko što šta kada gdje gde zašto kako koliko koji koja koje kojoj je su bila bilo nije li
        se na od do za kod nakon protiv rekao
    """,
    "hu": """
        ki kik kinek mi mit mikor hol hová honnan miért hogyan hogy melyik mely mennyi mennyibe
        hány hányan milyen és nem is voltak lesz egy az ez azt csak már még meg után között szerint
        történt
    """,
    "id": """
        siapa apa apakah kapan mana dimana mengapa kenapa bagaimana berapa yang dan dari untuk
        dengan tidak bukan adalah itu ini telah sudah oleh dalam karena kerana tentang terjadi
    """,
    "it": """
        un una gli dei delle alla nel nella sono stato ha hanno chi che cosa quando perché quanto
        quanti quante quale quali senza su tra si il in
    """,
    "lt": """
        kas ką kuris kuri kurie kurios kurią kada kur kodėl kaip kiek koks kokia kokį kokie yra buvo
        nuo iki apie prie už dėl nėra ar
    """,
    "lv": """
        kas kurš kura kuras kuri kad kur kāpēc kā cik kāds kāda kādu bija tika nav un ir pēc vai no
    """,
    "nl": """
        het een in is zijn was werd werden heeft hebben wie wat wanneer waar hoe waarom welke
        hoeveel voor zonder te niet geen bij uit naar er kost gebeurde
    """,
    "no": """
        hvem hva når hvor hvorfor hvordan hvilken hvilket hvilke ikke er det ble blir har hadde mye
        mange etter fra på av skjedde
    """,
    "pl": """
        od do na jest są był była było czy kto kiedy gdzie jak dlaczego ile który która które nie
        się po za przez dla został
    """,
    "pt": """
        um uma do das nos nas ao são foi foram quem que quê quando onde quanto quantos
        quantas qual quais como por sem sobre entre em no não se me seu sua
    """,
    "ro": """
        un cine ce când unde cât câți câte este sunt au fost și nu în din pentru prin despre după
        către spus
    """,
    "ru": """
        kto chto kogda gde pochemu zachem skolko kakoy kakaya kakie eto byl byla bylo byli
    """,  # without its own letters
    "sk": """
        kto koho komu čo kedy kde prečo ako koľko ktorý ktorá ktoré aký aká aké akú je sú bol bola
        bolo boli nie sa na od za do alebo podľa stalo
    """,
    "sl": """
        kdo koga komu kaj kdaj kje zakaj kako koliko kateri katera katere katero je bil bila bilo
        ali se na od do za pri rekel
    """,
    "sq": """
        kush kujt çfarë cili cila cilat cilin pse dhe është janë ishte në për nga një nuk të ku
    """,
    "sv": """
        vem vad när hur varför vilken vilket vilka var är och att som för på av från det har inte
        blev blir hade mycket många hände sade gick in
    """,
    "sw": "nani nini lini wapi gani ngapi kwa",
    "tl": "sino ano ang kailan saan bakit paano ilan mga at nangyari",
    "tr": """
        kim kimin kime ne nerede nereye nereden zaman neden niçin nasıl nasil hangi kaç kac mı mü
        midir değil degil bu bir için icin çok daha sonra önce oldu etti öldü dedi
    """,
    "uz": """
        kim nima qachon qayerda nega qanday qaysi necha qancha bilan uchun haqida emas bu bir qildi
        qilindi
    """,
    "vi": """
        ai gì nào đâu bao nhiêu là và của không những các được đã với tại sao thế vì bị để từ người
        chưa như
    """,
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
# Names or abbreviations too ("Kim", "UN", "Ben-Hur"): they count in small letters, if the text has
# capital ones.
_ONLY_SMALL = frozenset(
    """
    af ai aké ali ang ao apa ar att au aus aux av az azt bao bei bil bol bu ce che chi como cuanto
    dan dari das dei dem det din dit em er es est este etter ez gani ha han har harada hur il ilan
    im ini ir ist itu je kaj kde ki kim ko kod koga koji ku kush les li mana me meg mga mi mis mit
    monta na nani nas ne nel nem nga nie ning nini nos nu od ont ou po quan sa sao se si sino som su
    sur são te tko tra um uma un una une var wat wen yang za zaman zu
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+")  # of "Kim Jong-un", only "Kim" and "Jong"
_ACCENTED = re.compile(r"[ß-ɏəḀ-ỿ]")  # small Latin letters that English lacks


def may_be_in(text: str, languages: Collection[str]) -> bool:
    """Tell whether a text may be in one of these languages (ISO 639-1).

    It is not if more of its words are function words of one other language than of these. If these
    write without accents, an accented word in small letters counts for every other language. A text
    without such words may be in any language.
    """
    known = frozenset[str]().union(*(_SETS.get(each, frozenset()) for each in languages))
    words, accented = _words(text)
    if not all(map(str.isascii, known)):
        accented = frozenset()
    most = sum(word in known for word in words)
    return all(
        language in languages or sum(word in of_it or word in accented for word in words) <= most
        for language, of_it in _SETS.items()
    )


def _words(text: str) -> tuple[list[str], frozenset[str]]:
    """Return the words that count, folded, and which of them are accented and in small letters."""
    words = _WORD.findall(text)
    small = {word for word in words if word.islower()} if text != text.lower() else set()
    counted = [
        word.casefold() for word in words if word in small or word.lower() not in _ONLY_SMALL
    ]
    return counted, frozenset(word for word in small if _ACCENTED.search(word))
