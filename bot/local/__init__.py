"""A Teams of one's own, on this machine alone: chats, their REST interface, an issuer of tokens and a client.

Written from the public pages of the Bot Connector. It meets the rest of `bot.teams` on the wire alone.
"""
