"""Strategies that several tests share, built from bounds and never filtered."""
