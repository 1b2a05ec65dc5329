"""What pages read of cases: worklists, lists, the overview, the timeline, what is drawn."""
