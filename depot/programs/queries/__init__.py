"""What programs are told, and which webhooks there are."""
