"""What goes to and comes from disk in every room: tables of data beside the code, whole writing, safe CSV, fonts."""
