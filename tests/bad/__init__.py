"""Bad inputs, each with what is said about it."""
