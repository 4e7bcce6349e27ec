"""What joins the rooms: settings, addresses, and the `homeward` command."""
