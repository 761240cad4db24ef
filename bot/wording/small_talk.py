"""Messages that ask nothing: thanks, agreement, laughter (pure; in English, Russian and more)."""

import re

from bot.wording.claims import plain_text
from index.search.follow_up import asks
from index.text.terms import split_terms

_LAUGHTER = re.compile(
    r"\b(?:a*(?:ha){2,}h*|(?:he){2,}h*|l+o+l+|lmf?ao|rofl|а*(?:ха){2,}х*|а?(?:хах)+а*|хех|ло+л)\b"
    r"|\+\d+\b|:[a-z_]{2,32}:",
    re.IGNORECASE,
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(split_terms(words))


_SMALL_TALK = _stems(
    """
    thank thanks thx thanx ty tysm cheers ok okay okey kk alright yes yeah yep yup no nope nah sure
    agreed exactly indeed right true understood noted gotcha got see know wow whoa nice cool great
    good awesome amazing perfect excellent brilliant fantastic wonderful lovely impressive neat
    interesting helpful useful fine fair oh ah hm hmm huh omg damn hi hello hey bye goodbye sorry
    welcome bravo congrats appreciate appreciated amen same sense well bad rip gg np nvm mind
    problem bump u k
    спасибо спс благодарю ок окей ладно ясно понятно понял поняла ага угу да нет неа точно верно
    именно конечно круто классно класс супер отлично хорошо здорово прикольно ого вау интересно
    пасиб благодарствую плюс жиза ой полезно молодец браво норм нормально жаль блин хм привет
    здравствуйте пока извините простите
    merci danke gracias grazie obrigado dziękuję dzięki díky děkuji tack teşekkürler рахмет
    дякую дзякуй щиро класно добре добра зрозуміло зразумела
    """
)
# They ask nothing beside small talk, but may do so by themselves.
_BESIDE_IT = _stems(
    """
    answer answers bot help info information quote quotes source sources link work job done well
    make makes course lot please sounds story way one never much everyone everybody guys folks team
    ответ помощь информация информацию бот цитата цитату цитаты источник ссылка ссылку работа
    большое огромное велике вялікі всё пожалуйста всем ребята
    """
)
_ALONE = ("this", "that", "да", "k")  # words that carry no meaning, so that none are left


def is_small_talk(content: str) -> bool:
    """Tell whether a message asks nothing: it has small talk in it and nothing else, or no words.

    What asks something, by a question mark or its words, is never small talk.
    """
    text = plain_text(content)
    if not text:
        return True
    if asks(text):
        return False
    sober, laughs = _LAUGHTER.subn(" ", text)
    terms = set(split_terms(sober))
    is_said = laughs > 0 or bool(terms & _SMALL_TALK) or text.strip(" .!").lower() in _ALONE
    return is_said and terms <= _SMALL_TALK | _BESIDE_IT
