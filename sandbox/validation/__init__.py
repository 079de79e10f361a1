"""The judge of Block Kit: what Slack would refuse in a message, a modal or a Home tab, and how."""

from sandbox.validation.messages import check_blocks, check_message, message_error
from sandbox.validation.places import Problem
from sandbox.validation.views import check_view, view_error

__all__ = [
    "Problem",
    "check_blocks",
    "check_message",
    "check_view",
    "message_error",
    "view_error",
]
