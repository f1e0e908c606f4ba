"""Commands of playbooks: taking one, and the pages of the handbook."""
