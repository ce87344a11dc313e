"""Tables of grants, credentials and the feed; take out, put back."""
