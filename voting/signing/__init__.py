"""The signing of minutes by real people: what a file waits for, their keys, the parapheur, and every way it can fail.

How a signature is laid into the file is ``voting.minutes.sign``'s affair; whether the file holds, ``voting.verify``'s.
"""
