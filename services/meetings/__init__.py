"""Meetings: the group meets, different wishes become shared meaning, and the proposal is consented to and submitted."""
