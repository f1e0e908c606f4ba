"""Numbers, days and names that are far from anything before: rules, history, questions."""
