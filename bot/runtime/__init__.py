"""Threads, leases, limits and sending."""
