"""What we know, and how it is asked: the only package that touches RDF."""
