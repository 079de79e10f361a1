"""The fields that a column can go into, what each is called, and what others call it.

Other names are spelled as bot.text.fold spells them, without case and accents, "aa" for å; Danish
first, then English. They are the headings that libraries, Outlook, Google and Excel use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.translation import Translator, mark
from bot.words import FIELD
from bot.workspace import Language


@dataclass(frozen=True)
class Field:
    """`label` is a msgid. `once`: a second column of it is a mistake, and is not read."""

    label: str
    names: tuple[str, ...] = ()
    once: bool = True


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|"))


_PHONE = (
    "telefon|tlf|tlf nr|tlf nummer|telefonnr|telefonnummer|telefon nr|mobil|mobilnr|mobilnummer"
    "|mobiltelefon|mobil nr|direkte|direkte tlf|direkte telefon|tel|phone|phone number|mobile"
    "|mobile phone|cell|cell phone|telephone|business phone|home phone|telefon arbejde"
)
_MAIL = (
    "e mail|email|mail|mailadresse|e mailadresse|emailadresse|e mail adresse|email adresse"
    "|mail adresse|epost|e post|e mail address|email address|e mail 1 value"
)
_ORGANISATION = (
    "navn|organisation|organisationens navn|organisationsnavn|forening|foreningens navn|foreninger"
    "|foreningsnavn|partner|partnernavn|partnerens navn|partnere|samarbejdspartner|virksomhed"
    "|virksomhedsnavn|firma|firmanavn|institution|institutionens navn|institutionsnavn|aktoer"
    "|aktoerens navn|navn paa forening|navn paa organisation|navn paa partner|medlem|klub|name"
    "|organization|organisation name|organization name|organization 1 name|company|company name"
    "|association|partner name|titel paa partner"
)
_PERSON = (
    "kontaktperson|kontaktpersoner|kontaktpersonens navn|kontakt person|kontaktnavn|kontakt|person"
    "|personens navn|navn paa kontaktperson|fulde navn|fornavn og efternavn|formand|leder"
    "|primaer kontakt|primaer kontaktperson|contact person|contact persons|contact name|full name"
    "|contact|primary contact"
)

FIELDS: Mapping[str, Field] = {
    "id": Field(
        mark("Partner's number"), _names("partnernummer|partner id|partnernr|partner number")
    ),
    "name": Field(FIELD["name"], _names(_ORGANISATION)),
    "other_names": Field(
        FIELD["other_names"],
        _names("alias|kaldenavn|forkortelse|ogsaa kaldet|also known as|aliases|abbreviation"),
        once=False,
    ),
    "kind": Field(
        FIELD["kind"],
        _names(
            "type|kategori|organisationstype|art|partnertype|sektor|category|kind|sort|sector"
            "|organisation type|organization type|type af organisation"
        ),
    ),
    "relation_type": Field(
        FIELD["relation_type"],
        _names("relationstype|type|relation type|relation|slags relation|type af relation"),
    ),
    "level": Field(
        FIELD["level"],
        _names(
            "niveau|cirkel|plads|trin|relationsniveau|samarbejdsniveau|grad|level|circle|relation"
            "|type|tier"
        ),
    ),
    "status": Field(FIELD["status"], _names("status|tilstand|aktiv|state|stage|hvor langt er vi")),
    "area": Field(
        FIELD["area"],
        _names(
            "hvad laver de|beskrivelse|formaal med foreningen|aktivitet|aktiviteter|om dem|om"
            "|fagomraade|arbejdsomraade|description|about|what they do|activities|field of work"
        ),
    ),
    "branch": Field(
        FIELD["branch"],
        _names("afdeling|bibliotek|filial|team|vores afdeling|branch|our branch|library"),
    ),
    "keywords": Field(
        FIELD["keywords"],
        _names(
            "emneord|emne|emner|noegleord|tags|tag|stikord|tema|temaer|interesser|kategorier"
            "|keyword|topic|topics|subject|subjects|labels|categories|theme|themes"
        ),
        once=False,
    ),
    "target_groups": Field(
        FIELD["target_groups"],
        _names("maalgruppe|brugergruppe|for hvem|audience|target group|users"),
        once=False,
    ),
    "age_groups": Field(
        FIELD["age_groups"], _names("aldersgruppe|aldersgrupper|age|ages|age group"), once=False
    ),
    "rooms": Field(FIELD["rooms"], _names("rummet|de fire rum|fire rum|room"), once=False),
    "purposes": Field(
        FIELD["purposes"], _names("hensigt|hvad vil vi|purpose|purposes|aim|aims"), once=False
    ),
    "goals": Field(FIELD["goals"], _names("strategisk maal|strategiske maal|goal"), once=False),
    "website": Field(
        FIELD["website"],
        _names("hjemmeside|web|website|webside|www|url|link|netsted|webadresse|web page|homepage"),
    ),
    "cvr": Field(
        FIELD["cvr"], _names("cvr|cvr nr|cvrnr|cvr no|vat|vat number|company registration number")
    ),
    "start": Field(
        FIELD["start"],
        _names("siden|startdato|start|begyndt|partner siden|samarbejde siden|begin|start date"),
    ),
    "agreement_link": Field(
        FIELD["agreement_link"],
        _names("aftale|samarbejdsaftale|partnerskabsaftale|kontrakt|agreement|contract"),
    ),
    "case_number": Field(
        FIELD["case_number"], _names("sag|sagsnr|sags nr|journalnummer|journalnr|case|case no")
    ),
    "next_step": Field(
        FIELD["next_step"], _names("naeste skridt|naeste|opfoelgning|to do|todo|next|follow up")
    ),
    "next_step_on": Field(
        FIELD["next_step_on"],
        _names("frist|deadline|opfoelgningsdato|next step on|next step date|follow up date"),
    ),
    "responsible": Field(
        FIELD["responsible"],
        _names(
            "tovholder|ansvarlig|ansvarlig medarbejder|medarbejder|vores kontakt|intern kontakt"
            "|kontakt hos os|kontaktperson hos os|ejer|responsible|owner|our contact"
        ),
    ),
    "deputy": Field(FIELD["deputy"], _names("stedfortraeder|backup|anden ansvarlig|substitute")),
    "note": Field(
        FIELD["note"],
        _names(
            "noter|notat|notater|bemaerkning|bemaerkninger|kommentar|kommentarer|andet"
            "|notes|comment|comments|remark|remarks"
        ),
        once=False,
    ),
    "note.headed": Field(
        mark("Note, with the heading in front"),
        _names(
            "adresse|adr|vej|gade|postnr|postnummer|post nr|by|postnr og by|postnr by|bydel|omraade"
            "|lokalomraade|kommune|p nummer|p nr|address|street|postal code|zip|zip code|city|town"
            "|business street|business city|business postal code|district|fax|facebook|instagram"
        ),
        once=False,
    ),
    "picture_link": Field(FIELD["picture_link"], _names("logo|billede|picture|image")),
    "archived": Field(FIELD["archived"], _names("nedlagt|inaktiv|archive|inactive")),
    "last_contact": Field(
        mark("Last contact"),
        _names(
            "sidst kontakt|sidste kontakt|seneste kontakt|sidst kontaktet|senest kontaktet"
            "|sidst talt sammen|sidst talt med|sidst set|kontaktdato|dato for sidste kontakt"
            "|dato for kontakt|seneste dato|sidste moede|seneste moede|dato|date|last contacted"
            "|last seen|contact date|latest contact|last meeting"
        ),
    ),
    "person.id": Field(mark("Person's number"), ("person id", "person number")),
    "person.name": Field(mark("Contact person"), _names(_PERSON), once=False),
    "person.first": Field(
        mark("Contact person's first name"),
        _names("fornavn|fornavne|for navn|first name|given name|forname"),
        once=False,
    ),
    "person.last": Field(
        mark("Contact person's last name"),
        _names("efternavn|efternavne|last name|surname|family name"),
        once=False,
    ),
    "person.title": Field(
        mark("Title or role"),
        _names("titel|rolle|stilling|stillingsbetegnelse|funktion|post|title|role|position"
               "|job title"),
        once=False,
    ),
    "person.email": Field(mark("Mail"), _names(_MAIL), once=False),
    "person.phone": Field(mark("Phone"), _names(_PHONE), once=False),
    "person.note": Field(
        mark("The person's note"), _names("note om personen|personens note"), once=False
    ),
    "person.source": Field(
        mark("Where we have the details from"), _names("kilde|source"), once=False
    ),
    "person.told_on": Field(mark("Was told on"), _names("informeret den|informed on"), once=False),
    "person.no_contact": Field(
        mark("Wishes no contact"),
        _names(
            "oensker ikke kontakt|maa ikke kontaktes|ingen kontakt|nej tak til kontakt|no contact"
            "|do not contact|kontakt ikke"
        ),
        once=False,
    ),
}  # fmt: skip
# Columns of our own tables that say nothing to read back: known, so that no guess is made.
ROW = mark("Row")
WHY = mark("Why the row was not imported")
NOT_READ = mark("Is not read")
_OWN_ONLY = (mark("Added on"), ROW, WHY, NOT_READ)

# What the table of a partner's persons calls their columns, where the partner has its own.
OF_PERSONS: Mapping[str, str] = {"name": "person.name", "note": "person.note"}


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """The fields that each known heading may mean, likeliest first; headings as `heading` spells.

    A heading of our own export means that field first, in either language.
    """
    from bot.import_header import heading  # noqa: PLC0415 - which asks this module

    found: dict[str, list[str]] = {}
    ours = [Translator(language) for language in Language]
    for key, each in FIELDS.items():
        for t in ours:
            found.setdefault(heading(t(each.label)), []).append(key)
    for key, each in FIELDS.items():
        for name in (*each.names, key):
            found.setdefault(heading(name), []).append(key)
    for label in _OWN_ONLY:
        for t in ours:
            found[heading(t(label))] = [""]
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def field_named(text: str) -> str | None:
    """The field that somebody names, by its key or a heading; None for none."""
    from bot.import_header import heading  # noqa: PLC0415 - as above

    if text in FIELDS:
        return text
    found = names().get(heading(text))
    return found[0] if found else None
