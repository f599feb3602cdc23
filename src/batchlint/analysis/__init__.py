"""Analysis of a request for the rules: what several of them need to know about it is worked out here once.

A view takes a `Request` (or a part of one) and says what is there in the words of the API: its turns, its pairs of tool
use and result, its cache breakpoints. It judges nothing; `Request.once` keeps it for all rules that ask.
"""
