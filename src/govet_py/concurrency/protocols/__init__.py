"""Retries and start-up: the order of calls that records and limits ask for."""
