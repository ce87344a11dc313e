"""What people does when something is told: nothing. Others hear of people; people hears of nobody."""
