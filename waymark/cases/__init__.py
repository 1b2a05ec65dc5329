"""The case, its stage and moves, holder, grants, tasks, entries, consent, risk."""
