"""Items: their categories, codes and facts."""
