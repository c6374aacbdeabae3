"""What was found or scored, in the formats that other programs read; one module a format."""

__all__: list[str] = []
