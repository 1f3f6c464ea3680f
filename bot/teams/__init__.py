"""The only package that knows Microsoft's SDK and Teams' wire: the door, the endpoint, the connector."""
