"""CVR, web, mail and telephone numbers: read forgivingly, kept in one form."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

from bot.errors import UserError
from bot.text import one_line, shortened

_CVR_FORM = re.compile(
    r"(?:cvr(?:[ -]?(?:nr|nummer|no|number))?[ .:]*)?(?:dk)?[ -]*([\d .-]+)", re.IGNORECASE
)
_CVR_DIGITS = 8
_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_CVR_MODULUS = 11

# What nearly all addresses look like. They are right as they stand, and to find that out by what
# is right for others takes fifty times as long: an import has some thousands.
_EVERYDAY_HOST = (
    r"(?:(?=[^.]{1,30}\.)[a-z0-9æøå]+(?:-[a-z0-9æøå]+)*\.){1,4}"
    r"(?:dk|com|org|net|eu|info|nu|se|no|de)"
)
_EVERYDAY_MAIL = re.compile(r"(?=.{6,64}$)[a-z0-9æøå]+(?:[._+-][a-z0-9æøå]+)*@" + _EVERYDAY_HOST)
_EVERYDAY_WEB = re.compile(f"(?:https?://)?(?P<host>{_EVERYDAY_HOST})")

_NAMED_MAIL = re.compile(r"[^<>]*<([^<>]*)>")  # what mail programs write: Anne Holm <anne@x.dk>

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LABEL = re.compile(r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?")
_TOP_LEVEL = re.compile(r"xn--[a-z0-9-]+|[^\W\d_]{2,63}")
_NEVER_IN_A_LINK = re.compile(r"[\s<>\"|\\^`{}]+")
_HOST_LENGTH = 253

_DENMARK = 45
_PHONE_LABEL = re.compile(r"^(?:tlf|telefon|phone|tel|mobil|mob|direkte)[ .:]*", re.IGNORECASE)
_PHONE_FORM = re.compile(r"(?:\+|\(\+)?[\d ()./-]+")

# At these hosts anybody has a mailbox or a page, so sharing one says nothing.
_PUBLIC_HOSTS = frozenset(
    """
    gmail.com googlemail.com hotmail.com hotmail.dk outlook.com outlook.dk live.com live.dk msn.com
    yahoo.com yahoo.dk icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net web.de proton.me
    protonmail.com pm.me hey.com fastmail.com mail.com mail.dk email.dk jubii.dk ofir.dk privat.dk
    get2net.dk tdcadsl.dk tdcspace.dk post.tele.dk stofanet.dk youmail.dk webspeed.dk
    facebook.com m.facebook.com instagram.com linkedin.com dk.linkedin.com youtube.com tiktok.com
    x.com twitter.com linktr.ee sites.google.com
    """.split()  # noqa: SIM905 - fifty hosts in a column of quotes would hide the rules below
)


def cvr(text: str) -> str:
    """A company's number in the Danish register as eight digits, its check digits tested.

    Raises UserError, for an empty text too.
    """
    form = _CVR_FORM.fullmatch(one_line(text))
    digits = re.sub(r"\D", "", form[1]) if form else ""
    if len(digits) != _CVR_DIGITS or not digits.isascii():
        raise UserError(
            "A CVR number has eight digits, and “{value}” does not fit. "
            "Correct it, or leave the field empty.",
            field="cvr",
            value=_shown(text),
        )
    weighed = sum(weight * int(digit) for weight, digit in zip(_CVR_WEIGHTS, digits, strict=True))
    if weighed % _CVR_MODULUS or digits.startswith("0"):
        raise UserError(
            "“{value}” cannot be a CVR number; one digit is probably mistyped. "
            "Correct it, or leave the field empty.",
            field="cvr",
            value=_shown(text),
        )
    return digits


def website(text: str) -> str:
    """An http or https address with its host in lower case; https where none was written.

    Raises UserError for anything that a browser would not open as a public page.
    """
    typed = one_line(text)
    if _EVERYDAY_WEB.fullmatch(typed):
        return typed if "://" in typed else f"https://{typed}"
    try:
        return _web_address(typed)
    except ValueError:
        raise UserError(
            "“{value}” is not an address on the web. Write it like springbraet.dk "
            "or https://springbraet.dk.",
            field="website",
            value=_shown(text),
        ) from None


def email(text: str) -> str:
    """One e-mail address with its domain in lower case; whether the mailbox exists is not asked.

    A display name or mailto: around it is taken off. Raises UserError.
    """
    from email_validator import (  # noqa: PLC0415 - loaded at the first other address
        EmailNotValidError,
        validate_email,
    )

    named = _NAMED_MAIL.fullmatch(one_line(text))
    typed = (named[1].strip() if named else one_line(text)).removeprefix("mailto:")
    if _EVERYDAY_MAIL.fullmatch(typed):
        return typed
    try:
        read = validate_email(typed, check_deliverability=False)
    except EmailNotValidError:
        raise UserError(
            "“{value}” is not an e-mail address. Write it like anne@springbraet.dk.",
            field="email",
            value=_shown(text),
        ) from None
    return read.normalized


def phone(text: str) -> str:
    """A telephone number as E.164, Danish where no country is written.

    One that cannot be read whole, with an extension or a remark for instance, stays as written.
    """
    import phonenumbers  # noqa: PLC0415 - loaded at the first number

    written = one_line(text)
    number = _PHONE_LABEL.sub("", written).replace("(0)", "")
    if not _PHONE_FORM.fullmatch(number):
        return written
    try:
        read = phonenumbers.parse(number, "DK")
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_valid_number(read):
        return written
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def phone_shown(stored: str) -> str:
    """A stored number as people write it: a Danish one in pairs, another with its country."""
    import phonenumbers  # noqa: PLC0415 - as in phone()

    if not stored.startswith("+"):
        return stored
    try:
        read = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return stored
    danish = read.country_code == _DENMARK
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(read, style.NATIONAL if danish else style.INTERNATIONAL)


def domain(website_or_mail: str) -> str:
    """The host of a web or mail address without www.

    Empty where it cannot be read, or where anybody can have an address (gmail.com, facebook.com).
    """
    typed = one_line(website_or_mail)
    if "@" in typed and "/" not in typed:
        typed = typed.rpartition("@")[2].rstrip(">")
    everyday = _EVERYDAY_WEB.fullmatch(typed)
    try:
        host = everyday["host"] if everyday else urlsplit(_web_address(typed)).hostname or ""
    except ValueError:
        return ""
    host = _spelled(host.removeprefix("www."))
    return "" if host in _PUBLIC_HOSTS else host


def _web_address(typed: str) -> str:
    """The address in its one form; ValueError where it is none."""
    parts = urlsplit(typed if _SCHEME.match(typed) else f"https://{typed}")
    port = f":{parts.port}" if parts.port else ""
    host = unicodedata.normalize("NFKC", parts.hostname or "")
    if parts.scheme not in {"http", "https"} or parts.username is not None or not _is_host(host):
        raise ValueError(typed)
    path = "" if parts.path == "/" else parts.path
    rest = path + (f"?{parts.query}" if parts.query else "")
    rest += f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}" + _NEVER_IN_A_LINK.sub(lambda odd: quote(odd[0]), rest)


def _is_host(host: str) -> bool:
    *labels, top_level = host.split(".")
    return (
        len(host) <= _HOST_LENGTH
        and bool(labels)
        and all(_LABEL.fullmatch(label) for label in labels)
        and _TOP_LEVEL.fullmatch(top_level) is not None
    )


def _spelled(host: str) -> str:
    """The host with its letters instead of their ASCII code, where the code can be read."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _shown(text: str) -> str:
    """What was typed, short enough to stand in a sentence."""
    return shortened(one_line(text), 60)
