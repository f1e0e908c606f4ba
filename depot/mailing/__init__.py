"""Sending what waits in the outbox, and the weekly report on Mondays."""
