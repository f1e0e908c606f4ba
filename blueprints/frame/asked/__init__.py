"""What is answered to an act that takes two people."""
