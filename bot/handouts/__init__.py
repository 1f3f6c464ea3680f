"""The guides as people hold them: on paper (A4, A5), as pages, and one sheet per member for a sitting.

``shelf`` says where guides are, ``markdown`` reads one, ``printing`` sets it, ``sheets`` draws up the personal sheets.
"""
