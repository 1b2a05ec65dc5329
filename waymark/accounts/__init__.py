"""Who signs in: invitations, passwords, second factors, sessions."""
