"""Accounts, invitations, tokens, founding a depot."""
