"""What a letter on paper says, in plain Danish: of each kind of telling a heading, a sentence, and how to answer."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What the letter asks of whoever reads it; the slip at its foot is made from this."""

    NOTHING = "nothing"
    COMING = "coming"
    DATES = "dates"
    SEAT = "seat"
    SAY = "say"
    CONSENT = "consent"
    SIGN_UP = "sign_up"
    SURVEY = "survey"


@dataclass(frozen=True)
class Says:
    """A letter's words."""

    title: str
    says: str
    answer: Answer = Answer.NOTHING


UNKNOWN = Says("Nyt om en sag, du har del i", "Der er sket noget nyt i en sag, du har del i.")

BY_KIND: dict[str, Says] = {
    "idea.published": Says("Din ide er offentliggjort", "Alle i boligforeningen kan nu læse din ide og støtte den."),
    "idea.rejected": Says("Din ide er ikke offentliggjort", "Vi har læst din ide, men den bliver ikke offentliggjort."),
    "idea.hidden": Says("Din ide er skjult", "Din ide kan ikke læses af andre for tiden."),
    "idea.shown": Says("Din ide kan læses igen", "Din ide har været skjult. Nu kan alle læse den igen."),
    "idea.withdrawn": Says("Ideen er trukket tilbage", "Den, der fik ideen, har trukket den tilbage."),
    "idea.declined": Says("Ideen er ikke taget op", "Boligforeningen har svaret på ideen. Den bliver ikke taget op."),
    "idea.parked": Says("Ideen er sat i bero", "Boligforeningen har svaret på ideen. Den er sat i bero og kan komme op igen."),
    "idea.returned": Says("Ideen er åben igen", "Ideen har været sat i bero. Nu er den åben igen."),
    "idea.taken_up": Says("Ideen er taget op", "Boligforeningen vil arbejde videre med ideen."),
    "idea.set_to_work": Says("Ideen har fået en opgavegruppe", "Bestyrelsen har vedtaget et kommissorium, der bygger på ideen."),
    "idea.merged": Says(
        "To ideer er lagt sammen", "Ideen ligner en anden, og de er lagt sammen. Du hører om den, der bliver til."
    ),
    "comment.hidden": Says("Din kommentar er skjult", "Det, du skrev om en ide, kan ikke læses af andre for tiden."),
    "comment.shown": Says("Din kommentar kan læses igen", "Det, du skrev om en ide, kan læses af alle igen."),
    "charter.amended": Says(
        "Kommissoriet er ændret",
        "Bestyrelsen har ændret opgavegruppens kommissorium. Du kan forlade gruppen uden at sige hvorfor.",
    ),
    "group.opened": Says(
        "En ny opgavegruppe søger deltagere",
        "Du får brevet, fordi du står på interesselisten. Du er ikke meldt til noget; det bestemmer du selv.",
        Answer.SIGN_UP,
    ),
    "group.dissolved": Says("Opgavegruppen er opløst", "Gruppen er opløst, før der blev taget en beslutning."),
    "group.fell_still": Says("Opgavegruppen har ikke mødtes længe", "Det er længe siden, gruppen sidst holdt møde."),
    "group.role_vacated": Says(
        "En opgavegruppe mangler en leder", "En af dem, der leder gruppen, er gået af. Bestyrelsen vælger en ny."
    ),
    "group.role_filled": Says("Gruppen har fået en ny leder", "Der er valgt en ny tovholder eller facilitator for gruppen."),
    "draw.announced": Says(
        "Der bliver trukket lod om pladserne", "Flere har meldt sig, end der er pladser til. Derfor bliver der trukket lod."
    ),
    "sign_up.offered": Says(
        "Du er tilbudt en plads", "Du har meldt dig til opgavegruppen og får nu tilbudt en plads.", Answer.SEAT
    ),
    "sign_up.reserved": Says(
        "Du står på reservelisten",
        "Der var flere, end der er pladser til. Du står på reservelisten og hører fra os, hvis der bliver en plads.",
    ),
    "sign_up.not_selected": Says("Du fik ikke en plads denne gang", "Tak, fordi du meldte dig. Denne gang blev der ikke plads."),
    "meeting.convened": Says("Indkaldelse til møde", "Du bliver hermed indkaldt til møde i opgavegruppen.", Answer.COMING),
    "meeting.changed": Says(
        "Mødet er ændret", "Mødet i opgavegruppen er ændret. Sådan er det nu. Har du svaret før, så svar igen.", Answer.COMING
    ),
    "meeting.cancelled": Says("Mødet er aflyst", "Mødet i opgavegruppen er aflyst."),
    "meeting.minutes_overdue": Says("Et referat mangler", "Referatet af mødet skulle have været offentligt nu."),
    "date_poll.opened": Says(
        "Hvornår kan du mødes?", "Gruppen skal finde en tid til næste møde. Kryds af, hvad der passer dig.", Answer.DATES
    ),
    "date_poll.reminded": Says(
        "Husk at svare: hvornår kan du mødes?", "Vi mangler dit svar på, hvornår du kan mødes.", Answer.DATES
    ),
    "date_poll.dropped": Says(
        "Du skal ikke svare på datoer mere", "Ingen af de foreslåede tider blev valgt. Du hører fra os igen."
    ),
    "minutes.sent_for_comments": Says(
        "Læs referatet, før det bliver godkendt", "Har du noget at sige til referatet, så sig det nu.", Answer.SAY
    ),
    "minutes.published": Says("Referatet er klar", "Referatet af mødet er godkendt og kan læses af alle."),
    "minutes.corrected": Says("Referatet er rettet", "Referatet er rettet efter, at det blev offentligt. Her er den nye udgave."),
    "contribution.answered": Says(
        "Svar på dit input", "Gruppen har svaret på noget, du kom med. Det er ikke taget med i forslaget."
    ),
    "shared_understanding.worded": Says(
        "Er du enig i gruppens fælles forståelse?", "Gruppen har sat ord på, hvad problemet er. Sig, hvor enig du er.", Answer.SAY
    ),
    "shared_understanding.reworded": Says(
        "Gruppens fælles forståelse er ændret", "Ordene er ændret. Sig igen, hvor enig du er.", Answer.SAY
    ),
    "anonymous_round.opened": Says(
        "Et spørgsmål til gruppen",
        "Gruppen er stillet et spørgsmål, som man svarer på uden navn. Skriv dit svar på et ark uden navn, og aflever det i en "
        "lukket kuvert på kontoret.",
    ),
    "anonymous_round.closed": Says("Svarene på gruppens spørgsmål", "Runden er slut, og gruppen kan læse svarene."),
    "proposal.consent_asked": Says(
        "Kan du gå ind for gruppens forslag?", "Forslaget er skrevet færdigt. Gruppen beder om dit samtykke.", Answer.CONSENT
    ),
    "proposal.reopened": Says("Forslaget bliver skrevet om", "Du behøver ikke svare på forslaget nu. Du bliver spurgt igen."),
    "proposal.returned": Says("Forslaget er sendt tilbage", "Bestyrelsen har sendt gruppens forslag tilbage til gruppen."),
    "docket_item.overdue": Says(
        "En beslutning er forsinket", "Bestyrelsen skulle have taget stilling nu, men har ikke gjort det endnu."
    ),
    "decision.published": Says("Der er taget en beslutning", "Bestyrelsen har besluttet sig. Her kan du læse, hvad og hvorfor."),
    "decision.corrected": Says("En beslutning er rettet", "Der var en fejl i beslutningens tekst. Udfaldet er det samme."),
    "task.blocked": Says(
        "En opgave venter på afdelingsmødet", "Det, der blev besluttet, skal først godkendes på et afdelingsmøde."
    ),
    "task.approved": Says("Afdelingsmødet har sagt ja", "Afdelingsmødet har godkendt det, der blev besluttet."),
    "task.not_approved": Says("Afdelingsmødet har sagt nej", "Afdelingsmødet har ikke godkendt det, der blev besluttet."),
    "task.started": Says("Arbejdet er i gang", "Det, der blev besluttet, er nu sat i gang."),
    "task.done": Says("En opgave er udført", "Noget af det, der blev besluttet, er nu udført."),
    "task.stopped": Says("En opgave er stoppet", "Noget af det, der blev besluttet, bliver ikke til noget."),
    "task.overdue": Says("En opgave er forsinket", "Noget af det, der blev besluttet, skulle have været udført nu."),
    "review.due": Says(
        "Hvad kom der ud af beslutningen?", "Nu skal der ses på, hvad der er kommet ud af beslutningen.", Answer.SAY
    ),
    "review.held": Says("Det kom der ud af beslutningen", "Der er set på, hvad der er kommet ud af beslutningen."),
    "survey.opened": Says(
        "Hvordan var det at være med?", "Gruppen er færdig. Fortæl os, hvordan det var at være med.", Answer.SURVEY
    ),
}


def of(kind: str) -> Says:
    """The words for a kind of thing; for one that has none yet, words that are always true."""
    return BY_KIND.get(kind, UNKNOWN)
