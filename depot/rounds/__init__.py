"""What is done again and again while the program serves: mails, the needs list, Monday's report."""
