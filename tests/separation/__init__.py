"""Nobody sees a neighbour's data: asked from the neighbour's side, of every table and every route."""
