"""A check that came with a file of our own: nobody's, and perhaps several have answered it.

Whose answers they are was not in the file. So what all say stands for the check, and where they
differ, just that.
"""

from dataclasses import replace

from bot.questions import Question
from bot.tjek import Check, Findings, Sheet, asked, findings


def answers_of(check: Check) -> Sheet:
    """The answers of the one who began it; of one that is nobody's, those that all agree on."""
    if check.started_by:
        return check.sheets.get(check.started_by, Sheet())
    given = {
        question: answer
        for sheet in check.sheets.values()
        for question, answer in sheet.answers.items()
    }
    differ = {question.id for question in apart(check)}
    return Sheet({question: given[question] for question in given if question not in differ})


def apart(check: Check) -> tuple[Question, ...]:
    """The questions that were answered differently in a check that is nobody's."""
    if check.started_by:
        return ()
    sheets = [sheet.answers for sheet in check.sheets.values()]
    said = {
        question.id: {answers[question.id] for answers in sheets if question.id in answers}
        for question in asked(check).questions
    }
    return tuple(question for question in asked(check).questions if len(said[question.id]) > 1)


def laid_out(check: Check, *, short: bool) -> Findings:
    """As findings(), without the questions that were answered differently."""
    differ = {question.id for question in apart(check)}
    found = findings(asked(check), answers_of(check), short=short)
    left = tuple(question for question in found.find_out if question.id not in differ)
    return replace(found, find_out=left)
