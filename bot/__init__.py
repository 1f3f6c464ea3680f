"""The Teams side: speaks to people, leaves every decision to `voting`."""
