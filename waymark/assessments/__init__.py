"""The framework in use, assessments, change between them."""
