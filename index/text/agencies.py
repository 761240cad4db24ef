"""The names of news and picture agencies, as datelines and credits write them (pure).

Some are words too ("map", "report"): whoever looks for them checks what stands around.
"""

import re

NEWS_AGENCIES = frozenset(
    """
    reuters ap afp dpa upi tass xinhua belta efe ansa pti ians ani kyodo jiji yonhap interfax cnn
    anadolu aa iha dha ukrinform унн униан унiан уніан укринформ укрінформ armenpress news.am trend
    azertac azərtac turan apa report kazinform казинформ akipress kabar кабар asia-plus khovar ховар
    sputnik рейтер тасс белта интерфакс апа арменпресс čtk ctk pap mti bns leta elta tasr sita sta
    hina fena tanjug bta agerpres moldpres ritzau ntb tt stt anp belga lusa ats sda keystone-sda map
    aps tap qna wam kuna spa petra nna mena sana irna isna mehr tasnim fars bernama antara vna app
    bss cna kcna aap rfe/rl rfi dw rbc рбк
    """.split()  # noqa: SIM905  # a list literal would take 30 lines
) | {"риа новости"}
# Those whose names stand in credits rather than datelines, as do long forms of news agencies.
PICTURE_AGENCIES = frozenset(
    {
        *("getty", "getty images", "gettyimages", "shutterstock", "alamy", "imago", "imago images"),
        *("zuma", "zuma press", "zuma wire", "epa", "epa-efe", "sipa", "sipa usa", "sipa press"),
        *("abaca", "abacapress", "nurphoto", "lightrocket", "istock", "adobe stock", "unsplash"),
        *("depositphotos", "picture alliance", "picture-alliance", "anadolu agency", "pa media"),
        *("pa wire", "pa images", "press association", "associated press", "canadian press"),
        *("agence france-presse", "usa today", "usa today sports", "usa today network"),
    }
)


def pattern_of(names: frozenset[str]) -> str:
    """Return a regular expression that finds any of these names, the longest first."""
    return rf"(?:{'|'.join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))})"
