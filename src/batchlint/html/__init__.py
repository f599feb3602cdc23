"""Building blocks of self-contained HTML reports: no library, no network, and nothing of a file but as text.

A page is made of sections; a section holds numbers, charts, and tables, each a string of HTML in which all text from
files has been through `text.escaped`.
"""
