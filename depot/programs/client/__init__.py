"""A client in Python for programs, written from the description of the API; `runtime` is its end.

The modules beside `runtime` make its text and know nothing of what the API does; `runtime` stands
in each client as it is here.
"""
