"""Who may see and do what: actor, scope, rules, decisions and pages."""
