"""The person: names, dates of birth, addresses, each with its source; who may be the same."""
