"""How Danish and English mail signatures are worded: greetings, labels, titles, streets.

Guesses, not rules: what is read wrongly is seen by the person who pasted it. Lists of words are
folded (see bot.text.fold), and match the end of a word, because Danish puts the telling part last:
"kulturkonsulent", "skakklubben".
"""

import re

from bot.text import bare_name, words

GREETING = re.compile(
    r"(?:(?:med|de|rigtig|kind|best|warm|many|venlig\w*|bedste|mange|kærlig\w*|varme|gode)\s+)*"
    r"(?:hilsen|hilsner|regards|wishes)\b|m\.?\s?v\.?\s?h\b\.?|v\.?h\b\.?|k\.?h\b\.?|dbh\b"
    r"|yours sincerely\b"
    r"|(?:best|cheers|thanks|thank you|sincerely|yours|på forhånd tak|tak|kærligst)"
    r"(?=\s*[,.!]|\s*$)",
    re.IGNORECASE,
)
AFTER_GREETING = re.compile(r"^[\s,.!:/&]*(?:(?:fra|from|på vegne af)\s+)?", re.IGNORECASE)
SALUTATION = re.compile(r"(?:hej|kære|hi|hello|dear|hey|goddag|godmorgen)\b", re.IGNORECASE)
MAIL_HEADER = re.compile(
    r"(?:sendt|sent|til|to|cc|bcc|emne|subject|dato|date)\s*:|.*\b(?:skrev|wrote)\b.*:$",
    re.IGNORECASE,
)
NOISE = re.compile(r"(?:sendt fra min|sent from my|get outlook|hent outlook)\b", re.IGNORECASE)
PRONOUNS = re.compile(r"\((?:hun|han|de|she|he|they)\b[^)]*\)", re.IGNORECASE)

# A label with nothing left behind it has done its work.
BARE_LABEL = re.compile(
    r"(?:(?:e-?)?mail|web|www|hjemmeside|website|tlf|telefon|phone|tel|mobil\w*|mob|cell|direkte"
    r"|direct|fax|cvr|ean|nr|og|and|fra|from|adresse|address|kontakt|[ewtmdpa])[-.: ]*",
    re.IGNORECASE,
)
LABELS = {
    "name": re.compile(r"(?:navn|name|kontakt(?:person)?|fra|from)\s*:\s*(?=\S)", re.IGNORECASE),
    "title": re.compile(r"(?:titel|title|stilling|rolle|role)\s*:\s*(?=\S)", re.IGNORECASE),
    "organisation": re.compile(
        r"(?:firma|organisation|virksomhed|forening|company|institution|sted)\s*:\s*(?=\S)",
        re.IGNORECASE,
    ),
}

_ADDRESS = re.compile(
    r"\b(?:dk-?\s?)?\d{4}\s+[^\W\d_]"
    r"|(?:gade|vej|vejen|allé|alle|plads|torv|torvet|stræde|boulevard|vænge|vænget|park|parken|kaj"
    r"|kajen|have|haven|bakke|bakken|stien|sti|road|street|avenue|lane|square)\.?\s+\d"
    r"|^\d|^(?:postboks|p\.?\s?o\.? box|adresse|address)\b|^(?:danmark|denmark)$",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r".*(?:leder|chef|direktoer|formand|forkvinde|forperson|konsulent|koordinator|medarbejder|medlem"
    r"|bibliotekar|laerer|paedagog|kasserer|sekretaer|redaktoer|producent|kurator|inspektoer|rektor"
    r"|ansvarlig|frivillig|assistent|raadgiver|specialist|manager|director|officer|coordinator"
    r"|consultant|founder|stifter|indehaver|owner|president|curator|librarian|teacher|editor"
    r"|secretary|treasurer|chairman|chairwoman|chairperson|professor|lektor|praest|instruktoer"
    r"|udvikler|designer|arkitekt|journalist|traener|kunstner|formidler|studerende|volunteer"
    r"|advisor|developer|ingenioer|fotograf|forfatter|forsker|vaert|praktikant|dirigent)"
)
_TITLE = frozenset(
    ["head", "lead", "chair", "ceo", "cto", "cfo", "ejer", "medejer", "partner", "adjunkt", "host"]
)
_ORGANISATION_END = re.compile(
    r".*(?:forening|fond|muse(?:um|er)|bibliotek|kommune|skole|gymnasi(?:um|er)|universitet|klub"
    r"|cent(?:er|re)|teat(?:er|re)|kirke|raad|forlag|boghandel|cafe|festival|institut|akademi"
    r"|orkester|galleri|hus|selskab|netvaerk|vaerksted|vaerk|kollegium|hospital|styrelse|bureau"
    r"|fabrik|biograf|arkiv|gruppe|forbund|union|scene|spejder)(?:en|et|erne|ne|n|t|s|ret)?"
)
_ORGANISATION = frozenset(
    """
    studio group association foundation library school university company trust theatre theater
    church club network council society agency region museum kor koret if fc laug lav bio lab
    """.split()  # noqa: SIM905 - one word a line would hide how short the list is
)
_TOWNS = frozenset(["aarhus"])  # ends as a house does
_PART_OF_ONE = frozenset(["afdeling", "afd", "team", "sekretariat", "department"])
_PARTICLES = frozenset(
    ["von", "van", "de", "der", "den", "af", "la", "da", "di", "el", "al", "bin"]
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019.-])*")
_MOST_NAMES = 5
_MOST_WORDS = 8


def is_address(text: str) -> bool:
    """Whether it is a street, a floor, a postal code or a country."""
    return _ADDRESS.search(text) is not None


def is_title(text: str) -> bool:
    """Whether a word for a job or a post comes before any word for an organisation."""
    for word in words(text):
        if word in _TITLE or _TITLE_END.fullmatch(word):
            return True
        if _names_organisation(word):
            return False
    return False


def is_organisation(text: str) -> bool:
    """Whether it has a legal form or a word for an organisation, and is no department of one."""
    told = words(text)
    if not told or len(told) > _MOST_WORDS or is_department(text):
        return False
    return bare_name(text) != " ".join(told) or any(map(_names_organisation, told))


def is_department(text: str) -> bool:
    """Whether it is a part of an organisation."""
    return not _PART_OF_ONE.isdisjoint(words(text)[:1])


def name_words(text: str) -> list[str]:
    """The words of what is shaped as a person's name, one to five of them; none otherwise."""
    parts = text.split()
    shaped = len(parts) <= _MOST_NAMES and all(map(_NAME_WORD.fullmatch, parts))
    return parts if shaped else []


def is_capitalised(parts: list[str]) -> bool:
    """Whether the words are written as a name is; scripts without capitals count as such."""
    return all(not part[0].islower() or part in _PARTICLES for part in parts)


def _names_organisation(word: str) -> bool:
    if word in _TOWNS:
        return False
    return word in _ORGANISATION or _ORGANISATION_END.fullmatch(word) is not None
