"""Places, rates, categories: data files with their sources, and what reads them."""
