"""Whether who asks has shown a short while ago that they are who they say."""

from waymark.web.access import AskedBy


def confirmed(request: AskedBy) -> bool:
    """Whether the person signed in, or confirmed who they are, less than five minutes ago.

    The one place to ask it: what is dangerous asks here before it is done. Where it says no, the
    page asks the person to confirm first. Until accounts keep when that was, everybody has.
    """
    return True
