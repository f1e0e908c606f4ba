"""What every slice stands on: answers, errors, fields, forms, guards, menu."""
