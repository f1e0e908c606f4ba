"""The first steps on Today."""
