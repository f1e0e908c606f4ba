"""Queueing mails, sending what waits, subscribing to the weekly report."""
