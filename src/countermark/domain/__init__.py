"""What can be computed on paper: no framework, no disk, no clock, no randomness."""
