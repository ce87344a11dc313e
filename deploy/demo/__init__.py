"""The demonstration: a fictional association whose people and history are made by the services' own actions."""
