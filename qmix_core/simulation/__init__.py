"""Made-up datasets: generated fundus photographs and known noise."""
