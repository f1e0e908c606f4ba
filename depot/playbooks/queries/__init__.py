"""What a playbook holds that a depot has not, what a depot could hand on, and its handbook."""
