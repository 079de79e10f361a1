"""Slack's limits on blocks, views and messages: one table, read by whatever judges a payload.

A row is (least, most), both ends included, in characters (Unicode code points), items, bytes or
the field's own number. Where sources disagree the larger stands: the judge accepts what Slack
might accept, builders keep well below. Sources, named beside each row:

docs      the page of that block, element or object under docs.slack.dev/reference/block-kit
views     docs.slack.dev/reference/views and /surfaces/modals
message   docs.slack.dev/reference/methods/chat.postMessage
registry  the limit registry of slackblocks 3.0 (spec/limits.json), checked against @slack/types 3.2
skills    github.com/slackapi/slack-skills-plugin, skills/block-kit
bolt-js   github.com/slackapi/bolt-js/issues/2509: measured by users, not documented
ours      no source names a figure; ours is generous
"""

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Limit(NamedTuple):
    """The least and the most that is accepted."""

    least: int
    most: int


ANY: Final = Limit(0, sys.maxsize)
SOME: Final = Limit(1, sys.maxsize)

LIMITS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        # identifiers and shared parts
        "block_id": Limit(1, 255),  # docs
        "action_id": Limit(1, 255),  # docs
        "text": Limit(1, 3000),  # docs: composition-objects/text-object
        "placeholder": Limit(1, 150),  # docs
        "accessibility_label": Limit(1, 75),  # docs
        "url": Limit(1, 3000),  # docs
        "alt_text": Limit(1, 2000),  # docs
        "focus_on_load": Limit(0, 1),  # docs: one element in a view
        # composition objects
        "confirm.title": Limit(1, 100),  # docs
        "confirm.text": Limit(1, 300),  # docs
        "confirm.button": Limit(1, 30),  # docs
        "option.text": Limit(1, 75),  # docs
        "option.value": Limit(1, 150),  # docs (@slack/types: 75)
        "option.description": Limit(1, 75),  # docs
        "option_group.label": Limit(1, 75),  # docs
        "filter.include": Limit(1, 4),  # docs: there are four kinds
        "trigger_actions_on": Limit(1, 2),  # docs: there are two triggers
        # elements
        "button.text": Limit(1, 75),  # docs
        "button.value": Limit(0, 2000),  # docs
        "button.agent_prompt": Limit(1, 4000),  # registry
        "icon_button.visible_to_user_ids": Limit(1, 10),  # registry
        "select.options": Limit(1, 100),  # docs
        "select.option_groups": Limit(1, 100),  # docs
        "radio_buttons.options": Limit(1, 10),  # docs
        "checkboxes.options": Limit(1, 10),  # docs
        "overflow.options": Limit(1, 5),  # docs
        "plain_text_input.initial_value": Limit(0, 3000),  # docs
        "plain_text_input.min_length": Limit(0, 3000),  # docs
        "plain_text_input.max_length": Limit(1, 3000),  # docs
        "rich_text_input.lines": Limit(1, 100),  # registry
        "file_input.max_files": Limit(1, 10),  # docs
        "datetimepicker.initial_date_time": Limit(10**9, 10**10 - 1),  # docs: ten digits
        # blocks
        "section.fields": Limit(1, 10),  # docs
        "section.field": Limit(1, 2000),  # docs
        "header.text": Limit(1, 150),  # docs
        "context.elements": Limit(1, 10),  # docs
        "context_actions.elements": Limit(1, 5),  # docs
        "actions.elements": Limit(1, 25),  # docs
        "input.label": Limit(1, 2000),  # docs
        "input.hint": Limit(1, 2000),  # docs
        "image.title": Limit(1, 2000),  # docs
        "markdown.text": Limit(1, 12000),  # docs
        "alert.text": Limit(1, 200),  # registry
        "card.heading": Limit(1, 150),  # docs: title and subtitle
        "card.body": Limit(1, 200),  # docs: body and subtext
        "card.actions": Limit(1, 3),  # docs
        "carousel.elements": Limit(1, 10),  # docs
        "container.heading": Limit(1, 150),  # docs: title and subtitle
        "container.child_blocks": Limit(1, 10),  # docs
        "plan.tasks": Limit(0, 50),  # registry
        "video.alt_text": Limit(0, 2000),  # registry
        "video.title": Limit(1, 200),  # docs
        "video.name": Limit(1, 50),  # docs: author_name and provider_name
        "video.description": Limit(1, 200),  # docs
        "rich_text.indent": Limit(0, 8),  # registry
        "rich_text.border": Limit(0, 1),  # registry
        "rich_text.skin_tone": Limit(1, 6),  # docs
        # tables and charts
        "table.rows": Limit(1, 100),  # docs
        "table.columns": Limit(1, 20),  # docs
        "table.content": Limit(0, 10000),  # skills
        "data_table.rows": Limit(2, 201),  # registry (an older page of docs: 101)
        "data_table.columns": Limit(1, 20),  # docs
        "data_table.header_column": Limit(0, 19),  # docs: counted from 0
        "data_table.page_size": Limit(1, 100),  # docs
        "data_visualization.title": Limit(1, 50),  # docs
        "data_visualization.parts": Limit(1, 12),  # registry (docs of June 2026: 6)
        "data_visualization.points": Limit(1, 20),  # docs
        "data_visualization.label": Limit(1, 20),  # docs
        "data_visualization.axis_label": Limit(1, 50),  # docs
        # views
        "view.blocks": Limit(1, 100),  # views
        "view.heading": Limit(1, 24),  # views: title, submit and close
        "view.private_metadata": Limit(0, 3000),  # views
        "view.callback_id": Limit(0, 255),  # views
        "view.external_id": Limit(0, 255),  # registry
        "view.bytes": Limit(0, 250 * 1024),  # views.open: view_too_large above 250 kB
        # messages
        "message.text": Limit(0, 40000),  # message: truncated or refused above
        "message.blocks": Limit(0, 50),  # docs
        "message.blocks_text": Limit(0, 13200),  # bolt-js
        "message.markdown": Limit(0, 12000),  # docs: markdown blocks together
        "message.tables": Limit(0, 1),  # skills
        "message.data_tables": Limit(0, 20000),  # registry: characters in all cells
        "message.charts": Limit(0, 2),  # docs
        "message.attachments": Limit(0, 100),  # message
        "message.event_type": Limit(1, 255),  # ours
        "message.metadata_bytes": Limit(0, 16 * 1024),  # ours
    }
)
