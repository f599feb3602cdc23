"""What the rules look at a request through: what several of them need to know of it, worked out in one place.

A view takes a `Request` (or a part of one) and says what is there in the words of the API: its turns, its pairs of tool
use and result, its cache breakpoints. It judges nothing; `Request.once` keeps it for all rules that ask.
"""
