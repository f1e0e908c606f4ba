"""What people do together: the week, a shift, what is mine, routines."""
