"""The design system: form bridge and macros. No domain."""
