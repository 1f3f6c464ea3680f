"""Pages: the live board of a sitting, and the local room where one tries the bot without a tenant.

Server-rendered, pushed by server-sent events, readable without JavaScript. Decides nothing about a sitting.
"""
