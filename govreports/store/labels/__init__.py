"""What codes, views and columns are called, in Chinese and English: data files for the code tables of the store, the
data dictionary, exports and the browser.
"""
