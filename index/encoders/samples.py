"""Texts over which the scale of a model's cosines is measured, written for it: news and questions.

They must not change: the numbers in every snapshot were measured over them.
"""

from typing import NamedTuple


class Sample(NamedTuple):
    """A piece of news in two sentences, and a question that it answers and no other sample does."""

    headline: str
    first: str
    second: str
    question: str


SAMPLES = (
    Sample(
        "Harbour bridge reopens after repairs",
        "The harbour bridge in Solvik reopened on Monday after eleven months of repairs.",
        "Mayor Ingrid Halvorsen said the work had cost 40 million euros.",
        "How much did the repairs to the Solvik bridge cost?",
    ),
    Sample(
        "Central bank raises interest rates",
        "The central bank raised its key rate by half a point to 6.5 percent on Thursday.",
        "Governor Paul Merrin said inflation was still far above target.",
        "What did the central bank do about inflation?",
    ),
    Sample(
        "Striker leaves champions for rivals",
        "Striker Diego Almada has signed a four-year contract with Northgate United.",
        "He scored 27 goals for the champions last season.",
        "Which club did Diego Almada join?",
    ),
    Sample(
        "Floods force thousands from their homes",
        "Heavy rain flooded villages on the Tarno river, and 3,000 people left their homes.",
        "Two bridges were swept away.",
        "How many people fled the floods on the Tarno?",
    ),
    Sample(
        "Museum returns stolen painting",
        "The city museum gave a painting stolen in 1943 back to the family of its owner.",
        "Curator Lena Voss had traced it in the archive of a dealer.",
        "Who traced the stolen painting?",
    ),
    Sample(
        "Parliament approves pension reform",
        "Parliament voted 212 to 187 for a reform that raises the retirement age to 66.",
        "Unions called a general strike for next week.",
        "When will people be able to retire under the reform?",
    ),
    Sample(
        "New vaccine protects against malaria",
        "A malaria vaccine protected three of four children in a trial in Ghana.",
        "The doses cost less than four dollars each.",
        "How well did the malaria vaccine work in children?",
    ),
    Sample(
        "Ferry runs aground with 200 aboard",
        "A ferry with 200 passengers ran aground off the island of Lumo in thick fog.",
        "Nobody was hurt, the coast guard said.",
        "Was anybody hurt when the ferry ran aground?",
    ),
    Sample(
        "Court sentences former minister",
        "A court sent former minister Karel Dusek to prison for five years for taking bribes.",
        "His lawyer said that he would appeal.",
        "Why was Karel Dusek sent to prison?",
    ),
    Sample(
        "Phone maker unveils folding model",
        "Phone maker Aster showed a model that folds twice and costs 1,800 dollars.",
        "It goes on sale in September.",
        "What is the price of Aster's folding phone?",
    ),
    Sample(
        "Wolves return to the Alder hills",
        "Biologists have counted 14 wolves in the Alder hills, where none had lived for a century.",
        "Farmers demand compensation for lost sheep.",
        "Where were wolves counted?",
    ),
    Sample(
        "Airline cancels flights as pilots strike",
        "Airline Meridian cancelled 340 flights on Friday as its pilots stopped work over pay.",
        "Talks are to resume on Monday.",
        "Why did Meridian cancel its flights?",
    ),
    Sample(
        "Troops leave border after ceasefire",
        "Both armies left the Kesh pass on Sunday, two days after signing a ceasefire.",
        "Observers will patrol the border.",
        "Who will patrol the border at the Kesh pass?",
    ),
    Sample(
        "Earthquake damages old town",
        "An earthquake of magnitude 5.9 damaged hundreds of houses in the old town of Perrano.",
        "Seven people were treated for injuries.",
        "How strong was the earthquake in Perrano?",
    ),
    Sample(
        "Novelist wins literature prize",
        "Novelist Amara Okoye won the Calder prize for a book about her grandmother's village.",
        "The jury praised its humour.",
        "What is Amara Okoye's novel about?",
    ),
    Sample(
        "Power plant to close ten years early",
        "The coal plant at Brackwater will close in 2028, ten years earlier than planned.",
        "Its 600 workers are to be retrained.",
        "What happens to the workers of the Brackwater plant?",
    ),
    Sample(
        "Probe sends first pictures of asteroid",
        "The probe Halley sent its first pictures of asteroid Tethra from 900 kilometres away.",
        "Scientists were surprised by a deep crater.",
        "What surprised the scientists in the pictures of Tethra?",
    ),
    Sample(
        "Teenager breaks marathon record",
        "Runner Selam Bekele, 19, won the Rotterdam marathon in a record time of 2:15:08.",
        "It was only her second race over the distance.",
        "Who won the Rotterdam marathon?",
    ),
    Sample(
        "Cholera spreads in refugee camp",
        "Doctors have treated 410 people for cholera in a refugee camp near Adale since May.",
        "Clean water is scarce, the aid agency said.",
        "What do the refugees in the camp near Adale lack?",
    ),
    Sample(
        "Schools ban phones in class",
        "Schools in the region of Nordmark will ban phones in class from August.",
        "Parents can reach their children through the office.",
        "From when are phones banned in Nordmark's schools?",
    ),
    Sample(
        "Wheat exports resume from southern port",
        "The first ship with wheat left the port of Odrava on Wednesday, bound for Egypt.",
        "Exports had stopped for five months because of mines.",
        "Why had wheat exports from Odrava stopped?",
    ),
    Sample(
        "President pardons jailed journalists",
        "President Tomas Reyle pardoned nine journalists jailed after the protests of 2019.",
        "They were freed the same evening.",
        "How many journalists did the president pardon?",
    ),
    Sample(
        "Brewery recalls beer",
        "The brewery Falkner recalled 80,000 bottles of beer that may contain splinters of glass.",
        "Customers get their money back.",
        "Why is Falkner recalling beer?",
    ),
    Sample(
        "Train drivers test automatic line",
        "The first trains without drivers are being tested on the new line to the airport.",
        "Passengers can use them from next spring.",
        "When can passengers take the driverless trains?",
    ),
)
