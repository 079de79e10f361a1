"""A stand-in for Slack, small and honest: HTTP and WebSocket, and refusals like the original."""
