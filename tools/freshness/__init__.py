"""The steps that show how a new SDK differs from what batchlint knows: fetch, read, compare, report, write.

download   an SDK in a folder of its own; nothing that is installed changes
source     what the text of a Python module says, without running it
sdk        what an SDK says: models, headers, days of retirement, errors, sentences
npm        models, headers and days of retirement as the npm package of the SDK has them
sentences  docstrings in sentences, which of them speak of a limit, and who cites them
snapshot   the SDK that the facts were last compared with, as a file
project    where the facts are, and what they say
changes    every difference between the two, each with what batchlint says today and what to edit
types      the differences of the generated schemas, by member and type
report     the differences as Markdown
writing    the part of the work that needs no judgement
ages       when each fact was last looked at
"""
