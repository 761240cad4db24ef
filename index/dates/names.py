"""Names of months and weekdays, in lower case and without a full stop at the end.

From Unicode CLDR, wide and abbreviated, in 36 languages: those that BelTA, its neighbours, the CSTO
and the large agencies write. Added are the forms of "in November" in Slavic and Baltic languages.
Of Croatian, "listopad" is left out: it is October, and November in Polish and Czech.
"""

import unicodedata

_MONTHS = (
    """
    january jan января январь янв студзеня студзень сту січня січень січ stycznia styczeń sty sausio
    sausis saus janvāris janv jaanuar jaan ledna leden led januára január януари яну ianuarie ian
    januar janvier enero ene gennaio gen janeiro januari јануар јан tammikuuta tammikuu tammi ocak
    oca yanvar yan қаңтар қаң հունվարի հունվար հնվ იანვარი იან январе січні студзені styczniu
    janvārī sausį jaanuaril ιανουαρίου ιαν январ ýanwar ýan siječnja siječanj يناير
    """,
    """
    february feb февраля февраль февр лютага люты лют лютого лютий lutego luty lut vasario vasaris
    vas februāris febr veebruar veebr února únor úno februára február февруари фев februarie februar
    février févr febrero febbraio fevereiro fev februari фебруар феб helmikuuta helmikuu helmi şubat
    şub fevral ақпан ақп փետրվարի փետրվար փտվ თებერვალი თებ феврале лютому лютым lutym februārī
    vasarį veebruaril φεβρουαρίου φεβ феврал fewral veljače veljača فبراير
    """,
    """
    march mar марта март мар сакавіка сакавік сак березня березень бер marca marzec kovo kovas kov
    marts märts března březen bře marec martie märz mär mars marzo março maart mrt maaliskuuta
    maaliskuu maalis március márc mart наурыз нау մարտի մարտ մրտ მარტი მარ марте березні сакавіку
    marcu martā kovą märtsil μαρτίου μαρ ožujka ožujak مارس
    """,
    """
    april apr апреля апрель апр красавіка красавік кра квітня квітень квіт kwietnia kwiecień kwi
    balandžio balandis bal aprīlis aprill dubna duben dub apríla apríl април aprilie avril avr abril
    abr aprile huhtikuuta huhtikuu huhti április ápr nisan nis aprel сәуір сәу ապրիլի ապրիլ ապր
    აპრილი აპრ апреле квітні красавіку kwietniu aprīlī balandį aprillil απριλίου απρ апрел travnja
    travanj أبريل
    """,
    """
    may мая май травня травень трав maja maj gegužės gegužė geg maijs mai května květen kvě mája máj
    mayo maggio mag maio mei мај toukokuuta toukokuu touko május mayıs мамыр мам մայիսի մայիս մյս
    მაისი მაი мае травні маі траўня траўні maju maijā gegužę mail μαΐου maý svibnja svibanj مايو
    """,
    """
    june jun июня июнь июн чэрвеня чэрвень чэр червня червень черв czerwca czerwiec cze birželio
    birželis birž jūnijs jūn juuni června červen čvn júna jún юни iunie iun juni juin junio giugno
    giu junho јун kesäkuuta kesäkuu kesä június haziran haz iyun iyn маусым мау հունիսի հունիս հնս
    ივნისი ივნ июне червні чэрвені czerwcu jūnijā birželį juunil ιουνίου ιουν iýun lipnja lipanj
    يونيو
    """,
    """
    july jul июля июль июл ліпеня ліпень ліп липня липень лип lipca lipiec lip liepos liepa liep
    jūlijs jūl juuli července červenec čvc júla júl юли iulie iul juli juillet juil julio luglio lug
    julho јул heinäkuuta heinäkuu heinä július temmuz tem iyul iyl шілде шіл հուլիսի հուլիս հլս
    ივლისი ივლ июле липні ліпені lipcu jūlijā liepą juulil ιουλίου ιουλ iýul srpnja srpanj يوليو
    """,
    """
    august aug августа август авг жніўня жнівень жні серпня серпень серп sierpnia sierpień sie
    rugpjūčio rugpjūtis rugp augusts srpna srpen srp augusta août agosto ago augustus augusti
    elokuuta elokuu elo augusztus ağustos ağu avqust avq тамыз там avgust avg օգոստոսի օգոստոս օգս
    აგვისტო აგვ августе серпні жніўні sierpniu augustā rugpjūtį augustil αυγούστου αυγ awgust awg
    kolovoza kolovoz أغسطس
    """,
    """
    september sep сентября сентябрь сент верасня верасень вер вересня вересень września wrzesień wrz
    rugsėjo rugsėjis rugs septembris sept září zář septembra септември сеп septembrie septembre
    septiembre settembre set setembro септембар syyskuuta syyskuu syys szeptember szept eylül eyl
    sentyabr sen қыркүйек қыр сен sentabr սեպտեմբերի սեպտեմբեր սեպ სექტემბერი სექ сентябре вересні
    верасні wrześniu septembrī rugsėjį septembril σεπτεμβρίου σεπ сентябр sentýabr rujna rujan
    سبتمبر
    """,
    """
    october oct октября октябрь окт кастрычніка кастрычнік кас жовтня жовтень жовт października
    październik paź spalio spalis spal oktobris okt oktoober října říjen říj októbra október
    октомври octombrie oktober octobre octubre ottobre ott outubro out октобар lokakuuta lokakuu
    loka ekim eki oktyabr қазан қаз oktabr հոկտեմբերի հոկտեմբեր հոկ ოქტომბერი ოქტ октябре жовтні
    кастрычніку październiku oktobrī spalį oktoobril οκτωβρίου οκτ октябр oktýabr أكتوبر
    """,
    """
    november nov ноября ноябрь нояб лістапада лістапад ліс листопада листопад лист listopada
    listopad lis lapkričio lapkritis lapkr novembris listopadu novembra ноември ное noiembrie
    novembre noviembre novembro новембар нов marraskuuta marraskuu marras kasım kas noyabr noy
    қараша қар ноя նոյեմբերի նոյեմբեր նոյ ნოემბერი ნოე ноябре листопаді лістападзе listopadzie
    novembrī lapkritį novembril νοεμβρίου νοε ноябр noýabr noý studenoga studenog studeni نوفمبر
    """,
    """
    december dec декабря декабрь дек снежня снежань сне грудня грудень груд grudnia grudzień gru
    gruodžio gruodis gruod decembris detsember dets prosince prosinec pro decembra декември
    decembrie dezember dez décembre déc diciembre dic dicembre dezembro децембар дец desember des
    joulukuuta joulukuu joulu aralık ara dekabr dek желтоқсан жел դեկտեմբերի դեկտեմբեր դեկ დეკემბერი
    დეკ декабре грудні снежні grudniu decembrī gruodį detsembril δεκεμβρίου δεκ декабр prosinca
    prosinac ديسمبر
    """,
)


def fold(text: str) -> str:
    """Return the text in the case of these names; Greek ΐ stays one character."""
    return unicodedata.normalize("NFC", text.casefold())


MONTHS = {fold(name): month for month, names in enumerate(_MONTHS, 1) for name in names.split()}

WEEKDAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday понедельник вторник среда четверг
    пятница суббота воскресенье панядзелак аўторак серада чацвер пятніца субота нядзеля понеділок
    вівторок середа четвер пʼятниця неділя poniedziałek wtorek środa czwartek piątek sobota
    niedziela pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis
    sekmadienis pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena esmaspäev
    teisipäev kolmapäev neljapäev reede laupäev pühapäev pondělí úterý středa čtvrtek pátek neděle
    pondelok utorok streda štvrtok piatok nedeľa понеделник сряда четвъртък петък събота неделя
    luni marți miercuri joi vineri sâmbătă duminică montag dienstag mittwoch donnerstag freitag
    samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles
    jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
    κυριακή δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο якшанбе душанбе сешанбе чоршанбе
    панҷшанбе ҷумъа шанбе ýekşenbe duşenbe sişenbe çarşenbe penşenbe anna şenbe nedjelja
    ponedjeljak srijeda subota الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag
    donderdag vrijdag zaterdag zondag понедељак уторак четвртак петак недеља måndag tisdag onsdag
    torsdag fredag lördag söndag mandag tirsdag lørdag søndag maanantaina maanantai tiistaina
    tiistai keskiviikkona keskiviikko torstaina torstai perjantaina perjantai lauantaina lauantai
    sunnuntaina sunnuntai hétfő kedd szerda csütörtök péntek szombat vasárnap pazartesi salı
    çarşamba perşembe cuma cumartesi pazar çərşənbə cümə şənbə bazar дүйсенбі сейсенбі сәрсенбі
    бейсенбі жұма сенбі жексенбі дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби dushanba
    seshanba chorshanba payshanba juma shanba yakshanba երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի
    ուրբաթ շաբաթ կիրակի ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი კვირა mon tue tues
    wed thu thur thurs fri sat sun пн вт ср чт пт сб вс среду пятницу субботу
    """.split()  # noqa: SIM905  # a list literal would take 200 lines
)

# What stands beside figures and names: "23rd of November at 9:30", "2022 m. lapkričio 23 d."
BESIDE_DATES = frozenset(
    """
    first published posted date опубликовано дата публикации опубліковано апублікавана publié
    veröffentlicht publicado pubblicato opublikowano of the on at st nd rd th de del di le il el à
    er den am um uhr dnia o godz kl klo val plkst г гг год года году в о у го ого рік року р
    roku rok r gada gads metų m d diena ч ж жыл жылы жылғы թ წ соли сол
    yil il ci cı cu cü nji njy ý a às ore
    """.split()  # noqa: SIM905
)
