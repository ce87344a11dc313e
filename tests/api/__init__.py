"""The document of the API: it is valid, whole and true, and nothing that is sent to the API breaks it."""
