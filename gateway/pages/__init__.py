"""The pages: made by the server, in Danish, whole without JavaScript."""
