"""Proposals from rules: never saved, never taken without a hand that accepts them."""
