"""A plan or a home that changes at short notice: the parties are asked, and their replies are held."""
