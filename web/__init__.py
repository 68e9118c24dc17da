"""How it is read: the pages, the API and the command line, over the knowledge base."""
