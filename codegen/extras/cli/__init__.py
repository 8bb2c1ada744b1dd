"""The command line: every operation of this package as a command, made from the methods and the catalog."""
