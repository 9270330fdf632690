"""What people do about the support itself: one transaction, one public function per intent."""
