"""What a person can put right, said as a sentence that tells how."""


class UserError(Exception):
    """A sentence for the person at the screen; every other exception is ours to mend.

    Carries the English source sentence (a gettext msgid) and its values, and is translated where
    the person's language is known. `field` names the form field that the sentence belongs to.
    """

    def __init__(self, msgid: str, /, field: str | None = None, **values: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.field = field
        self.values = values
