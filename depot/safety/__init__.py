"""What is safe to hand out: goods that are held back."""
