"""Who acts for whom while somebody is away."""
