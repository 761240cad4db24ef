"""Function words tell a question in another language from one in English; names do not."""

import pytest

from index.text.function_words import may_be_in


@pytest.mark.parametrize(
    "question",
    [
        "Körpü nə vaxt açıldı?",  # az
        "Hansı ölkələr sazişi imzaladı?",
        "Quan es va obrir el pont?",  # ca
        "Qui va guanyar les eleccions?",
        "Kdo otevřel most?",  # cs
        "Co řekl včera premiér?",
        "kolik stoji most",
        "Hvornår blev broen åbnet?",  # da
        "Hvorfor blev færgen aflyst?",
        "Was kostet die Brücke?",  # de
        "Wie viele Menschen starben in Berlin?",
        "¿Qué países firmaron el acuerdo?",  # es
        "Quien gano las elecciones",
        "Millal sild avati?",  # et
        "Kes on uus linnapea?",
        "Kuka avasi sillan?",  # fi
        "Missä kokous pidettiin?",
        "Où s'est tenue la réunion ?",  # fr
        "Combien coûte le port ?",
        "Tko je otvorio most?",  # hr
        "Gde je održan samit?",
        "Ki nyitotta meg a hidat?",  # hu
        "Hányan haltak meg?",
        "Siapa yang membuka jembatan?",  # id
        "Bagaimana kebakaran terjadi?",
        "Chi ha aperto il ponte?",  # it
        "Che cosa è successo lunedì?",
        "Kas atidarė tiltą?",  # lt
        "Kodėl keltas buvo atšauktas?",
        "Cik maksā jaunā osta?",  # lv
        "Kad tika atklāts tilts?",
        "Wat kost de nieuwe haven?",  # nl
        "Hoeveel mensen kwamen om?",
        "Hva koster den nye havna?",  # no
        "Når ble brua åpnet?",
        "Gdzie odbyło się spotkanie?",  # pl
        "Kto jest nowym burmistrzem?",
        "Quantas pessoas morreram no acidente?",  # pt
        "Quem ganhou as eleições?",
        "Când a fost deschis podul?",  # ro
        "Cine este noul primar?",
        "kto otkryl most",  # ru
        "Prečo bol trajekt zrušený?",  # sk
        "Koľko stojí nový prístav?",
        "Kdaj so odprli most?",  # sl
        "Zakaj je bil trajekt odpovedan?",
        "Kush e hapi urën?",  # sq
        "Çfarë tha dje kryeministri?",
        "Vem öppnade bron?",  # sv
        "Hur många dog i olyckan?",
        "Köprüyü kim açtı?",  # tr
        "Hangi ülkeler anlaşmayı imzaladı?",
        "Sammit qachon boshlanadi?",  # uz
        "Saylovda kim g'alaba qozondi?",
        "Ai đã khánh thành cây cầu?",  # vi
        "Tại sao phà bị hủy?",
        "Sino ang bagong alkalde ng Maynila at bakit?",  # tl
        "Nani alifungua daraja na lini?",  # sw
    ],
)
def test_question_in_another_language_is_told_from_english(question):
    assert not may_be_in(question, ["en"])


@pytest.mark.parametrize(
    "question",
    [
        "Who opened the bridge?",
        "war in Ukraine",
        "Was Falk at the port?",
        "Bridge, harbour, 1987",
        "Kim Jong-un missile",
        "Kim Jong Il funeral",
        "Ban Ki-moon speech",
        "Ursula von der Leyen speech",
        "Vincent van Gogh stolen",
        "Dem senator Arizona",
        "UN vote",
        "OD deaths",
        "DEI ban",
        "São Paulo floods",
        "Wat Pho closed",
        "Meg and Dan wed",
        "kim meg yang",
        "erdoğan speech",
        "Did Beyoncé open a café?",
        "non-profit news",
        "amazon.com outage",
        "Who sang “Wer hat die Brücke gebaut”?",
        "Is the film “Köprüyü kim açtı” any good?",
        "What does “que sera” mean?",
        "",
        "2022?",
    ],
)
def test_english_question_with_foreign_names_may_be_english(question):
    assert may_be_in(question, ["en"])


def test_languages_that_are_known_are_not_foreign():
    assert may_be_in("Wer hat die Brücke eröffnet?", ["de", "en"])
    assert not may_be_in("Wer hat die Brücke eröffnet?", ["fr", "en"])
    assert not may_be_in("Who opened the bridge?", ["de"])


def test_accents_tell_nothing_of_a_language_that_has_them():
    assert may_be_in("Brücke eröffnet, überall geöffnet", ["de"])
    assert not may_be_in("Brücke eröffnet, überall geöffnet", ["en"])


def test_language_without_words_here_may_be_any():
    assert may_be_in("Nor zabaldu zuen zubia", ["eu"])
