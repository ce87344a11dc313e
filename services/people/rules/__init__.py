"""The lives in this service: an association, its departments, bodies, persons and mandates."""
