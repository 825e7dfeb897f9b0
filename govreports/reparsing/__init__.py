"""Archive → records again, without the network: read in parallel, compared with the store, written by one process.

What is read is first kept in a spool file. So the whole of what would change is known before the first row is
written, memory does not grow with the archive, and a run that was killed goes on where it stopped.
"""
