"""What the bot says: gettext catalogues read from bot/locales, the language always an argument.

Source sentences are English and stand in the code; Danish is complete at all times (a test). Dates,
lists and plurals come from Babel. A sentence may carry **bold**, _italic_ and {placeholders}: the
markup is resolved by handlers/views/parts.py, so that a person's own text never becomes markup.
"""

import gettext
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.workspace import Language

LOCALES = Path(__file__).parent / "locales"


def mark(msgid: str) -> str:
    """Mark a sentence for the catalogue that is translated later, by `t(msgid)`."""
    return msgid


_JUST_NOW = (mark("today"), mark("yesterday"))
_LAST = (
    mark("on Monday"),
    mark("on Tuesday"),
    mark("on Wednesday"),
    mark("on Thursday"),
    mark("on Friday"),
    mark("on Saturday"),
    mark("on Sunday"),
)
_FULL_HOUR = mark("{hour}:00")
# From two on: where it is one, the sentence is another.
_COUNTED = (
    mark("two"),
    mark("three"),
    mark("four"),
    mark("five"),
    mark("six"),
    mark("seven"),
    mark("eight"),
    mark("nine"),
    mark("ten"),
    mark("eleven"),
    mark("twelve"),
)
_TWO = 2
_WEEK = len(_LAST)  # a week ago has today's own name: then the date is clearer


def catalogue_files(language: Language) -> list[Path]:
    """The .po files of one language, one per feature."""
    return sorted((LOCALES / language.value / "LC_MESSAGES").glob("*.po"))


@lru_cache
def _gettext(language: Language) -> gettext.NullTranslations:
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - only read at the first sentence
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - as above
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    whole = Catalog(locale=language.value)
    for path in catalogue_files(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language.value, abort_invalid=True):
                if message.id:
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Translator:
    """Sentences, dates and lists in one language: `t("Saved {name}.", name=name)`."""

    def __init__(self, language: Language, timezone: str = "Europe/Copenhagen") -> None:
        self.language = language
        self.zone = ZoneInfo(timezone)
        self._words = _gettext(language)

    def __call__(self, msgid: str, /, **values: object) -> str:
        """Translate; without values the placeholders stay, for the view to fill."""
        return _fill(self._words.gettext(msgid), values)

    def n(self, singular: str, plural: str, number: int, /, **values: object) -> str:
        """Translate with a number; `{number}` is filled in by itself."""
        text = self._words.ngettext(singular, plural, number)
        return _fill(text, {"number": self.number(number), **values})

    def error(self, error: UserError) -> str:
        """The sentence of an error that a person can act on, its numbers as people write them."""
        values = {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in error.values.items()
        }
        return self(error.msgid, **values) if values else self(error.msgid)

    def number(self, value: float) -> str:
        """A number as people write it: 1.500 and 3,5 in Danish."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - Babel's data load slowly

        return format_decimal(value, locale=self.language.value)

    def figure(self, value: Decimal) -> str:
        """With one decimal, always: 4,3 and 3,0 in Danish."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - as in number()

        return format_decimal(value, format="0.0", locale=self.language.value)

    def count(self, value: int, *, first: bool = False) -> str:
        """In a sentence, a word from two to twelve; `first`: the sentence begins with it."""
        if not _TWO <= value < _TWO + len(_COUNTED):
            return self.number(value)
        word = self(_COUNTED[value - _TWO])
        return word.capitalize() if first else word

    def day(self, when: date | datetime, today: date | None = None) -> str:
        """Short: 24. nov. A datetime is turned into the library's own time zone first.

        With `today`, the year too if it is not this one.
        """
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        day = self._local(when)
        pattern = "d. MMM" if self.language is Language.DANISH else "d MMM"
        return format_date(day, pattern + _year(day, today), locale=self.language.value)

    def long_day(self, when: date | datetime, today: date | None = None) -> str:
        """Long, with the weekday: tirsdag den 24. november; the year as in day()."""
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        day = self._local(when)
        pattern = "EEEE 'den' d. MMMM" if self.language is Language.DANISH else "EEEE d MMMM"
        return format_date(day, pattern + _year(day, today), locale=self.language.value)

    def full_day(self, day: date, today: date) -> str:
        """With the whole month, 24. november; the year if it is not this one."""
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        pattern = "d. MMMM" if self.language is Language.DANISH else "d MMMM"
        return format_date(day, pattern + _year(day, today), locale=self.language.value)

    def weekday(self, day: date) -> str:
        """Its name: torsdag."""
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        return format_date(day, "EEEE", locale=self.language.value)

    def hour(self, moment: datetime) -> str:
        """The time of day, without minutes where there are none: 12, or 12:30."""
        local = moment.astimezone(self.zone)
        return f"{local:%H:%M}" if local.minute else self(_FULL_HOUR, hour=local.hour)

    def month(self, day: date, today: date) -> str:
        """The month by its name, november; the year if it is not this one."""
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        return format_date(day, "MMMM" + _year(day, today), locale=self.language.value)

    def short_month(self, day: date) -> str:
        """Month and year, short enough for the axis of a chart: nov. 2026."""
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        return format_date(day, "MMM y", locale=self.language.value)

    def ago(self, day: date, today: date) -> str:
        """As people say it: i dag, i går, i tirsdags, den 3. oktober; the year if not this one."""
        from babel.dates import format_date  # noqa: PLC0415 - as in number()

        days = (today - day).days
        if 0 <= days < len(_JUST_NOW):
            return self(_JUST_NOW[days])
        if 0 < days < _WEEK:
            return self(_LAST[day.weekday()])
        pattern = "'den' d. MMMM" if self.language is Language.DANISH else "'on' d MMMM"
        return format_date(day, pattern + _year(day, today), locale=self.language.value)

    def list(self, items: Iterable[str]) -> str:
        """Join with commas and an "and" before the last."""
        from babel.lists import format_list  # noqa: PLC0415 - as in number()

        return format_list(list(items), locale=self.language.value)

    def _local(self, when: date | datetime) -> date:
        return when.astimezone(self.zone).date() if isinstance(when, datetime) else when


def _year(day: date, today: date | None) -> str:
    """What the pattern needs for the year; nothing where it is this one or nobody compares."""
    return "" if today is None or day.year == today.year else " y"


def _fill(template: str, values: dict[str, object]) -> str:
    return template.format(**values) if values else template
