"""The information that a contact person is owed (art. 13 and 14), from the library's settings."""

from bot.translation import Translator, mark
from bot.workspace import Workspace

_NOTICE = mark(
    "We have noted your name, your title and your contact details at work, because {organisation}"
    " is in touch with {library}. This is what we wrote down about where we have them from:"
    " “{source}”. {purpose} The legal basis is {basis}.\n\nThey are kept by {controller}, who is"
    " the data controller, and by our supplier Slack.{transfer} We delete them {period} after our"
    " last contact.\n\nYou can ask to see them, to have them corrected or deleted, or to have their"
    " use restricted, and you can object to our having them: {contact}. Our data protection"
    " officer: {dpo}. You can complain to Datatilsynet, the Danish Data Protection Agency"
    " (datatilsynet.dk)."
)
_PURPOSE = mark("We use them to keep in touch and to plan what we do together.")
# A task in the public interest: what Danish public libraries name in their own notices.
_BASIS = mark("article 6(1)(e) of the General Data Protection Regulation")

_YEAR = 12  # months

# What has no standard text, and how the gap is shown in the notice.
_GAPS = {
    "library_name": mark("[the library]"),
    "controller": mark("[the municipality or institution that is the data controller]"),
    "privacy_contact": mark("[mail or telephone]"),
    "dpo": mark("[mail or telephone of the data protection officer]"),
}
_NO_SOURCE = mark("[where the details come from]")


def gaps(workspace: Workspace) -> tuple[str, ...]:
    """The settings that the notice still lacks, by name."""
    return tuple(name for name in _GAPS if not getattr(workspace, name))


def notice_text(t: Translator, workspace: Workspace, *, organisation: str, source: str) -> str:
    """The text to copy into a mail; what is missing stands in it in square brackets."""
    given = {name: getattr(workspace, name) or t(gap) for name, gap in _GAPS.items()}
    return t(
        _NOTICE,
        organisation=organisation,
        library=given["library_name"],
        source=source or t(_NO_SOURCE),
        purpose=workspace.purpose or t(_PURPOSE),
        basis=workspace.legal_basis or t(_BASIS),
        controller=given["controller"],
        transfer=f" {workspace.transfer}" if workspace.transfer else "",
        period=_period(t, workspace.retention_months),
        contact=given["privacy_contact"],
        dpo=given["dpo"],
    )


def _period(t: Translator, months: int) -> str:
    """Whole years are said as years."""
    years, rest = divmod(months, _YEAR)
    if rest:
        return t.n("one month", "{number} months", months)
    return t.n("one year", "{number} years", years)
