"""``./dev torture``: kills, faults, mutations, writers, races and a soak, and what they harm."""
