"""Making calendars to subscribe to, and asking for mails before shifts."""
