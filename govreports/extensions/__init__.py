"""Scrapy extensions: what is kept of a crawl as a whole."""
