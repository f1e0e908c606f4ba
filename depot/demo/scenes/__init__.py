"""Scenes of the demo that stand by themselves, at the end of its weeks."""
