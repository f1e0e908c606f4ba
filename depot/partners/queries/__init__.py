"""What can be asked of partners and what they gave."""
