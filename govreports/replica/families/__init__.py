"""One module per CMS family: its addresses, paging, markup and mistakes."""
