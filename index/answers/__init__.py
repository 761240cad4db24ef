"""Scored sentences → quotes with their citations → an answer."""
