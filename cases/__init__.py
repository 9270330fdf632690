"""From signal to closing: route, meetings, consent, regie, plan."""
