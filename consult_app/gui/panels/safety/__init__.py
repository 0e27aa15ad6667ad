"""Safety: the panel and the details that a *Yes* opens."""
