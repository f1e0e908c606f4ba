"""Phones: the page that leads one through trusting the depot's certificate, and the proof after."""
