"""Decisions: a body decides on charters and proposals, says why, and what was decided is really carried out."""
