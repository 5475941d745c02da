"""Payments and invoices -> client table: where its numbers come from, at any size.

What can be summed is summed where the ledger lies (DuckDB, PostgreSQL or Spark, through Ibis): only sums come here.
"""
