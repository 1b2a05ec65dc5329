"""Uploaded files: quarantine, scan, sealed storage, pictures of documents."""
