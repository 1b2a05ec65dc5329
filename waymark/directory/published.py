"""The contacts that anybody may read, without an account (2.5.15)."""

from waymark.directory.models import Contact


def published_contacts() -> list[Contact]:
    """Those marked as published, by area: whom to ask for the form, or for advice."""
    found = Contact.objects.filter(published=True).select_related("organisation", "area")
    return list(found.order_by("area__name", "office", "pk"))
