"""What a change would do, and what things truly weigh: pure functions over the domain's nouns."""
