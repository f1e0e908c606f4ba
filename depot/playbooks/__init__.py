"""Playbooks: how a group that works begins, to be taken, changed and handed on."""
