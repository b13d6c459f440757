UPDATE account SET roles = array_replace(roles, 'FINANCE', 'CLERK') WHERE 'FINANCE' = ANY(roles);
