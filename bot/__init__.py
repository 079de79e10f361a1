"""The method and its words: rules without Slack, without SQL and without a clock."""
