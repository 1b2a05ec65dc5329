"""What everybody may read: guidance, the library, the policy."""
