"""Developers' scripts; never shipped."""
