"""Who a row is of: clients, suppliers, competitors, and how their names are spelt."""
