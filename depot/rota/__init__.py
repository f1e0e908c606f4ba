"""What people do together: shifts and meetings, how they come round, who takes part."""
