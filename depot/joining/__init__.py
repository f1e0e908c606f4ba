"""How people gather: a link on the wall, a first name, and they help until tonight."""
