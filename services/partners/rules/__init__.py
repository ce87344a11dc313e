"""The life of a grant and of a credential: every state, every move, every no."""
