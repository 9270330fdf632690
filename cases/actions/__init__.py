"""What people do on the route: one transaction, one public function per intent."""
