"""The front door: it knows who asks, finds the service that answers, and shows it as pages. No rule of the product lives here."""
