"""Whatever can be made up is sent to the API through the front door, as many kinds of people: it is answered as the document says."""
