"""How does it go? Everything about evaluations that is signed up at the desk."""

from handlers import (
    evaluation_answer,
    evaluation_by_hand,
    evaluation_decide,
    evaluation_instruments,
    evaluation_partner,
    evaluation_remark,
    evaluation_reveal,
    evaluation_round,
    evaluation_said,
    evaluation_told,
    evaluation_year,
)
from handlers.desk import Desk


def register(desk: Desk) -> None:
    """Sign up."""
    for part in (
        evaluation_answer,
        evaluation_by_hand,
        evaluation_decide,
        evaluation_instruments,
        evaluation_partner,
        evaluation_remark,
        evaluation_reveal,
        evaluation_round,
        evaluation_said,
        evaluation_told,
        evaluation_year,
    ):
        part.register(desk)
