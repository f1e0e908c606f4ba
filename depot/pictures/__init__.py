"""Pictures of stock: over time, by age, by place, and a year as a calendar."""
