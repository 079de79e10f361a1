"""What in a mail signature has a form of its own: CVR, mail, web and telephone numbers."""

import re
from dataclasses import dataclass, field

from bot import identifiers
from bot.errors import UserError

TAKEN = " | "  # stands where something was taken out, so that its neighbours stay apart

_EAN = re.compile(r"\b(?:EAN|GLN)\b\D{0,20}(?:\d[ .-]?){13}", re.IGNORECASE)
_CVR = re.compile(
    r"\b(?:(?:CVR|SE|VAT|moms)\b[-. ]{0,2}(?:nr|nummer|no|number|id)?[.: ]*(?:DK)?[- ]?|DK[- ]?)"
    r"(\d(?:[ .]?\d){7})(?![ .]?\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s|,;<>()\"\[\]]+"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:dk|com|org|net|eu|nu|info|io|se|no|de|uk|gl|fo)\b"
    r"(?:/[^\s|,;<>()\"\[\]]*)?",
    re.IGNORECASE,
)
_DATE = r"\d{1,2}[.-]\d{1,2}[.-]\d{4}\b|\d{4}-\d\d-\d\d\b"
_PHONE = re.compile(
    r"(?:\b(?P<label>tlf|telefon\w*|phone|tel|mob|mobil\w*|cell|direkte|direct|dir|hoved\w*"
    r"|omstilling\w*|switchboard|main|fax|[tmdp])\b[-.:/ ]*"
    r"(?:\b(?:nr|nummer|no|tlf|phone)\b[.: ]*)?)?"
    r"(?P<number>\(?(?:\+|\b00)45\)?[ .-]?\d(?:[ .-]?\d){7}(?!\d)"
    r"|\(?(?:\+|\b00)\d{1,3}\)?[ .-]?(?:\(0\))?(?:[ .-]?\d){6,12}(?!\d)"
    rf"|(?<![\d+])(?<!\d[ .-])(?!{_DATE})\d(?:[ .-]?\d){{7}}(?![ .-]?\d))",
    re.IGNORECASE,
)
# A mobile follows the person, a direct number the desk, a main number only reaches the house.
_OWN_NUMBER = {"m": 0, "mob": 0, "cel": 0, "d": 1, "dir": 1, "hov": 3, "oms": 3, "swi": 3, "mai": 3}
_UNLABELLED = 2
_NOBODYS = frozenset(["info", "kontakt", "contact", "post", "mail", "hej", "hello", "office"])


@dataclass
class Marks:
    """All that was taken out, each as read and as written, in the order it stood."""

    cvrs: list[tuple[str, str]] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    sites: list[tuple[str, str]] = field(default_factory=list)
    phones: list[tuple[str, str]] = field(default_factory=list)
    _ranks: dict[str, int] = field(default_factory=dict)

    def take(self, line: str) -> str:
        """Take the marks out of a line. EAN numbers are for invoices and go nowhere."""
        line = _EAN.sub(TAKEN, line)
        line = _CVR.sub(self._take_cvr, line)
        line = _MAIL.sub(self._take_mail, line)
        line = _WEB.sub(self._take_site, line)
        return _PHONE.sub(self._take_phone, line)

    @property
    def cvr(self) -> str:
        """The first CVR number, or nothing."""
        return next((cvr for cvr, _ in self.cvrs), "")

    @property
    def email(self) -> str:
        """The first address, a person's before the house's, or nothing."""
        addresses = (mail for mail, _ in self.mails)
        return min(addresses, key=lambda mail: mail.partition("@")[0] in _NOBODYS, default="")

    @property
    def website(self) -> str:
        """The first website, their own before a page at everybody's, or nothing."""
        return min((site for site, _ in self.sites), key=_is_page, default="")

    @property
    def phone(self) -> str:
        """The number that reaches the person most surely, or nothing."""
        return min((phone for phone, _ in self.phones), key=self._ranks.__getitem__, default="")

    @property
    def unused(self) -> list[str]:
        """What was taken out and then not chosen, as it was written."""
        taken = (*self.cvrs, *self.mails, *self.sites, *self.phones)
        chosen = {self.cvr, self.email, self.website, self.phone}
        return [written for read, written in taken if read not in chosen]

    def _take_cvr(self, match: re.Match[str]) -> str:
        try:
            self.cvrs.append((identifiers.cvr(match[1]), match[0].strip()))
        except UserError:
            return match[0]
        return TAKEN

    def _take_mail(self, match: re.Match[str]) -> str:
        try:
            self.mails.append((identifiers.email(match[0]), match[0]))
        except UserError:
            return match[0]
        return TAKEN

    def _take_site(self, match: re.Match[str]) -> str:
        written = match[0].rstrip(".:!?'")
        try:
            self.sites.append((identifiers.website(written), written))
        except UserError:
            return match[0]
        return TAKEN

    def _take_phone(self, match: re.Match[str]) -> str:
        label = (match["label"] or "").lower()[:3]
        number = identifiers.phone(match["number"])
        if label == "fax" or not number.startswith("+") or " " in number:
            return match[0]
        self.phones.append((number, match[0].strip()))
        rank = _OWN_NUMBER.get(label, _UNLABELLED)
        self._ranks[number] = min(rank, self._ranks.get(number, rank))
        return TAKEN


def _is_page(website: str) -> bool:
    return not identifiers.domain(website)
