"""From plan to text: walks each module and asks every construct to emit its tasks."""
