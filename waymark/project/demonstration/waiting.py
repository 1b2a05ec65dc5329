from waymark.project.demonstration.telling import Calendar
def tell(calendar, cast, tellers) -> None:
    pass
