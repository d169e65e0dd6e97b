"""The Discord bot: client, cogs, views, embeds."""
