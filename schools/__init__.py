"""Schools, pupils, carers, school years and holidays, imports."""
